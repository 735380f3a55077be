using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rates.Core;
using Rates.Providers;
using Rates.Store;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Changes of rates that real workers post to a real server on loopback.</summary>
public sealed class WebhookDeliveryTests : WebhookRig
{
    [Fact]
    public async Task A_publication_is_posted_once_by_one_of_three_workers_and_signed()
    {
        await using var first = Worker("one");
        await using var second = Worker("two");
        await using var third = Worker("three");
        await LookAsync(1, first, second, third);
        await first.AlarmAsync("ecb");

        await LookAsync(3, first, second, third);

        var (body, headers) = Assert.Single(Hook.Calls);
        var change = JsonDocument.Parse(body).RootElement;
        Assert.Equal(
            ("published", "ecb", "European Central Bank", "2026-11-20"),
            (Text(change, "event"), Text(change, "provider"), Text(change, "name"), Text(change, "asOf")));
        var sheet = await Store.Calls.ReadSheetAsync("ecb", Token);
        Assert.Equal($"{sheet!.Epoch}:{sheet.Version}", Text(change, "version"));
        var signed = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{headers["X-Rates-Timestamp"]}.{body}"));
        Assert.Equal($"sha256={Convert.ToHexStringLower(signed)}", headers["X-Rates-Signature"]);
        Assert.NotEmpty(headers["X-Rates-Delivery"]);
    }

    [Fact]
    public async Task What_stood_before_the_first_look_is_not_told()
    {
        await using var worker = Worker("one");
        await worker.AlarmAsync("ecb");

        await LookAsync(3, worker);

        Assert.Empty(Hook.Calls);
    }

    [Fact]
    public async Task What_a_source_only_confirmed_is_not_told()
    {
        await using var worker = Worker("one");
        await LookAsync(1, worker);
        await worker.AlarmAsync("ecb");
        await LookAsync(1, worker);
        var published = await Store.Calls.ReadSheetAsync("ecb", Token);
        Time.Advance(TimeSpan.FromMinutes(20));
        await worker.AlarmAsync("ecb");

        await LookAsync(2, worker);

        var confirmed = await Store.Calls.ReadSheetAsync("ecb", Token);
        Assert.True(confirmed!.Version > published!.Version);
        Assert.Equal(published.Version, confirmed.PublishedVersion);
        Assert.Single(Hook.Calls);
    }

    [Fact]
    public async Task A_sheet_that_cannot_be_read_keeps_no_other_change_waiting_and_is_told_once_it_can()
    {
        await using var worker = Worker("one");
        await LookAsync(1, worker);
        await worker.AlarmAsync("ecb");
        Time.Advance(TimeSpan.FromMinutes(20));
        Upstream["ecb"].Serve(Document.Of("<html/>"));
        await worker.AlarmAsync("ecb");
        Store.Before = call =>
        {
            if (call == nameof(ISheetReader.ReadSheetAsync))
            {
                throw new CorruptSheetException("ecb", "its digest is wrong");
            }
        };
        await LookAsync(2, worker);
        Assert.Equal(["failed"], Hook.Calls.Select(call => Event(call.Body)));
        Assert.Contains(worker.Log.Lines, line => line.Contains("its change is not posted yet", StringComparison.Ordinal));

        Store.Before = _ => { };
        await LookAsync(2, worker);

        Assert.Equal(["failed", "published"], Hook.Calls.Select(call => Event(call.Body)));
    }

    [Fact]
    public async Task A_refused_change_is_tried_again_with_the_same_id_and_later_ones_wait_for_it()
    {
        await using var worker = Worker("one");
        await LookAsync(1, worker);
        Hook.Refusals = 2;
        await worker.AlarmAsync("ecb");
        await LookAsync(1, worker);
        Time.Advance(TimeSpan.FromMinutes(20));
        Upstream["ecb"].Serve(Document.Of("<html/>"));
        await worker.AlarmAsync("ecb");

        await LookAsync(20, worker);

        Assert.Equal(
            ["published", "published", "published", "failed"],
            Hook.Calls.Select(call => Text(JsonDocument.Parse(call.Body).RootElement, "event")));
        Assert.Equal(2, Hook.Calls.Select(call => call.Headers["X-Rates-Delivery"]).Distinct().Count());
    }

