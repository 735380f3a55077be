using System.Globalization;
using System.Text;
using Rates.Core;

namespace Rates.Api;

/// <summary>What a chart is drawn of.</summary>
/// <param name="Query">The query of <c>/v1/history</c>.</param>
/// <param name="Answer">Its answer.</param>
internal sealed record ChartFigures(string Query, HistoryAnswer Answer)
{
    /// <summary>The series that have figures.</summary>
    public List<HistorySeries> Lines => [.. Answer.Series.Where(series => series.Dates.Count > 0)];
}

/// <summary>
/// Draws the history of a pair as SVG, a line a provider and a band between the lowest and the highest. The drawing stretches with the
/// page; the texts beside it are HTML, so that they stay readable on a phone.
/// </summary>
internal static class HistoryChart
{
    private const int Width = 1000;
    private const int Height = 400;

    /// <summary>Writes the chart with its ranges, legend and scale.</summary>
    /// <param name="layout">Where to.</param>
    /// <param name="query">What the page shows.</param>
    /// <param name="figures">The figures of each provider.</param>
    /// <param name="median">Their median; null for none.</param>
    /// <param name="book">Knows the providers' names.</param>
    public static void Write(PageLayout layout, PairQuery query, ChartFigures figures, ChartFigures? median, RateBook book)
    {
        var answer = figures.Answer;
        var (html, root) = (layout.Html, layout.Root);
        html.Add($"""<section id="history" aria-label="History"><h2>History</h2><nav aria-label="Range" class="ranges">""");
        foreach (var (name, text) in PairQuery.Ranges)
        {
            html.Add($"""<a href="?{query.Address(name)}"{(name == query.Range ? " aria-current=true" : "")}>{text}</a>""");
        }

        html.Add($"""<a href="{root}v1/history?{figures.Query}&amp;format=csv">As CSV</a></nav>""");
        var lines = figures.Lines;
        if (lines.Count == 0)
        {
            html.Add($"""<p class="help">Nothing is stored of these days.</p></section>""");
            return;
        }

        var scale = ChartScale.Of(lines, IsoText.ParseDay(answer.From), IsoText.ParseDay(answer.To));
        var band = BandOf(lines, scale);
        Draw(layout, lines, median, scale, band, (figures.Query, query));
        html.Add($"""<ul class="legend">""");
        foreach (var (number, line) in lines.Index())
        {
            Legend(html, line, $"c{number}", book.Find(line.Provider ?? "")?.Name ?? line.Provider);
        }

        foreach (var line in median?.Lines ?? [])
        {
            Legend(html, line, "blend", "Their median");
        }

        foreach (var absent in answer.Absent ?? [])
        {
            html.Add($"""<li class="help">{book.Find(absent.Provider)?.Name ?? absent.Provider}: {absent.Reason}</li>""");
        }

        html.Add($"</ul>");
        html.Add($"""<p class="help">{Explanation(answer.Group, band)}</p></section>""");
    }

    private static void Legend(HtmlBuilder html, HistorySeries line, string style, string? name) => html.Add($"""
        <li data-line="{line.Provider ?? line.Select}"><span class="swatch {style}"></span><span class="name">{name}</span>:
        <span class="value">{PageFigure.OfRate(line.Rates[^1]).Text} on {line.Dates[^1]}</span></li>
        """);

    private static void Draw(
        PageLayout layout, List<HistorySeries> lines, ChartFigures? median, ChartScale scale, string band,
        (string Source, PairQuery Page) query)
    {
        var html = layout.Html;
        html.Add($"""<div class="chart"><div class="scale" aria-hidden="true">""");
        foreach (var mark in scale.Marks.Reverse())
        {
            html.Add($"<span>{PageText.Grouped(mark)}</span>");
        }

        var label = $"{query.Page.Base}/{query.Page.Quote} from {scale.From.ToText()} to {scale.To.ToText()}, "
            + $"between {lines.Min(line => line.Rates.Min()).ToText()} and {lines.Max(line => line.Rates.Max()).ToText()}";
        html.Add($"""
            </div><div class="plot" data-history="{layout.Root}v1/history?{query.Source}&amp;numbers=string"
            data-median="{(median is null ? "" : $"{layout.Root}v1/history?{median.Query}&numbers=string")}"
            data-from="{scale.From.ToText()}" data-to="{scale.To.ToText()}">
            <svg viewBox="0 0 {Width} {Height}" preserveAspectRatio="none" role="img" aria-label="{label}">
            """);
        for (var step = 1; step < ChartScale.Steps; step++)
        {
            var x = Width * step / ChartScale.Steps;
            html.Add($"""<line class="grid" x1="{x}" x2="{x}" y1="0" y2="{Height}"/>""");
        }

        foreach (var (number, _) in scale.Marks.Index())
        {
            var y = Height * number / (scale.Marks.Count - 1);
            html.Add($"""<line class="grid" x1="0" x2="{Width}" y1="{y}" y2="{y}"/>""");
        }

        if (band.Length > 0)
        {
            html.Add($"""<polygon class="band" points="{band}"/>""");
        }

        foreach (var (number, line) in lines.Index())
        {
            Line(html, line, $"c{number}", scale);
        }

        foreach (var line in median?.Lines ?? [])
        {
            Line(html, line, "blend", scale);
        }

        html.Add($"""
            <line class="cursor" x1="0" x2="0" y1="0" y2="{Height}" visibility="hidden"/></svg>
            <div class="days" aria-hidden="true">
            """);
        foreach (var day in scale.Days)
        {
            html.Add($"<span>{day.ToText()}</span>");
        }

        html.Add($"""
            </div>
            <p class="reading" role="status"></p></div></div>
            """);
    }

