using Rates.Core;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Figures that were read wrongly are found and corrected from the stored bodies, without asking the source.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private static readonly DateOnly First = new(2026, 11, 9);
    private static readonly CurrencyPair Zloty = CurrencyPair.Parse("EUR/PLN");

    // What the adapter's block says wrongly: figures of the zloty are divided by 1.25.
    private static readonly Dictionary<string, string?> Fault = new()
    {
        ["Rates:Providers:ecb:Labels:0:Label"] = "PLN",
        ["Rates:Providers:ecb:Labels:0:Units"] = "1.25",
    };

    private readonly FakeTimeProvider _time = new(new(First, new(18, 30), TimeSpan.Zero));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly TestStore _store;

    public ReplayTests() => _store = new TestStore(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private DateOnly Today => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task Ten_days_that_were_read_wrongly_are_found_and_stored_as_revisions()
    {
        var days = await PublishTenDaysAsync(Fault);
        await using var mended = new Bench(_time, _upstream, ["ecb"], store: _store);
        var calls = _upstream.CallsOf("ecb").Count;
        var before = await _store.Calls.ReadHistoryAsync("ecb", First, Today, Token);

        var shown = await mended.Get<Replay>().RunAsync("ecb", First, Today, store: false, Token);

        Assert.Empty(shown.Problems);
        Assert.Equal(days, shown.Changes.Select(change => change.Read.AsOf));
        Assert.All(shown.Changes, change => Assert.Equal((Zloty, change.Stored * 1.25m), (change.Read.Pair, change.Read.Rate)));
        Assert.Equal(before, await _store.Calls.ReadHistoryAsync("ecb", First, Today, Token));

        var stored = await mended.Get<Replay>().RunAsync("ecb", First, Today, store: true, Token);

        Assert.Equal(days.Count, stored.StoredDays);
        var after = await _store.Calls.ReadHistoryAsync("ecb", First, Today, Token);
        Assert.Equal(days.Count, after.Count(figure => figure.Pair == Zloty
            && shown.Changes.Any(change => change.Read.Rate == figure.Rate)));
        Assert.Equal(before.Where(figure => figure.Pair != Zloty), after.Where(figure => figure.Pair != Zloty));
        var sheet = (await mended.SheetAsync("ecb"))!;
        Assert.Equal(shown.Changes[^1].Read.Rate, sheet.Observations.Single(figure => figure.Pair == Zloty).Rate);
        Assert.True(sheet.Revised);
        Assert.Equal(calls, _upstream.CallsOf("ecb").Count);
        Assert.Empty((await mended.Get<Replay>().RunAsync("ecb", First, Today, store: false, Token)).Changes);
    }

    [Fact]
    public async Task What_was_read_rightly_shows_no_change()
    {
        await PublishTenDaysAsync([]);
        await using var worker = new Bench(_time, _upstream, ["ecb"], store: _store);

        var report = await worker.Get<Replay>().RunAsync("ecb", First, Today, store: true, Token);

        Assert.Equal((10, 0, 0), (report.Sheets, report.Changes.Count, report.StoredDays));
    }

    [Fact]
    public async Task The_stored_bytes_are_those_of_the_source_and_nothing_holds_the_key()
    {
        const string Canary = "canary-7f3a91";
        var settings = new Dictionary<string, string?>
        {
            ["Rates:Providers:ecb:Headers:X-Api-Key"] = Canary,
        };
        await PublishTenDaysAsync(settings);
        await using var worker = new Bench(_time, _upstream, ["ecb"], store: _store);
        var evidence = worker.Get<IEvidence>();

        var sheets = await evidence.ListAsync("ecb", Token);
        var answer = Assert.Single(sheets[^1].Bodies);
        var bytes = await evidence.ReadBodyAsync(answer.Digest, Token);

        Assert.Equal(10, sheets.Count);
        Assert.Equal((await worker.SheetAsync("ecb"))!.Version, sheets[^1].Version);
        Assert.Equal(EcbDocument.Of(sheets[^1].Today, 1.01m).Body, bytes!.Value.ToArray());
        Assert.Contains("eurofxref", answer.Address, StringComparison.Ordinal);
        Assert.All(
            Directory.EnumerateFiles(Path.Combine(_store.Folder, "evidence"), "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(Canary, File.ReadAllText(file), StringComparison.Ordinal));
    }

    /// <summary>Publishes ten working days, one sheet each, and returns the days.</summary>
    private async Task<IReadOnlyList<DateOnly>> PublishTenDaysAsync(Dictionary<string, string?> settings)
    {
        await using var worker = new Bench(_time, _upstream, ["ecb"], settings, _store);
        List<DateOnly> days = [];
        while (days.Count < 10)
        {
            if (Today.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            {
                // Another figure each day: the same figures under a new day are suspect.
                days.Add(Today);
                _upstream["ecb"].Serve(EcbDocument.Of(Today, 1m + days.Count * 0.001m));
                await worker.AlarmAsync("ecb");
                Assert.Equal(Today, (await worker.SheetAsync("ecb"))?.AsOf);
            }

            _time.Advance(TimeSpan.FromDays(1));
        }

        return days;
    }
}
