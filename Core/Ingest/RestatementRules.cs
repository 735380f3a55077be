namespace Rates.Core;

/// <summary>
/// Checks newly fetched rates of past days against the rates that are stored for the same days; a difference too large for a correction is
/// refused with a reason.
/// </summary>
/// <remarks>
/// A fixing of a past day may be corrected by 2 %, as one of the same day may. A document whose newest day is before the newest
/// published one has a wrong date or is an old one: it changes nothing and adds nothing. Two witnesses of that day that confirm a change
/// overrule both; figures that nobody had confirmed may be corrected by any amount. Sources that publish during the day are not checked.
/// </remarks>
public static class RestatementRules
{
    /// <summary>The rows that may not be stored, each with its reason; empty for none.</summary>
    /// <param name="rows">Figures of past days; a pair, kind and day occurs once.</param>
    /// <param name="stored">Stored figures, among them those of the rows' days.</param>
    /// <param name="newest">The newest day of the document.</param>
    /// <param name="published">The newest day that the provider has published; null when it does not matter, as for a back-fill.</param>
    /// <param name="context">Whose figures they are, and who may confirm them.</param>
    public static IReadOnlyList<RefusedObservation> Check(
        IEnumerable<Observation> rows, IEnumerable<Observation> stored, DateOnly newest, DateOnly? published, IngestContext context)
    {
        if (context.Profile.Calendar.Cadence == Cadence.Live)
        {
            return [];
        }

        // Refused documents of other days do not repeat a correction of this day.
        context = context with { EarlierRefused = [] };
        var known = stored.ToDictionary(Key);
        var goesBack = newest < published ? $"the document ends on {IsoText.Of(newest)}, before {IsoText.Of(published.Value)}" : null;
        List<RefusedObservation> refused = [];
        foreach (var row in rows)
        {
            if ((known.TryGetValue(Key(row), out var old) ? Refuse(row, old, goesBack, context) : RefuseNew(row, goesBack)) is { } reason)
            {
                refused.Add(new(row, reason));
            }
        }

        return refused;
    }

    private static string? RefuseNew(Observation row, string? goesBack) =>
        goesBack is null ? null : $"date {row.Pair} {ReasonText.Of(row.Rate)} on {IsoText.Of(row.AsOf)}: {goesBack}";

    private static string? Refuse(Observation row, Observation old, string? goesBack, IngestContext context)
    {
        if (row.Rate == old.Rate || IsRounded(row.Rate, old.Rate) || (old.IsUnconfirmed && goesBack is null))
        {
            return null;
        }

        var change = $"{row.Pair} on {IsoText.Of(row.AsOf)} from {ReasonText.Of(old.Rate)} to {ReasonText.Of(row.Rate)}";
        var reason = goesBack is not null ? $"date {change}: {goesBack}"
            : ChangeRules.IsFixing(row.Kind, context.Profile) && RateChange.IsBeyond(row.Rate, old.Rate, ChangeRules.LargestRevision)
                ? $"revision {change} of a past day is more than {ReasonText.Percent(ChangeRules.LargestRevision)}"
                : null;
        return reason is null || Corroboration.Confirms(row, old, ChangeRules.LargestRevision, context) ? null : reason;
    }

    /// <summary>Whether one is the other with fewer digits.</summary>
    private static bool IsRounded(decimal one, decimal other) => one.Scale != other.Scale
        && Math.Abs(one - other) <= Math.Max(Precision.HalfUnit(one), Precision.HalfUnit(other));

    private static (DateOnly, CurrencyPair, RateKind) Key(Observation row) => (row.AsOf, row.Pair, row.Kind);
}
