using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Reads stored documents of a source again with today's adapter, and compares the rates with history. A fault of an adapter is corrected
/// without asking the source again.
/// </summary>
internal sealed class Replay(
    ProviderTable catalog, IEvidence evidence, IHistoryReader history, IQuarantineReader quarantine, ReplayStorage storage)
{
    /// <summary>Reads the stored bodies of a provider again.</summary>
    /// <param name="key">The provider's key.</param>
    /// <param name="first">First day of the figures that are compared, included.</param>
    /// <param name="last">Last day of them, included.</param>
    /// <param name="store">
    /// True to store the figures that differ: in history, where the earlier ones become revisions, and in the latest sheet.
    /// </param>
    /// <param name="cancellationToken">Ends the replay.</param>
    /// <exception cref="ArgumentException">There is no such provider.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<ReplayReport> RunAsync(string key, DateOnly first, DateOnly last, bool store, CancellationToken cancellationToken)
    {
        var provider = catalog.Find(key) ?? throw new ArgumentException($"there is no provider '{key}'", nameof(key));
        var found = await FindAsync(provider, first, last, _ => { }, cancellationToken);
        return store ? await storage.StoreAsync(provider, found, cancellationToken) : found.Report;
    }

    /// <summary>Reads the stored bodies of a provider again, and stores nothing.</summary>
    /// <param name="provider">The provider, with its adapter of today.</param>
    /// <param name="first">First day of the figures that are compared, included.</param>
    /// <param name="last">Last day of them, included.</param>
    /// <param name="progress">Called with the percentage of the sheets that are read.</param>
    /// <param name="cancellationToken">Ends the replay.</param>
    public async Task<ReplayFindings> FindAsync(
        RateProvider provider, DateOnly first, DateOnly last, Action<int> progress, CancellationToken cancellationToken)
    {
        Dictionary<FigureKey, (SheetEvidence Sheet, Observation Figure)> read = [];
        List<string> problems = [];
        var all = await evidence.ListAsync(provider.Key, cancellationToken);
        SheetEvidence[] sheets = [.. all.Where(sheet => sheet.From <= last && sheet.To >= first)];
        foreach (var (number, sheet) in sheets.Index())
        {
            progress(number * 100 / sheets.Length);
            try
            {
                // Of several sheets with the same figure the newest counts, as when they were published.
                foreach (var figure in await ReadAsync(provider, sheet, cancellationToken))
                {
                    if (figure.AsOf >= first && figure.AsOf <= last)
                    {
                        read[FigureKey.Of(figure)] = (sheet, figure);
                    }
                }
            }
            catch (Exception problem) when (problem is ProviderException or InvalidDataException)
            {
                problems.Add($"version {sheet.Version}: {(problem as ProviderException)?.Reason ?? problem.Message}");
            }
        }

        await LeaveOutAsync(provider.Key, read, cancellationToken);
        return await CompareAsync(provider.Key, read, sheets.Length, problems, cancellationToken);
    }

    private async Task<ReplayFindings> CompareAsync(
        string key, Dictionary<FigureKey, (SheetEvidence Sheet, Observation Figure)> read, int sheets, List<string> problems,
        CancellationToken cancellationToken)
    {
        var days = read.Keys.Select(figure => figure.Day).ToHashSet();
        var stored = days.Count == 0
            ? []
            : (await history.ReadDaysAsync(key, days.Min(), days.Max(), cancellationToken)).ToDictionary(day => day.Day);
        var replays = (await evidence.ListReplaysAsync(key, cancellationToken)).Select(replay => replay.StoredAt).ToHashSet();
        Dictionary<FigureKey, Observation> right = [];
        List<ReplayChange> changes = [];
        foreach (var (figure, (sheet, now)) in read.OrderBy(entry => entry.Key.Day).ThenBy(entry => entry.Key.Pair.ToString()))
        {
            var day = stored.GetValueOrDefault(figure.Day);
            var before = day?.Figures.FirstOrDefault(known => FigureKey.Of(known) == figure);

            // A back-fill leaves out what it doubts: a replay corrects what was stored of it, and adds nothing.
            if (before is null && sheet.IsBackfill)
            {
                continue;
            }

            // What history was given later than this sheet, from a back-fill or a release, is not the adapter's reading of it.
            if (before is not null && day!.KnownSince(figure.Pair, figure.Kind) is var since && since > sheet.FetchedAt
                && !replays.Contains(since))
            {
                continue;
            }

            right[figure] = now;
            if (before?.Rate != now.Rate)
            {
                changes.Add(new(sheet.Version, now, before?.Rate));
            }
        }

        return new(new(sheets, changes, problems, 0), right);
    }

    // Figures that were refused wait for an operator's decision: a replay does not take it.
    private async Task LeaveOutAsync(
        string key, Dictionary<FigureKey, (SheetEvidence Sheet, Observation Figure)> read, CancellationToken cancellationToken)
    {
        foreach (var refused in (await quarantine.ReadQuarantineAsync(key, cancellationToken)).SelectMany(sheet => sheet.Observations))
        {
            if (read.TryGetValue(FigureKey.Of(refused), out var entry) && entry.Figure.Rate == refused.Rate)
            {
                read.Remove(FigureKey.Of(refused));
            }
        }
    }

    private async Task<IReadOnlyList<Observation>> ReadAsync(
        RateProvider provider, SheetEvidence sheet, CancellationToken cancellationToken)
    {
        var window = new FetchWindow(sheet.From, sheet.To, sheet.Today);
        List<Observation> figures = [.. provider.Standing(window)];
        foreach (var answer in sheet.Bodies.Where(answer => !answer.IsStep))
        {
            var bytes = (answer.IsStored ? await evidence.ReadBodyAsync(answer.Digest, cancellationToken) : null)
                ?? throw new InvalidDataException($"the body {answer.Digest} of {answer.Address} is not stored");
            var request = new ProviderRequest(answer.Method, answer.Path)
            {
                Origin = answer.Origin,
                Body = answer.RequestBody,
                ContentType = answer.RequestType,
            };
            var type = answer.Headers.GetValueOrDefault("Content-Type");
            figures.AddRange(provider.Read(new(request, bytes, type, sheet.Today) { EndsKnown = answer.EndsKnown }).Observations);
        }

        var labelled = provider.Labels.Resolve(figures);

        // A back-fill looks at the days that it asks for only, whatever else the source sends along.
        bool IsLookedAt(Observation figure) => !sheet.IsBackfill || IsWithin(figure);
        bool IsWithin(Observation figure) => figure.AsOf >= sheet.From && figure.AsOf <= sheet.To;
        var verdict = IngestRules.Check(
            [.. labelled.Figures.Where(IsLookedAt)],
            new()
            {
                Profile = provider.Block.Profile(provider.Key),
                Today = sheet.Today,
                RefusedLabels = [.. labelled.Refused.Where(refused => IsLookedAt(refused.Observation))],
            });
        return verdict.SheetReasons.Count == 0
            ? [.. UnconfirmedMarks.Cleared(verdict.Accepted).Where(IsWithin)]
            : throw new InvalidDataException(string.Join("; ", verdict.SheetReasons));
    }
}
