using Rates.Core;

namespace Rates.Api;

/// <summary>Finds what is wrong with an Api that has rates to serve, one sentence each, for <c>/health/ready</c>.</summary>
internal static class HealthReasons
{
    private const int Named = 10;
    private const string FromElsewhere = "rates come from the copy on disk or were shipped with the product";

    /// <summary>What makes the api degraded, and what is only worth knowing; one sentence each.</summary>
    /// <param name="book">What is answered.</param>
    /// <param name="connection">Whether the store answers; null before the first read.</param>
    /// <param name="hasReachedStore">Whether the store answered at least once.</param>
    /// <param name="now">The instant to measure lateness at.</param>
    public static (IReadOnlyList<string> Reasons, IReadOnlyList<string> Warnings) Of(
        RateBook book, StoreConnection? connection, bool hasReachedStore, DateTimeOffset now)
    {
        ProviderEntry[] answering =
        [
            .. book.DefaultIndexes.Select(index => book.Entries[index]).Where(entry => entry.Stored.Profile.Enabled),
        ];
        string[] late = [.. answering.Select(entry => Reason(entry, now)).OfType<string>()];
        var most = late.Length * 2 > answering.Length
            ? $"{late.Length} of the {answering.Length} providers that answer by default are late or have no rates"
            : null;
        return ([.. StoreReasons(connection, hasReachedStore, book.HasSheets), .. most is null ? [] : new[] { most }], Shortened(late));
    }

    private static IEnumerable<string> StoreReasons(StoreConnection? connection, bool hasReachedStore, bool hasRates)
    {
        if (connection is null)
        {
            yield return hasRates ? $"the store has not been asked yet; {FromElsewhere}" : "the store has not been asked yet";
        }
        else if (!connection.IsUp)
        {
            var rates = !hasRates ? "" : hasReachedStore ? "; the last rates stay in use" : $"; {FromElsewhere}";
            yield return $"the store has not answered since {connection.Since.ToText()}{rates}";
        }
    }

    private static string[] Shortened(string[] late) => late.Length <= Named
        ? late
        : [.. late.Take(Named), $"{late.Length - Named} more; /v1/providers lists them"];

    private static string? Reason(ProviderEntry entry, DateTimeOffset now)
    {
        var why = entry.Reason.Length > 0 ? $": {entry.Reason}" : "";
        return entry switch
        {
            { StoreFault.Length: > 0 } => $"{entry.Key}: {entry.StoreFault}",
            { Status: StalenessStatus.Stale or StalenessStatus.Frozen, Sheet: { } sheet } =>
                $"{entry.Key}: {Missed(sheet, entry, now)} missed since {sheet.AsOf.ToText()}{why}",
            { Status: StalenessStatus.Missing } => $"{entry.Key}: no rates yet{why}",
            _ => null,
        };
    }

    private static string Missed(RateSheet sheet, ProviderEntry entry, DateTimeOffset now) =>
        Staleness.Missed(sheet.AsOf, entry.Stored.Profile.Calendar, now) is var missed and not 1
            ? $"{missed} publications"
            : "1 publication";
}