    private static void Line(HtmlBuilder html, HistorySeries line, string style, ChartScale scale)
    {
        var points = new StringBuilder();
        foreach (var (day, rate) in line.Dates.Zip(line.Rates))
        {
            Append(points, scale, IsoText.ParseDay(day), rate);
        }

        // A single figure is drawn as a line without length, which has round ends.
        var isDot = line.Dates.Count == 1;
        html.Add($"""
            <polyline class="line {style}{(isDot ? " dot" : "")}" points="{(isDot ? $"{points}{points}" : points.ToString())}"/>
            """);
    }

    // The highest figure of each day that two or more have, and back along the lowest.
    private static string BandOf(List<HistorySeries> lines, ChartScale scale)
    {
        var shared = lines.SelectMany(line => line.Dates.Zip(line.Rates)).GroupBy(point => point.First, point => point.Second)
            .Where(day => day.Skip(1).Any()).OrderBy(day => day.Key, StringComparer.Ordinal)
            .Select(day => (Day: IsoText.ParseDay(day.Key), Low: day.Min(), High: day.Max())).ToList();
        var points = new StringBuilder();
        shared.ForEach(day => Append(points, scale, day.Day, day.High));
        shared.Reverse();
        shared.ForEach(day => Append(points, scale, day.Day, day.Low));
        return points.ToString();
    }

    private static void Append(StringBuilder points, ChartScale scale, DateOnly day, decimal rate) =>
        points.Append(CultureInfo.InvariantCulture, $"{scale.X(day) * Width:0.#},{Height - (scale.Y(rate) * Height):0.#} ");

    private static string Explanation(string group, string band)
    {
        var points = group switch
        {
            "week" => "The last figure of each week.",
            "month" => "The last figure of each month.",
            _ => "A figure for each day on which the provider published.",
        };
        return band.Length > 0 ? $"{points} The band lies between the lowest and the highest of a day." : points;
    }
}

/// <summary>Places days and rates on a chart: from 0 to 1, from the left and from the bottom.</summary>
internal sealed class ChartScale
{
    /// <summary>Parts of the time axis.</summary>
    public const int Steps = 4;

    private const int MostMarks = 6;

    private static readonly decimal[] Factors = [1m, 2m, 2.5m, 5m, 10m, 20m, 25m, 50m];

    private ChartScale(DateOnly from, DateOnly to, IReadOnlyList<decimal> marks) => (From, To, Marks) = (from, to, marks);

    /// <summary>The first day.</summary>
    public DateOnly From { get; }

    /// <summary>The last day.</summary>
    public DateOnly To { get; }

    /// <summary>Days at even distances, from the first to the last.</summary>
    public IEnumerable<DateOnly> Days => Enumerable.Range(0, Steps + 1).Select(
        step => From.AddDays((To.DayNumber - From.DayNumber) * step / Steps));

    /// <summary>Round figures at even distances, lowest first; all rates lie between the first and the last.</summary>
    public IReadOnlyList<decimal> Marks { get; }

    /// <summary>The scale that holds these lines.</summary>
    /// <param name="lines">At least one, each with at least one figure.</param>
    /// <param name="from">First requested day; the scale begins with the first figure.</param>
    /// <param name="to">Last requested day.</param>
    public static ChartScale Of(IReadOnlyList<HistorySeries> lines, DateOnly from, DateOnly to)
    {
        var first = IsoText.ParseDay(lines.Min(line => line.Dates[0])!);
        var (low, high) = (lines.Min(line => line.Rates.Min()), lines.Max(line => line.Rates.Max()));
        return new(first > from ? first : from, to > first ? to : first.AddDays(1), MarksOf(low, high));
    }

    /// <summary>Where a day lies.</summary>
    public decimal X(DateOnly day) => (decimal)(day.DayNumber - From.DayNumber) / Math.Max(1, To.DayNumber - From.DayNumber);

    /// <summary>Where a rate lies.</summary>
    public decimal Y(decimal rate) => (rate - Marks[0]) / (Marks[^1] - Marks[0]);

    // The smallest round step with which at most six marks hold all figures.
    private static List<decimal> MarksOf(decimal low, decimal high)
    {
        var span = high - low is > 0 and var wide ? wide : high / 100;
        var unit = 1m;
        while (unit > span)
        {
            unit /= 10;
        }

        while (unit * 10 <= span)
        {
            unit *= 10;
        }

        unit /= 10;
        var step = Factors.Select(factor => factor * unit)
            .First(one => decimal.Floor(high / one) - decimal.Floor(low / one) + 2 <= MostMarks);
        List<decimal> marks = [decimal.Floor(low / step) * step];
        while (marks[^1] < high || marks.Count < 2)
        {
            marks.Add(marks[^1] + step);
        }

        // All with the same decimal places.
        var places = marks.Max(mark => RateRounding.Plain(mark).Scale);
        return [.. marks.Select(mark => RateRounding.Placed(mark, places))];
    }
}
