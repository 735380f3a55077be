using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Webhooks through the interface: shown, set, paused, tested and removed, and what was given up.</summary>
public sealed class WebhookEditTests : IAsyncLifetime
{
    private const string Path = "/v1/ops/webhooks";
    private const string Body = """{"address":"https://shop.example/rates","secret":{"file":"shop-webhook"},"events":["published"]}""";
    private static readonly AuthenticationHeaderValue Anna = AccessTests.Basic("anna", "correct horse battery");

    private readonly ApiFixture _api = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private WebhookStore Store => _api.Services.GetRequiredService<WebhookStore>();

    public async ValueTask InitializeAsync() => await AccessTests.SignedUpAsync(_api, "anna", AccessRole.Ops);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_webhook_is_stored_under_the_revision_that_was_seen_paused_resumed_and_removed()
    {
        await using var worker = AnsweringWorker.OfWebhooks(_api.Services);

        var (made, shown) = await SendAsync("PUT", $"{Path}/shop", Body, "\"0\"");
        var (stale, conflict) = await SendAsync("PUT", $"{Path}/shop", Body, "\"0\"");
        var (missing, _) = await SendAsync("PUT", $"{Path}/shop", Body);
        var (_, paused) = await SendAsync("POST", $"{Path}/shop/pause");
        var (_, resumed) = await SendAsync("POST", $"{Path}/shop/resume");
        var revision = resumed.GetProperty("revision").GetInt64();
        var (deleted, _) = await SendAsync("DELETE", $"{Path}/shop", ifMatch: $"\"{revision}\"");
        var (again, _) = await SendAsync("DELETE", $"{Path}/shop", ifMatch: "*");
        var (gone, _) = await SendAsync("POST", $"{Path}/shop/pause");

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.PreconditionRequired, HttpStatusCode.NoContent,
                HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (made, stale, missing, deleted, again, gone));
        Assert.Equal(
            ("operators", "https://shop.example/rates", "anna", false),
            (Text(shown, "origin"), Text(shown, "address"), Text(shown, "by"), shown.GetProperty("paused").GetBoolean()));
        Assert.Contains("The webhook shop has the revision", Text(conflict, "detail"), StringComparison.Ordinal);
        Assert.Equal((true, false), (paused.GetProperty("paused").GetBoolean(), resumed.GetProperty("paused").GetBoolean()));
        Assert.Equal("published", resumed.GetProperty("events")[0].GetString());
        var notes = (await _api.Services.GetRequiredService<IOperatorDocuments>().ReadChangesAsync(10, Token))
            .Select(entry => entry.Note).Where(note => note.What == "webhook").Select(note => $"{note.Subject} {note.By}: {note.To}")
            .Reverse();
        const string Active = "shop anna: address https://shop.example/rates; secret from file shop-webhook; events published; ";
        Assert.Equal([$"{Active}active", $"{Active}paused", $"{Active}active", "shop anna: removed"], notes);
    }

    [Theory]
    [InlineData(
        """{"secretVariable":"SHOP"}""",
        "secretVariable: is no member here; known are address, addressFrom, secret, events, providers, paused")]
    [InlineData("""{"secret":{"path":"x"}}""", "secret.path: is no member here; known are file, variable")]
    [InlineData("""{"secret":"SHOP"}""", "secret: 'SHOP' is not an object with file, variable")]
    [InlineData("""{"events":"published"}""", "events: 'published' is not a list")]
    [InlineData("""{"paused":"yes"}""", "paused: 'yes' is not true or false")]
    public async Task What_does_not_fit_is_named_with_what_may_stand_there(string body, string detail)
    {
        var (status, problem) = await SendAsync("PUT", $"{Path}/shop", body, "\"0\"");

        Assert.Equal((HttpStatusCode.BadRequest, detail), (status, Text(problem, "detail")));
    }

    [Fact]
    public async Task One_more_than_the_limit_is_refused_and_those_that_are_there_are_changed()
    {
        await using var api = new ApiFixture(null, ("Rates:Api:MaxWebhooks", "1"));
        await AccessTests.SignedUpAsync(api, "anna", AccessRole.Ops);
        await using var worker = AnsweringWorker.OfWebhooks(api.Services);

        using var first = await AccessTests.SendAsync(api, "PUT", $"{Path}/shop", Anna, Body, "*");
        using var second = await AccessTests.SendAsync(api, "PUT", $"{Path}/books", Anna, Body, "*");
        using var changed = await AccessTests.SendAsync(api, "PUT", $"{Path}/shop", Anna, Body, "*");
        using var page = await AccessTests.SendAsync(api, "GET", "/ops?tab=webhooks", Anna);

        var problem = await ApiFixture.ProblemIn(second, HttpStatusCode.BadRequest);
        Assert.Equal(
            "name: 'books' would be one webhook more than the 1 that Rates:Api:MaxWebhooks allows; remove another first",
            problem.GetProperty("detail").GetString());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, changed.StatusCode));
        Assert.Contains("1 of at most 1 webhooks", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_are_read_in_any_case_and_stored_in_lower_case()
    {
        await using var worker = AnsweringWorker.OfWebhooks(_api.Services);

        var (status, shop) = await SendAsync(
            "PUT", $"{Path}/shop", """{"address":"https://shop.example/","secret":{"file":"s"},"providers":["ECB","nbp.B","ecb"]}""", "*");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            ["ecb", "nbp.b"], shop.GetProperty("providers").EnumerateArray().Select(one => one.GetString()!));
    }

    [Theory]
    [InlineData("shop", """{"address":"https://evil.example/","secret":{"file":"s"}}""", "address")]
    [InlineData("shop", """{"address":"https://shop.example/","secret":{"file":"s"},"events":["publish"]}""", "events")]
    [InlineData("shop", """{"address":"https://shop.example/","secret":{"file":"s"},"events":[null]}""", "events")]
    [InlineData("shop", """{"address":"https://shop.example/","secret":{"file":"s"},"providers":["E C B"]}""", "providers")]
    [InlineData("shop", """{"adress":"https://shop.example/"}""", "adress")]
    [InlineData("our%20shop", Body, "name")]
    public async Task What_cannot_be_used_is_named_and_not_stored(string name, string body, string parameter)
    {
        await using var worker = AnsweringWorker.OfWebhooks(_api.Services);

        var (status, problem) = await SendAsync("PUT", $"{Path}/{name}", body, "*");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith(parameter, Text(problem, "parameter"), StringComparison.Ordinal);
        Assert.Empty(await Store.ReadDefinitionsAsync(Token));
    }

    [Fact]
    public async Task A_test_answers_what_the_receiver_did_and_stands_in_the_record()
    {
        await using var worker = AnsweringWorker.OfWebhooks(_api.Services);
        await WebhookSample.StoreAsync(_api.Services, "shop", Token);
        await Store.EditDefinitionAsync(
            "down", null, new() { Address = "https://down.example/", Secret = new() { File = "s" } }, "anna", Token);

        var (status, taken) = await SendAsync("POST", $"{Path}/shop/test");
        var (_, refused) = await SendAsync("POST", $"{Path}/down/test");
        var (unknown, _) = await SendAsync("POST", $"{Path}/nobody/test");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (status, unknown));
        Assert.Equal((true, 204), (taken.GetProperty("taken").GetBoolean(), taken.GetProperty("status").GetInt32()));
        Assert.Equal((false, "it answered 503"), (refused.GetProperty("taken").GetBoolean(), Text(refused, "reason")));
        var notes = await _api.Services.GetRequiredService<IOperatorDocuments>().ReadChangesAsync(2, Token);
        Assert.Equal(
            ["down anna was not taken after 12 ms: it answered 503", "shop anna answered 204 after 12 ms"],
            notes.Select(entry => $"{entry.Note.Subject} {entry.Note.By} {entry.Note.To}"));
    }

    [Fact]
    public async Task Receivers_of_settings_and_of_operators_are_shown_with_what_waits_and_what_was_given_up()
    {
        await WebhookSample.StoreAsync(_api.Services, "shop", Token);

        var (_, list) = await SendAsync("GET", Path);
        var (_, letters) = await SendAsync("GET", $"{Path}/shop/dead-letters");
        var (books, shop) = (list[0], list[1]);

        Assert.Equal(
            ("books", "settings", "https://books.example/hook", true),
            (Text(books, "name"), Text(books, "origin"), Text(books, "address"), books.GetProperty("paused").GetBoolean()));
        Assert.False(books.TryGetProperty("set", out _));
        Assert.Equal((1, 1), (shop.GetProperty("pending").GetInt32(), shop.GetProperty("deadLetters").GetInt32()));
        Assert.Equal("published ecb: it answered 503", Text(shop.GetProperty("lastFailure"), "what"));
        Assert.Equal("published ecb", Text(shop.GetProperty("lastDelivery"), "what"));
        Assert.Equal(
            ("d1", "it answered 503", "European Central Bank"),
            (Text(letters[0], "id"), Text(letters[0], "reason"), Text(letters[0].GetProperty("body"), "name")));
    }

    [Fact]
    public async Task A_dead_letter_is_sent_again_or_deleted_and_goes_with_its_webhook()
    {
        await WebhookSample.StoreAsync(_api.Services, "shop", Token);

        var (wrong, _) = await SendAsync("POST", $"{Path}/books/dead-letters/d1/send-again");
        var (asked, letter) = await SendAsync("POST", $"{Path}/shop/dead-letters/d1/send-again");
        var (deleted, _) = await SendAsync("DELETE", $"{Path}/shop/dead-letters/d1");
        var (again, _) = await SendAsync("DELETE", $"{Path}/shop/dead-letters/d1");
        var another = new WebhookDelivery(
            "d2", "shop", new("stale", "ecb", "", "stale", null, null, null, null), Sample.Now, 1, Sample.Now, "");
        await Store.EditDeadLetterAsync(
            new(0, new(another, Sample.Now, SendAgain: false)), isDeleted: false, "worker-1", null, Token);
        await SendAsync("DELETE", $"{Path}/shop", ifMatch: "*");

        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.Accepted, HttpStatusCode.NoContent, HttpStatusCode.NotFound),
            (wrong, asked, deleted, again));
        Assert.True(letter.GetProperty("sendAgain").GetBoolean());
        Assert.Empty(await Store.ReadDeadLettersAsync(Token));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private async Task<(HttpStatusCode Status, JsonElement Answer)> SendAsync(
        string method, string path, string? body = null, string? ifMatch = null)
    {
        using var response = await AccessTests.SendAsync(_api, method, path, Anna, body, ifMatch);
        var text = await response.Content.ReadAsStringAsync(Token);
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
