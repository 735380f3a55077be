using Rates.Core;

namespace Rates.Api;

/// <summary>What the address of a pair's page asks for.</summary>
internal sealed record PairQuery
{
    /// <summary>Most lines of the chart.</summary>
    public const int MostLines = 6;

    private static readonly DateOnly Earliest = new(1999, 1, 4);

    /// <summary>The ranges of the chart: their names in addresses and for people.</summary>
    public static IReadOnlyList<(string Name, string Text)> Ranges { get; } =
        [("30d", "30 days"), ("1y", "1 year"), ("5y", "5 years"), ("all", "All")];

    /// <summary>The base, as the address has it.</summary>
    public required string Base { get; init; }

    /// <summary>The quote, as the address has it.</summary>
    public required string Quote { get; init; }

    /// <summary>The day of the table; empty for the latest.</summary>
    public string Date { get; private init; } = "";

    /// <summary>The range of the chart.</summary>
    public string Range { get; private init; } = "1y";

    /// <summary>What is wrong with the range that was asked for, in whose place is the usual one; null when nothing is.</summary>
    public ProblemException? Problem { get; private init; }

    /// <summary>Keys of the providers in the chart; empty for the usual ones.</summary>
    public IReadOnlyList<string> Chart { get; private init; } = [];

    /// <summary>Whether the chart has a line of the lines' median.</summary>
    public bool WithMedian { get; private init; }

    /// <summary>Reads an address.</summary>
    public static PairQuery Of(HttpRequest request)
    {
        var query = request.Query;
        return new()
        {
            Base = request.RouteValues["base"] as string ?? "",
            Quote = request.RouteValues["quote"] as string ?? "",
            Date = query["date"].ToString().Trim(),
            Range = Ranges.Any(range => range.Name == query["range"]) ? query["range"].ToString() : "1y",
            Problem = query["range"].ToString() is { Length: > 0 } asked && !Ranges.Any(range => range.Name == asked)
                ? ProblemException.BadValue("range", asked, $"is not one of {string.Join(", ", Ranges.Select(range => range.Name))}")
                : null,
            Chart = [.. query["chart"].SelectMany(keys => (keys ?? "").Split(',')).Where(key => key.Length > 0).Distinct().Take(MostLines)],
            WithMedian = query["median"] == "true",
        };
    }

    /// <summary>The query of the page's address.</summary>
    /// <param name="range">Another range; null for this one.</param>
    public string Address(string? range) => LocalAnswers.Query(
        ("date", Date), ("range", (range ?? Range) is var asked && asked == "1y" ? "" : asked), ("chart", string.Join(',', Chart)),
        ("median", WithMedian ? "true" : ""));

    /// <summary>The query of <c>/v1/history</c> for the chart: of long ranges, weeks or months.</summary>
    /// <param name="book">Knows since when the providers have figures.</param>
    /// <param name="keys">The providers.</param>
    /// <param name="today">Today, UTC.</param>
    /// <param name="select">How the providers are combined; empty for a line of each.</param>
    public string History(RateBook book, IReadOnlyList<string> keys, DateOnly today, string select)
    {
        var last = IsoText.TryParseDay(Date, out var day) && day < today ? day : today;
        var first = Range switch
        {
            "30d" => last.DaysBefore(29),
            "1y" => last.YearsBefore(1),
            "5y" => last.YearsBefore(5),
            _ => keys.Min(key => book.Find(key)?.Stored.Profile.HistoryFrom) ?? Earliest,
        };
        return LocalAnswers.Query(
            ("base", Base), ("quotes", Quote), ("providers", string.Join(',', keys)), ("from", IsoText.Of(first)), ("to", IsoText.Of(last)),
            ("group", Range switch { "5y" => "week", "all" => "month", _ => "" }), ("select", select));
    }
}
