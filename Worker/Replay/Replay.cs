using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Reads stored bodies again with today's adapter, and compares the figures with history. An adapter's fault is corrected without
/// asking the source again.
/// </summary>
internal sealed class Replay(
    ProviderTable catalog, IEvidence evidence, IHistory history, ISheetReader sheets, IClaims claims, WorkerOptions options,
    StoreClock time)
{
    /// <summary>Reads the stored bodies of a provider again.</summary>
    /// <param name="key">The provider's key.</param>
    /// <param name="first">First day of the figures that are compared.</param>
    /// <param name="last">Last day of them.</param>
    /// <param name="store">
    /// True to store the figures that differ: in history, where the earlier ones become revisions, and in the latest sheet.
    /// </param>
    /// <param name="cancellationToken">Ends the replay.</param>
    /// <exception cref="ArgumentException">There is no such provider.</exception>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task<ReplayReport> RunAsync(string key, DateOnly first, DateOnly last, bool store, CancellationToken cancellationToken)
    {
        var provider = catalog.Find(key) ?? throw new ArgumentException($"there is no provider '{key}'", nameof(key));
        Dictionary<(CurrencyPair Pair, RateKind Kind, DateOnly Day), (long Version, Observation Figure)> read = [];
        List<string> problems = [];
        var stored = await evidence.ListAsync(key, cancellationToken);
        foreach (var sheet in stored)
        {
            try
            {
                // Of several sheets with the same figure the newest counts, as when they were published.
                foreach (var figure in await ReadAsync(provider, sheet, cancellationToken))
                {
                    read[(figure.Pair, figure.Kind, figure.AsOf)] = (sheet.Version, figure);
                }
            }
            catch (Exception problem) when (problem is ProviderException or InvalidDataException)
            {
                problems.Add($"version {sheet.Version}: {(problem as ProviderException)?.Reason ?? problem.Message}");
            }
        }

        var known = (await history.ReadHistoryAsync(key, first, last, cancellationToken))
            .ToDictionary(figure => (figure.Pair, figure.Kind, figure.AsOf), figure => figure.Rate);
        ReplayChange[] changes =
        [
            .. from entry in read
               where entry.Key.Day >= first && entry.Key.Day <= last
               let before = known.TryGetValue(entry.Key, out var rate) ? rate : (decimal?)null
               where before != entry.Value.Figure.Rate
               orderby entry.Key.Day, entry.Key.Pair.ToString()
               select new ReplayChange(entry.Value.Version, entry.Value.Figure, before),
        ];
        var days = store && changes.Length > 0 ? await StoreAsync(key, changes, problems, cancellationToken) : 0;
        return new(stored.Count, changes, problems, days);
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
        var verdict = IngestRules.Check(
            labelled.Figures,
            new() { Profile = provider.Block.Profile(provider.Key), Today = sheet.Today, RefusedLabels = labelled.Refused });
        return verdict.SheetReasons.Count == 0
            ? [.. verdict.Accepted.Where(figure => figure.AsOf >= sheet.From && figure.AsOf <= sheet.To)]
            : throw new InvalidDataException(string.Join("; ", verdict.SheetReasons));
    }

    private async Task<int> StoreAsync(
        string key, IReadOnlyList<ReplayChange> changes, List<string> problems, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var days = await history.UpsertHistoryAsync(key, [.. changes.Select(change => change.Read)], now, cancellationToken);
        var right = changes.ToDictionary(change => (change.Read.Pair, change.Read.Kind, change.Read.AsOf), change => change.Read);
        if (await sheets.ReadSheetAsync(key, cancellationToken) is not { } sheet
            || !sheet.Observations.Any(figure => right.ContainsKey((figure.Pair, figure.Kind, figure.AsOf))))
        {
            return days;
        }

        var claim = await claims.ClaimAsync(
            key, now, new(options.Id, WorkerOptions.Lease(TimeSpan.Zero), TimeSpan.Zero, options.MaxAttempts), cancellationToken);
        var corrected = sheet with
        {
            Observations =
            [
                .. sheet.Observations.Select(figure => right.GetValueOrDefault((figure.Pair, figure.Kind, figure.AsOf), figure)),
            ],
            FetchedAt = now,
            CheckedAt = now,
            Revised = true,
        };
        if (claim.Verdict != ClaimVerdict.Granted
            || !(await claims.PublishAsync(claim, corrected, FetchValidators.None, cancellationToken)).Accepted)
        {
            problems.Add($"the latest sheet is not corrected, since it could not be claimed ({claim.Verdict}): run the replay again");
        }

        return days;
    }
}
