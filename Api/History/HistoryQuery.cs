using Rates.Core;

namespace Rates.Api;

/// <summary>How <c>/v1/history</c> groups days: each day, by week or by month.</summary>
internal enum DayGroup
{
    /// <summary>Not grouped: each day is answered.</summary>
    Day,

    /// <summary>By ISO week.</summary>
    Week,

    /// <summary>By month.</summary>
    Month,
}

/// <summary>The parsed query parameters of <c>/v1/history</c>. A plain value.</summary>
/// <param name="book">The book that answers the request.</param>
internal struct HistoryQuery(RateBook book) : IQueryTarget
{
    /// <summary><c>from</c>.</summary>
    public static readonly QueryParameter FromParameter = new(
        "from", "First day, included. 29 days before the last unless given.", "2026-01-01");

    /// <summary><c>to</c>.</summary>
    public static readonly QueryParameter ToParameter = new("to", "Last day, included. Today unless given.", "2026-08-20");

    /// <summary><c>group</c>.</summary>
    public static readonly QueryParameter GroupParameter = new(
        "group", "Each ISO week or month instead of each day: its last figure, with first, high, low and average. Each day unless given.",
        "month", "day", "week", "month")
    {
        Default = "day",
    };

    /// <summary><c>revisions</c>.</summary>
    public static readonly QueryParameter RevisionsParameter = new(
        "revisions",
        "Whether the figures that were replaced are answered as well, each with since when and until when it was known; not with group. "
            + "They are not unless given.",
        "true", "true", "false")
    {
        Default = "false",
    };

    /// <summary><c>filled</c>.</summary>
    public static readonly QueryParameter FilledParameter = new(
        "filled",
        "Whether every calendar day, up to seven days after today, has what /v1/rates answers with date of that day, or a note that "
            + "states why it has no rate; asOf gives the day of each figure; not with revisions. Only days with figures are answered "
            + "unless given or with a policy.",
        "true", "true", "false")
    {
        Default = "false",
    };

    /// <summary>What the endpoint takes.</summary>
    public static readonly QueryParameters Allowed = new(
    [
        RatesParameters.Base, RatesParameters.Quotes, FromParameter, ToParameter, GroupParameter, FilledParameter,
        RevisionsParameter, RatesParameters.KnownAt, RatesParameters.Providers, RatesParameters.Select, .. AnswerChoice.Parameters,
        RatesParameters.Policy,
    ]);

    /// <summary>The requested rates.</summary>
    public RatesQuery Rates = new(book);

    /// <summary>The first requested day; null when not given.</summary>
    public DateOnly? From { get; private set; }

    /// <summary>The last requested day; null when not given.</summary>
    public DateOnly? To { get; private set; }

    /// <summary>How days are grouped.</summary>
    public DayGroup Group { get; private set; }

    /// <summary>Whether the figures that were replaced are answered as well.</summary>
    public bool WithRevisions { get; private set; }

    /// <summary>Whether the query asks for every calendar day; null when it does not say.</summary>
    public bool? Filled { get; private set; }

    /// <summary>Whether every calendar day is answered, because the query or a policy, which has a figure for each, asks for it.</summary>
    public readonly bool AnswersEveryDay => Filled == true || Rates.PolicyName is not null;

    /// <summary>The requested quotes, each once; null for all.</summary>
    public readonly List<Currency>? Quotes
    {
        get
        {
            if (Rates.Quotes.IsEmpty)
            {
                return null;
            }

            List<Currency> quotes = [];
            foreach (var ordinal in Rates.Quotes)
            {
                quotes.Add(CurrencyTable.At(ordinal));
            }

            return quotes;
        }
    }

    /// <summary>Reads a raw query.</summary>
    /// <exception cref="ProblemException">400 or 404, with the parameter and its value.</exception>
    public static HistoryQuery Parse(string? query, RateBook book)
    {
        var parsed = new HistoryQuery(book);
        QueryParser.Parse(query, Allowed, ref parsed);
        if (parsed.Filled == false && parsed.Rates.PolicyName is not null)
        {
            throw ProblemException.BadValue(
                FilledParameter.Name, "false", "cannot be given with a policy, which has a figure for every day");
        }

        var other = !parsed.WithRevisions ? null
            : parsed.Group != DayGroup.Day ? GroupParameter.Name
            : parsed.Filled == true ? FilledParameter.Name
            : parsed.Rates.PolicyName is not null ? RatesParameters.Policy.Name
            : parsed.Rates.Select is not (null or Selection.Each) ? RatesParameters.Select.Name
            : null;
        return other is null ? parsed
            : throw ProblemException.BadParameter(RevisionsParameter.Name, $"cannot be answered together with {other}");
    }

    /// <summary>The same query of the days since a day, included.</summary>
    public readonly HistoryQuery Since(DateOnly from) => this with { From = from };

    /// <inheritdoc/>
    public void Take(QueryParameter parameter, ReadOnlySpan<char> value)
    {
        if (parameter == FromParameter)
        {
            From = QueryValues.Day(parameter.Name, value);
        }
        else if (parameter == ToParameter)
        {
            To = QueryValues.Day(parameter.Name, value);
        }
        else if (parameter == GroupParameter)
        {
            Group = value switch
            {
                "day" => DayGroup.Day,
                "week" => DayGroup.Week,
                "month" => DayGroup.Month,
                _ => throw ProblemException.BadValue(parameter.Name, value, "is not one of day, week, month"),
            };
        }
        else if (parameter == RevisionsParameter)
        {
            WithRevisions = QueryValues.Flag(parameter.Name, value);
        }
        else if (parameter == FilledParameter)
        {
            Filled = QueryValues.Flag(parameter.Name, value);
        }
        else
        {
            Rates.Take(parameter, value);
        }
    }
}