    [Fact]
    public async Task A_change_that_is_never_taken_becomes_a_dead_letter_that_operators_see()
    {
        await using var worker = Worker("one");
        var tries = await GivenUpAsync(worker);

        await LookAsync(5, worker);

        Assert.Equal(tries, Hook.Calls.Count);
        var dead = Assert.Single(await Store.Documents.ReadChangesAsync(10, Token), change => change.Note.What == WebhookStore.Kind);
        Assert.Equal("shop", dead.Note.Subject);
        Assert.StartsWith("published ecb ", dead.Note.From, StringComparison.Ordinal);
        Assert.Equal($"given up after {tries} tries: it answered 503", dead.Note.To);
        Assert.Contains(worker.Log.Lines, line => line.Contains("Given up to post to shop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_subscriber_is_told_what_it_asked_for()
    {
        await using var worker = Worker("one", ("Events", "stale,failed"), ("Providers", "ECB"));
        await LookAsync(1, worker);
        await worker.AlarmAsync("ecb");
        await LookAsync(2, worker);
        Assert.Empty(Hook.Calls);

        Upstream["ecb"].Serve(Document.Of("<html/>"));
        Time.Advance(TimeSpan.FromDays(3) + TimeSpan.FromHours(4));
        await worker.AlarmAsync("ecb");
        await LookAsync(3, worker);

        Assert.Equal(["failed", "stale"], Hook.Calls.Select(call => Text(JsonDocument.Parse(call.Body).RootElement, "event")).Order());
    }

    [Fact]
    public async Task A_provider_that_was_never_fetched_is_told_with_what_is_answered_of_it()
    {
        await AnnounceAsync();
        await RememberAsync(Day, 1.14m);
        Upstream["ecb"].Serve(Document.Of("<html/>"));
        await using var worker = Worker("one");
        await LookAsync(1, worker);
        await worker.AlarmAsync("ecb");

        await LookAsync(1, worker);

        var change = JsonDocument.Parse(Assert.Single(Hook.Calls).Body).RootElement;
        Assert.Equal(
            ("failed", "ecb", "fresh", "2026-11-20"),
            (Text(change, "event"), Text(change, "provider"), Text(change, "status"), Text(change, "asOf")));
    }

    [Fact]
    public async Task A_stored_day_is_told_where_it_changes_the_latest_rates_and_no_other_is()
    {
        await AnnounceAsync();
        await using var worker = Worker("one", ("Events", "published,revised"));
        await LookAsync(1, worker);
        await RememberAsync(Day.AddDays(-2), 1.14m);
        await LookAsync(2, worker);
        await RememberAsync(Day.AddDays(-3), 1.13m);
        await LookAsync(2, worker);
        await RememberAsync(Day.AddDays(-1), 1.15m);
        await LookAsync(2, worker);
        Assert.Equal(
            [("published", "2026-11-18"), ("published", "2026-11-19")],
            Hook.Calls.Select(call => (Event(call.Body), Text(JsonDocument.Parse(call.Body).RootElement, "asOf"))));
        var told = JsonDocument.Parse(Hook.Calls.First().Body).RootElement;
        Assert.Equal("2026-11-20T16:05:05Z", Text(told, "fetchedAt"));
        Assert.False(told.TryGetProperty("version", out _));

        // From the first fetch on its sheet is what is answered: days that are stored beside it are none of its latest rates.
        await worker.AlarmAsync("ecb");
        await LookAsync(1, worker);
        for (var year = 1; year <= 20; year++)
        {
            await RememberAsync(Day.AddYears(-year), 1.1m);
        }

        await RememberAsync(Day.AddDays(1), 1.16m);
        await LookAsync(2, worker);

        Assert.Equal(3, Hook.Calls.Count);
        Assert.Equal("2026-11-20", Text(JsonDocument.Parse(Hook.Calls.Last().Body).RootElement, "asOf"));
    }

    [Fact]
    public async Task What_an_earlier_release_remembered_makes_no_message_of_days_that_stood_then()
    {
        await AnnounceAsync();
        await RememberAsync(Day.AddDays(-2), 1.14m);
        await using var worker = Worker("one");
        await LookAsync(1, worker);
        var memory = await Webhooks.ReadMemoryAsync(Token);
        var seen = memory.Value!.Seen.ToDictionary(one => one.Key, one => one.Value with { Days = null });
        Assert.NotNull(await Webhooks.StoreMemoryAsync(memory.Value with { Seen = seen }, memory.Revision, "earlier", Token));
        await LookAsync(2, worker);
        Assert.Empty(Hook.Calls);

        await RememberAsync(Day.AddDays(-1), 1.15m);
        await LookAsync(1, worker);

        Assert.Equal("published", Event(Assert.Single(Hook.Calls).Body));
    }

    [Fact]
    public async Task No_secret_is_logged_or_stored()
    {
        Hook.Refusals = 1;
        await using var worker = Worker("one");
        await LookAsync(1, worker);
        await worker.AlarmAsync("ecb");
        await LookAsync(2, worker);

        Assert.DoesNotContain(worker.Log.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
        var stored = await Store.Documents.ReadDocumentsAsync(WebhookStore.Kind, Token);
        Assert.DoesNotContain(Secret, Assert.Single(stored).Value.Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Url", "shop.example", "is not an address")]
    [InlineData("SecretFile", "", "every message is signed")]
    [InlineData("SecretFile", "/nowhere/secret", "there is no file")]
    [InlineData("Name", "Our Shop", "is not a name")]
    [InlineData("Events", "publish", "did you mean 'published'?")]
    [InlineData("Providers", "E_CB", "'E_CB' is not a provider key")]
    public async Task A_setting_that_cannot_be_used_is_named_at_the_start(string name, string value, string problem)
    {
        var bench = Worker("one", (name, value));

        var wrong = await Assert.ThrowsAnyAsync<Exception>(bench.StartAsync);

        Assert.Contains(problem, wrong.ToString(), StringComparison.Ordinal);
        Assert.Contains($"Rates:Webhooks:Subscriptions:0:{name}", wrong.ToString(), StringComparison.Ordinal);
    }

    private Task AnnounceAsync() =>
        Store.Calls.WriteProviderAsync(ProviderCatalog.Shipped().Find("ecb")!.Block.Profile("ecb"), new(), Token);

    private Task<int> RememberAsync(DateOnly day, decimal rate) => Store.Calls.UpsertHistoryAsync(
        "ecb", [new(day, CurrencyPair.Parse("EUR/USD"), rate, RateKind.Reference)], Time.GetUtcNow(), Token);
}
