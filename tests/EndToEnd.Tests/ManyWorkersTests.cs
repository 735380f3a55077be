using System.Globalization;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.EndToEnd.Tests;

/// <summary>Eight workers on one Redis: every slot once, by whom it comes.</summary>
/// <remarks>
/// <c>RATES_FLEET_SLOTS</c> sets how many slots (60); each provider has one every five seconds. A worker that gets no processor time for
/// so long leaves slots out by design or gives one up, and which worker takes a slot depends on the machine, so these are asserted only
/// where the number is set: on a machine that has nothing else to do.
/// </remarks>
public sealed class ManyWorkersTests(ITestOutputHelper output)
{
    private const int Workers = 8;
    private const string Cron = "0/5 * * * * ?";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);
    private static readonly string? Wanted = Environment.GetEnvironmentVariable("RATES_FLEET_SLOTS");
    private static readonly int Slots = int.Parse(Wanted ?? "60", CultureInfo.InvariantCulture);

    // Providers that are asked with one request, and a document of each.
    private static readonly (string Provider, string Document)[] Sources =
    [
        ("banguat", "range.xml"), ("bcra", "cotizaciones.json"), ("bna", "intervalo.json"), ("bnm", "latest.json"), ("bnr", "day.xml"),
        ("boc", "fx-rates-daily.json"), ("cba", "latest.xml"), ("cbb", "exchange-rate.json"), ("cbt", "20082026.xml"),
        ("cbtt", "forex-rate.json"), ("cnbxml", "denni_kurz.xml"), ("ecb", "blank-line-first.xml"), ("erapi", "latest.json"),
        ("hnb", "tecajn-eur-v3.json"), ("lb", "eu.xml"), ("nbk", "rates.xml"), ("nbu", "exchange-site.json"), ("nrb", "rates.json"),
        ("tcmb", "today.xml"), ("cbar", "20.08.2026.xml"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_workers_do_every_slot_once_and_share_the_work()
    {
        await using var fleet = await Fleet.StartAsync();
        var folder = Path.Combine(Repository.Root, "tests", "Providers.Tests", "Documents");
        string[] providers = [.. Sources.Select(source => source.Provider)];
        foreach (var (provider, name) in Sources)
        {
            fleet.Upstream[provider].Serve(
                new Document(await File.ReadAllBytesAsync(Path.Combine(folder, provider, name), Token), "application/octet-stream"));
        }

        RatesProcess[] workers = [.. Enumerable.Range(1, Workers).Select(number => fleet.Worker($"worker-{number}", providers))];
        await Eventually.IsAsync(
            async () => await fleet.Hand.HashLengthAsync("{rates}:schedule") == providers.Length, () => workers[0].Output, Token);
        foreach (var provider in providers)
        {
            await fleet.Hand.HashSetAsync(
                "{rates}:schedule", provider, $$"""{"cron":"{{Cron}}","zone":"UTC","minimumGap":"00:00:00.5"}""");
        }

        foreach (var worker in workers)
        {
            await Eventually.IsAsync(() => Lines(worker, $"fetched at '{Cron}'") >= providers.Length, Token);
        }

        // From here on every worker has every schedule. What follows is counted in slots, not in time.
        var from = TimeProvider.System.GetUtcNow() + Step;
        List<Run> counted = [];
        var done = 0;
        while (counted.Count < Slots)
        {
            done = counted.Count;
            // Reading all runs costs more than the workers do.
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Token);
            await Eventually.IsAsync(
                async () => (counted = [.. (await fleet.RunsAsync()).Where(run => run.Slot > from)]).Count > done,
                () => $"another slot is done after {done}", Token);
        }

        Assert.All(workers, worker => Assert.False(worker.HasEnded, worker.Output));
        var shares = counted.CountBy(run => run.Worker).OrderBy(share => share.Key, StringComparer.Ordinal).ToList();
        output.WriteLine($"{counted.Count} slots of {providers.Length} providers: "
            + string.Join(", ", shares.Select(share => $"{share.Key} {share.Value}")));
        var twice = counted.Where(run => run.Requests > 0).CountBy(run => (run.Provider, run.Slot)).Where(slot => slot.Value > 1).ToList();
        var skipped = providers.SelectMany(provider => Skipped(provider, counted)).ToList();
        output.WriteLine($"fetched twice: {twice.Count}, skipped: {skipped.Count}");
        Assert.Empty(twice);
        Assert.All(counted, run => Assert.True(run.Requests <= 1, $"{run}"));
        Assert.True(shares.Count > 1, "one worker did everything");
        if (Wanted is not null)
        {
            Assert.Empty(skipped);
            Assert.All(counted, run => Assert.True(run.Outcome is "published" or "unchanged" && run.Requests == 1, $"{run}"));
            Assert.Equal(Workers, shares.Count);
        }
    }

    private static int Lines(RatesProcess worker, string text) => worker.Output.Split(text).Length - 1;

    private static IEnumerable<string> Skipped(string provider, IReadOnlyList<Run> runs)
    {
        var slots = runs.Where(run => run.Provider == provider).Select(run => run.Slot).Order().ToList();
        return slots.Zip(slots.Skip(1)).Where(pair => pair.Second - pair.First != Step)
            .Select(pair => $"{provider} between {pair.First:u} and {pair.Second:u}");
    }
}
