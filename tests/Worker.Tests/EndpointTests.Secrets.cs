using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

public sealed partial class EndpointTests
{
    [Fact]
    public async Task A_secret_stands_in_no_log_file_run_evidence_or_answer_even_when_the_source_repeats_it()
    {
        // Half encoded, in Base64, and in the other case: in a body that is refused, so that an excerpt of it is kept.
        var echo = $"{Canary} {Uri.EscapeDataString(Canary)} canary/of%2bthe-key=42 {Canary.ToUpperInvariant()} {HeaderCanary} "
            + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Canary));
        Dictionary<string, SecretReference> secretHeaders = new() { ["X-Pass"] = new() { File = "header" } };
        _upstream["openexchangerates"].Serve(
            Document.Of($"{{\"error\":true,\"description\":\"no such key: {echo}\"}}", "application/json"));
        _gateway["openexchangerates"].Serve(RatesOf($",\"echo\":\"{echo}\""));
        await using var worker = await StartAsync();
        await SetAsync(
            "openexchangerates",
            new() { Key = new() { File = "oxr" }, SecretHeaders = secretHeaders });

        await Eventually.IsAsync(async () => (await worker.RunsAsync()).Count > 0, () => "a run", Token);
        await SetAsync(
            "openexchangerates",
            new()
            {
                Address = _gateway.AddressOf("openexchangerates").AbsoluteUri,
                Key = new() { File = "oxr" },
                SecretHeaders = secretHeaders,
            });
        await AllAsync([worker], "openexchangerates", _gateway.AddressOf("openexchangerates"));

        // A fetch that was under way when the address changed may fail later, and holds the next one up again.
        await Eventually.IsAsync(
            async () =>
            {
                await _store.Calls.ClearHoldAsync("openexchangerates", Token);
                _time.Advance(TimeSpan.FromMinutes(10));
                await worker.AlarmAsync("openexchangerates");
                return await worker.SheetAsync("openexchangerates") is not null;
            },
            () => string.Join('\n', worker.Log.Lines), Token);
        var runs = await worker.RunsAsync();
        EndpointOverride plain = new() { Headers = new Dictionary<string, string> { ["X-Api-Key"] = Canary } };
        var refused = await AskAsync(worker, "openexchangerates", plain);
        var shown = await AskAsync(worker, "openexchangerates", null);

        Assert.Equal(HeaderCanary, _gateway.CallsOf("openexchangerates")[0].Headers["X-Pass"]);
        Assert.Contains(runs, run => run.Reason.Contains("no such key: ***", StringComparison.Ordinal));
        var (files, everything) = Stored();
        Assert.Contains(files, file => file.Contains("evidence", StringComparison.Ordinal));
        Assert.Contains("openexchangerates", everything, StringComparison.Ordinal);
        var texts = string.Join('\n', [.. worker.Log.Lines, .. runs.Select(run => run.ToString()), refused, shown, everything]);
        string[] forms = [Canary, Uri.EscapeDataString(Canary), "canary/of%2bthe", "CANARY/OF", HeaderCanary, "Y2FuYXJ5L29mK3Ro"];
        foreach (var secret in forms)
        {
            Assert.DoesNotContain(secret, texts, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_source_that_repeats_the_secret_of_another_provider_is_not_quoted_with_it()
    {
        await using var worker = await StartAsync();
        await SetAsync("openexchangerates", new() { Key = new() { File = "oxr" } });
        await Eventually.IsAsync(() => worker.Get<ProviderTable>().Find("openexchangerates")!.Block.Key == Canary, Token);
        _upstream["ecb"].Serve(Document.Of($"<html>gateway: {Canary} is used up</html>", "text/html"));

        await Eventually.IsAsync(
            async () =>
            {
                await _store.Calls.ClearHoldAsync("ecb", Token);
                _time.Advance(TimeSpan.FromMinutes(10));
                await worker.AlarmAsync("ecb");
                return (await _store.Calls.ReadQuarantineAsync("ecb", Token)).Count > 0;
            },
            () => string.Join('\n', worker.Log.Lines), Token);

        var quarantined = (await _store.Calls.ReadQuarantineAsync("ecb", Token))[0];
        Assert.Contains("gateway: *** is used up", quarantined.Excerpt, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, Stored().Text, StringComparison.Ordinal);
        Assert.DoesNotContain(worker.Log.Lines, line => line.Contains(Canary, StringComparison.Ordinal));
    }
}
