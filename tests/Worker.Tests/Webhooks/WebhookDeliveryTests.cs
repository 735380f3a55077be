using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Changes of rates that real workers post to a real server on loopback.</summary>
public sealed class WebhookDeliveryTests : IAsyncLifetime
{
    private const string Secret = "canary-7c2e-secret";
    private static readonly DateOnly Day = new(2026, 11, 20);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T16:05:00Z", CultureInfo.InvariantCulture));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly HookServer _hook = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-webhooks-");
    private TestStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day));
        _store = new(_time);
        File.WriteAllText(Path.Combine(_folder.FullName, "secret"), $"{Secret}\n");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _hook.DisposeAsync();
        await _upstream.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_publication_is_posted_once_by_one_of_three_workers_and_signed()
    {
        await using var first = Worker("one");
        await using var second = Worker("two");
        await using var third = Worker("three");
        await LookAsync(1, first, second, third);
        await first.AlarmAsync("ecb");

        await LookAsync(3, first, second, third);

        var (body, headers) = Assert.Single(_hook.Calls);
        var change = JsonDocument.Parse(body).RootElement;
        Assert.Equal(
            ("published", "ecb", "European Central Bank", "2026-11-20"),
            (Text(change, "event"), Text(change, "provider"), Text(change, "name"), Text(change, "asOf")));
        var sheet = await _store.Calls.ReadSheetAsync("ecb", Token);
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

        Assert.Empty(_hook.Calls);
    }

    [Fact]
    public async Task A_refused_change_is_tried_again_with_the_same_id_and_later_ones_wait_for_it()
    {
        await using var worker = Worker("one");
        await LookAsync(1, worker);
        _hook.Refusals = 2;
        await worker.AlarmAsync("ecb");
        await LookAsync(1, worker);
        _time.Advance(TimeSpan.FromMinutes(20));
        _upstream["ecb"].Serve(Document.Of("<html/>"));
        await worker.AlarmAsync("ecb");

        await LookAsync(20, worker);

        Assert.Equal(
            ["published", "published", "published", "failed"],
            _hook.Calls.Select(call => Text(JsonDocument.Parse(call.Body).RootElement, "event")));
        Assert.Equal(2, _hook.Calls.Select(call => call.Headers["X-Rates-Delivery"]).Distinct().Count());
    }

    [Fact]
    public async Task A_change_that_is_never_taken_becomes_a_dead_letter_that_operators_see()
    {
        await using var worker = Worker("one");
        await LookAsync(1, worker);
        _hook.Refusals = int.MaxValue;
        await worker.AlarmAsync("ecb");
        await LookAsync(1, worker);
        _time.Advance(TimeSpan.FromHours(25));

        await LookAsync(1, worker);
        var tries = _hook.Calls.Count;
        await LookAsync(5, worker);

        Assert.Equal(tries, _hook.Calls.Count);
        var dead = Assert.Single(await _store.Documents.ReadChangesAsync(10, Token), change => change.Note.What == DeliveryRunner.Kind);
        Assert.Equal("shop", dead.Note.Subject);
        Assert.StartsWith("published ecb ", dead.Note.From, StringComparison.Ordinal);
        Assert.Equal($"given up after {tries} tries: it answered 503", dead.Note.To);
        Assert.Contains(worker.Log.Lines, line => line.Contains("Given up to post to shop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_subscriber_is_told_what_it_asked_for()
    {
        await using var worker = Worker("one", ("Events", "stale,failed"), ("Providers", "ecb"));
        await LookAsync(1, worker);
        await worker.AlarmAsync("ecb");
        await LookAsync(2, worker);
        Assert.Empty(_hook.Calls);

        _upstream["ecb"].Serve(Document.Of("<html/>"));
        _time.Advance(TimeSpan.FromDays(3) + TimeSpan.FromHours(4));
        await worker.AlarmAsync("ecb");
        await LookAsync(3, worker);

        Assert.Equal(["failed", "stale"], _hook.Calls.Select(call => Text(JsonDocument.Parse(call.Body).RootElement, "event")).Order());
    }

    [Fact]
    public async Task No_secret_is_logged_or_stored()
    {
        _hook.Refusals = 1;
        await using var worker = Worker("one");
        await LookAsync(1, worker);
        await worker.AlarmAsync("ecb");
        await LookAsync(2, worker);

        Assert.DoesNotContain(worker.Log.Lines, line => line.Contains(Secret, StringComparison.Ordinal));
        var stored = await _store.Documents.ReadDocumentsAsync(DeliveryRunner.Kind, Token);
        Assert.DoesNotContain(Secret, Assert.Single(stored).Value.Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Url", "shop.example", "is not an address")]
    [InlineData("SecretFile", "", "every message is signed")]
    [InlineData("SecretFile", "/nowhere/secret", "there is no file")]
    [InlineData("Name", "Our Shop", "is not a name")]
    [InlineData("Events", "publish", "did you mean 'published'?")]
    public async Task A_setting_that_cannot_be_used_is_named_at_the_start(string name, string value, string problem)
    {
        var bench = Worker("one", (name, value));

        var wrong = await Assert.ThrowsAnyAsync<Exception>(bench.StartAsync);

        Assert.Contains(problem, wrong.ToString(), StringComparison.Ordinal);
        Assert.Contains($"Rates:Webhooks:Subscriptions:0:{name}", wrong.ToString(), StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private Bench Worker(string name, params (string Name, string Value)[] settings)
    {
        Dictionary<string, string?> all = new()
        {
            ["Rates:Worker:WorkerId"] = name,
            ["Rates:Webhooks:Subscriptions:0:Name"] = "shop",
            ["Rates:Webhooks:Subscriptions:0:Url"] = _hook.Address,
            ["Rates:Webhooks:Subscriptions:0:SecretFile"] = Path.Combine(_folder.FullName, "secret"),
        };
        foreach (var (setting, value) in settings)
        {
            string[] items = setting is "Events" or "Providers" ? value.Split(',') : [];
            foreach (var (index, item) in items.Index())
            {
                all[$"Rates:Webhooks:Subscriptions:0:{setting}:{index}"] = item;
            }

            if (items.Length == 0)
            {
                all[$"Rates:Webhooks:Subscriptions:0:{setting}"] = value;
            }
        }

        return new(_time, _upstream, ["ecb"], all, _store);
    }

    /// <summary>Lets looks of every worker pass, all at the same moment, each five seconds.</summary>
    private async Task LookAsync(int looks, params Bench[] workers)
    {
        for (var look = 0; look < looks; look++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAll(workers.Select(worker => worker.Get<DeliveryRunner>().LookAsync(Token)));
        }
    }
}
