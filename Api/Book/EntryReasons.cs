using System.Globalization;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>What the reasons of a provider's entry say.</summary>
internal static class EntryReasons
{
    /// <summary>Of rates that ship with the product.</summary>
    public const string Shipped = "shipped with the product, not yet fetched here";

    /// <summary>Of a provider that has rates but that no worker has described.</summary>
    public const string Unannounced = "no worker has described it yet";

    private const string Unfetched = "of the stored days, not yet fetched here";

    /// <summary>
    /// Why a provider's latest rates are none, none newer, or not all of the source's; empty when there is nothing to explain.
    /// </summary>
    public static string Of(StoredProvider stored, RateSheet? sheet, StalenessStatus status, string storeFault) =>
        (sheet, stored) switch
        {
            _ when storeFault.Length > 0 => storeFault,
            (null, { Profile.HistoryUntil: { } last }) when status == StalenessStatus.Retired =>
                $"retired: its last day was {last.ToText()}",
            (null, { Profile: { Enabled: false, Note: { Length: > 0 } note } }) => $"not fetched here: {note}",
            (null, { Profile.Enabled: false }) => "not fetched here",
            (null, { Health.Failures: > 0 }) => $"never fetched: {stored.Health.Reason}",
            (null, { Health.Quarantined: > 0 }) => "never published: every sheet so far was refused",
            (null, _) => "not fetched yet",
            (_, { Profile: { HistoryUntil: { } last, Enabled: false } }) when status == StalenessStatus.Retired =>
                $"retired: its last day was {last.ToText()}",
            ({ Seeded: true }, _) => Shipped,
            ({ Epoch.Length: 0 }, _) => Unfetched,
            (_, { IsAnnounced: false }) => Unannounced,
            _ when status is StalenessStatus.Stale or StalenessStatus.Frozen => stored.Health.Reason,
            (_, { Health: { RefusedRows: > 0, FirstRefusedRows: [var row, ..] } health }) => LeftOut(health.RefusedRows, row),
            (_, { Health.FirstReleasedRows: [var row, ..] }) => $"refused by the checks and released by an operator: {row}",
            (_, { Health: { OddRows: > 0, FirstOddRows: [var row, ..] } health }) => LeftOut(health.OddRows, row),
            _ => "",
        };

    private static string LeftOut(int rows, OddRow first) =>
        $"{rows.ToString(CultureInfo.InvariantCulture)} {(rows == 1 ? "row" : "rows")} left out: {first}";
}
