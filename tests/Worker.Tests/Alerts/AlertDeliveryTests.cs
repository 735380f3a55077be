using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Alerts of real workers to real servers on loopback.</summary>
public sealed class AlertDeliveryTests : IAsyncLifetime
{
    private const string Canary = "canary-5a1f";
    private static readonly DateOnly Day = new(2026, 11, 20);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T16:05:00Z", CultureInfo.InvariantCulture));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly SmtpServer _smtp = new();
    private readonly HookServer _hook = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-alerts-");
    private TestStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(Day));
        _store = new(_time);
        File.WriteAllText(Path.Combine(_folder.FullName, "secret"), $"{Canary}-secret\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "password"), $"{Canary}-password\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "url"), $"{_hook.Address}?token={Canary}-url\n");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _smtp.DisposeAsync();
        await _hook.DisposeAsync();
        await _upstream.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Of_three_workers_one_sends_each_message_within_one_missed_publication_and_its_end()
    {
        await using var first = Worker("one");
        await using var second = Worker("two");
        await using var third = Worker("three");
        await first.AlarmAsync("ecb");

        // Monday's publication, due at 15:00 UTC, is late by its grace when this begins.
        _time.Advance(TimeSpan.FromDays(3) + TimeSpan.FromHours(2));
        await LookAsync(TimeSpan.FromMinutes(5), first, second, third);

        var call = Assert.Single(_hook.Calls);
        var body = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal(
            "Rates: ecb (European Central Bank) 1 publication missed, newest day 2026-11-20", body.GetProperty("text").GetString());
        var item = Assert.Single(body.GetProperty("items").EnumerateArray());
        Assert.Equal(
            ("ecb", "stale", "well", 1, "2026-11-20"),
            (item.GetProperty("provider").GetString(), item.GetProperty("state").GetString(), item.GetProperty("before").GetString(),
                item.GetProperty("missed").GetInt32(), item.GetProperty("asOf").GetString()));
        var mail = Assert.Single(_smtp.Mails);
        Assert.Contains("Subject: Rates: ecb (European Central Bank) 1 publication missed", mail, StringComparison.Ordinal);
        Assert.Contains("To: ops@rates.example, Anna <anna@rates.example>", mail, StringComparison.Ordinal);

        _upstream["ecb"].Serve(EcbDocument.Of(Day.AddDays(3)));
        await second.AlarmAsync("ecb");
        await LookAsync(TimeSpan.FromMinutes(15), first, second, third);

        Assert.Equal(2, _hook.Calls.Count);
        Assert.Contains("is well again, newest day 2026-11-23", _hook.Calls.Last().Body, StringComparison.Ordinal);
        Assert.Equal(2, _smtp.Mails.Count);
    }

    [Fact]
    public async Task A_message_is_signed_and_tried_again_until_each_receiver_has_it_once()
    {
        (_hook.Refusals, _smtp.Refusals) = (3, 1);
        await using var worker = Worker("one");
        await worker.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromDays(3) + TimeSpan.FromHours(2));

        await LookAsync(TimeSpan.FromMinutes(10), worker);

        Assert.Equal(4, _hook.Calls.Count);
        Assert.Single(_smtp.Mails);
        Assert.Single(_hook.Calls.Select(call => call.Headers["X-Rates-Delivery"]).Distinct());
        var (body, headers) = _hook.Calls.Last();
        var signed = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes($"{Canary}-secret"), Encoding.UTF8.GetBytes($"{headers["X-Rates-Timestamp"]}.{body}"));
        Assert.Equal($"sha256={Convert.ToHexStringLower(signed)}", headers["X-Rates-Signature"]);
        var signIn = _smtp.Commands.Single(command => command.StartsWith("AUTH", StringComparison.Ordinal)).Split(' ')[^1];
        Assert.EndsWith($"\0{Canary}-password", Encoding.UTF8.GetString(Convert.FromBase64String(signIn)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_outlives_the_worker_that_made_it()
    {
        _hook.Refusals = int.MaxValue;
        await using (var first = Worker("one"))
        {
            await first.AlarmAsync("ecb");
            _time.Advance(TimeSpan.FromDays(3) + TimeSpan.FromHours(2));
            await LookAsync(TimeSpan.FromMinutes(4), first);
        }

        var refused = _hook.Calls.Count;
        Assert.True(refused > 1);
        _hook.Refusals = 0;
        await using var second = Worker("two");
        await LookAsync(TimeSpan.FromMinutes(20), second);

        Assert.Equal(refused + 1, _hook.Calls.Count);
        Assert.Single(_smtp.Mails);
    }

    [Fact]
    public async Task No_secret_is_logged_or_stored()
    {
        (_hook.Refusals, _smtp.Refusals) = (2, 2);
        await using var worker = Worker("one");
        await worker.AlarmAsync("ecb");
        _time.Advance(TimeSpan.FromDays(3) + TimeSpan.FromHours(2));
        await LookAsync(TimeSpan.FromMinutes(10), worker);
        await _hook.DisposeAsync();
        _time.Advance(TimeSpan.FromDays(9));
        await LookAsync(TimeSpan.FromMinutes(5), worker);

        Assert.Contains(worker.Log.Lines, line => line.Contains("not sent by webhook-0", StringComparison.Ordinal));
        Assert.DoesNotContain(worker.Log.Lines, line => line.Contains(Canary, StringComparison.Ordinal));
        var stored = await _store.Documents.ReadDocumentsAsync(AlertRunner.Kind, Token);
        Assert.DoesNotContain(Canary, Assert.Single(stored).Value.Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Webhooks:0:Url", "hooks.example", "is not an address")]
    [InlineData("Webhooks:0:SecretFile", "/nowhere/secret", "there is no file")]
    [InlineData("Mail:Security", "ssl", "neither starttls, tls nor none")]
    [InlineData("Mail:From", "nobody", "is not an e-mail address")]
    [InlineData("Mail:To", "", "is not a list of e-mail addresses")]
    [InlineData("Mail:PasswordFile", "", "needs a PasswordFile")]
    [InlineData("Settle", "2.00:00:00", "is not between")]
    [InlineData("Mial:Server", "x", "did you mean 'Mail'?")]
    public async Task A_setting_that_cannot_be_used_is_named_at_the_start(string name, string value, string problem)
    {
        var settings = Settings("one");
        settings[$"Rates:Alerts:{name}"] = value;
        var bench = new Bench(_time, _upstream, ["ecb"], settings, _store);

        var wrong = await Assert.ThrowsAnyAsync<Exception>(bench.StartAsync);

        Assert.Contains(problem, wrong.ToString(), StringComparison.Ordinal);
        Assert.Contains($"Rates:Alerts:{name.Split(':')[0]}", wrong.ToString(), StringComparison.Ordinal);
    }

    private Bench Worker(string name) => new(_time, _upstream, ["ecb"], Settings(name), _store);

    private Dictionary<string, string?> Settings(string name) => new()
    {
        ["Rates:Worker:WorkerId"] = name,
        ["Rates:Alerts:Webhooks:0:UrlFile"] = name == "one" ? null : Path.Combine(_folder.FullName, "url"),
        ["Rates:Alerts:Webhooks:0:Url"] = name == "one" ? $"{_hook.Address}?token={Canary}-url" : null,
        ["Rates:Alerts:Webhooks:0:SecretFile"] = Path.Combine(_folder.FullName, "secret"),
        ["Rates:Alerts:Mail:Server"] = "127.0.0.1",
        ["Rates:Alerts:Mail:Port"] = $"{_smtp.Port}",
        ["Rates:Alerts:Mail:Security"] = "none",
        ["Rates:Alerts:Mail:From"] = "rates@rates.example",
        ["Rates:Alerts:Mail:To"] = "ops@rates.example, Anna <anna@rates.example>",
        ["Rates:Alerts:Mail:User"] = "rates",
        ["Rates:Alerts:Mail:PasswordFile"] = Path.Combine(_folder.FullName, "password"),
    };

    /// <summary>Lets time pass with a look of every worker, all at the same moment, each ten seconds.</summary>
    private async Task LookAsync(TimeSpan span, params Bench[] workers)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromSeconds(10))
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.WhenAll(workers.Select(worker => worker.Get<AlertRunner>().LookAsync(Token)));
        }
    }
}
