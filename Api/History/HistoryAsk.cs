namespace Rates.Api;

/// <summary>What a request for <c>/v1/history</c> asks for, with what its parameters leave open decided.</summary>
/// <param name="Book">The rates in memory.</param>
/// <param name="Query">The parsed query.</param>
/// <param name="Policy">The policy that it names; null for none.</param>
/// <param name="Blend">How providers are combined; null where they answer side by side.</param>
/// <param name="Providers">Indexes of all providers that may be asked, each once.</param>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Format">The format of the answer.</param>
internal sealed record HistoryAsk(
    RateBook Book, HistoryQuery Query, Policy? Policy, Selection? Blend, ushort[] Providers, DateOnly From, DateOnly To,
    AnswerFormat Format)
{
    /// <summary>The number of calendar days from the first to the last.</summary>
    public long DayCount => To.DayNumber - From.DayNumber + 1;

    /// <summary>True when the combined providers were chosen one by one: then each counts whatever its category and cadence.</summary>
    public bool IsNamed => Policy is null ? Query.Rates.IsNamed(Blend ?? Selection.Each) : Policy.Providers.Count > 0;

    /// <summary>The last day that there may be rates of: <c>/v1/rates</c> refuses days after it.</summary>
    /// <param name="today">Today, UTC.</param>
    public DateOnly LastDay(DateOnly today) =>
        today.AddDays(RatesLimits.LookAheadDays) is var last && last < To ? last : To;

    /// <summary>True when all days are still to come, so that a missing figure needs no other reason.</summary>
    /// <param name="today">Today, UTC.</param>
    public bool IsFuture(DateOnly today) => From > (Query.AnswersEveryDay ? today.AddDays(RatesLimits.LookAheadDays) : today);

    /// <summary>Why there are no rates of a provider or a pair at all.</summary>
    /// <param name="today">Today, UTC.</param>
    public string WhyNothing(DateOnly today) =>
        IsFuture(today) ? "these days lie in the future"
            : $"nothing is stored of these days and pairs{PastDay.WhenKnown(Query.Rates.KnownAt)}";

    /// <summary>The days of each year between two days, both included, first and last; none when the first is after the last.</summary>
    public static IEnumerable<(DateOnly First, DateOnly Last)> Years(DateOnly from, DateOnly to)
    {
        for (var year = from.Year; from <= to && year <= to.Year; year++)
        {
            yield return (year == from.Year ? from : new(year, 1, 1), year == to.Year ? to : new(year, 12, 31));
        }
    }

    /// <summary>How the answer is written.</summary>
    public HistoryForm Form => new(
        CurrencyTable.At(Query.Rates.Base).Code, Query.Group != DayGroup.Day, Query.WithRevisions, Query.Rates.Answer.NumbersAsText)
    {
        IsFilled = Query.AnswersEveryDay,
        Policy = Policy,
        Csv = Query.Rates.Answer.Csv,
        Select = Blend?.ToText(),
    };

    /// <summary>Decides what a query leaves open.</summary>
    /// <exception cref="ProblemException">400 or 404, with the parameter at fault.</exception>
    public static HistoryAsk Of(RateBook book, HistoryQuery query, AnswerFormat accepted, AnswerScopeReader scopes, DateOnly today)
    {
        var to = query.To ?? today;
        var from = query.From ?? to.DaysBefore(HistoryLimits.DefaultDays);
        if (from > to)
        {
            var last = query.To is null ? $"{to.ToText()}, which is today unless given" : to.ToText();
            throw ProblemException.BadValue(HistoryQuery.FromParameter.Name, from.ToText(), $"lies after to, {last}");
        }

        var policy = scopes.PolicyOf(query.Rates);
        if (policy is { Providers.Count: 1 })
        {
            query.Rates = query.Rates.With(null, AnswerScopeReader.IndexesOf(policy, book)[0]);
        }

        Selection? blend = policy is { Providers.Count: not 1 } ? policy.Select
            : policy is null && query.Rates.Select is not (null or Selection.Each) ? query.Rates.Select
            : null;

        // Of the providers that blends use by default, fewer are used the later a day is: series end.
        ushort[] providers = blend is not { } select ? query.Rates.Providers.ToArray()
            : [.. scopes.IndexesFor(query.Rates, select, policy, book, from)
                .Union(scopes.IndexesFor(query.Rates, select, policy, book, to))];
        return new(book, query, policy, blend, providers, from, to, query.Rates.Answer.Format ?? accepted);
    }
}
