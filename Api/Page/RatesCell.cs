using System.Globalization;

namespace Rates.Api;

/// <summary>A cell of the table of rates.</summary>
internal sealed record RatesCell
{
    // Above, an amount times a rate may be larger than a decimal.
    private const decimal LargestAmount = 1e15m;

    /// <summary>The rate, or the amount in the other currency; null for none.</summary>
    public PageFigure? Figure { get; private init; }

    /// <summary>The rate, to sort by; null for none.</summary>
    private decimal? Rate { get; init; }

    /// <summary>The rate below an amount; null where the figure is the rate.</summary>
    private PageFigure? At { get; init; }

    private bool IsCross { get; init; }

    private string Remark { get; init; } = "";

    private string Tip { get; init; } = "";

    /// <summary>What the rates of the table are multiplied by: the amount, where that is one of whole currency units.</summary>
    public static decimal Factor(PageQuery query, ConverterAnswer? result) =>
        MinorUnits.Find(query.From) is null && result?.Amount is { } amount && Math.Abs(amount) < LargestAmount ? amount : 1;

    /// <summary>The cell of a combined rate.</summary>
    public static RatesCell Of(BlendedRates combined, string quote, decimal factor, RateBook book) =>
        combined.Rates.GetValueOrDefault(quote) is not { } one ? new() { Tip = "no provider that is combined has it" }
        : Of(one.Rate, quote, factor) with { Remark = RemarkOf(one), Tip = PageText.Named(one.Note ?? "", book) };

    /// <summary>The cell of a provider's rate.</summary>
    public static RatesCell Of(ProviderRates entry, string quote, decimal factor) =>
        Of(entry.Rates.TryGetValue(quote, out var rate) ? rate : null, quote, factor) with
        {
            IsCross = entry.Derived?.Contains(quote) == true,
            Remark = RemarkOf(entry, quote),
        };

    /// <summary>The same cell with the amount that the conversion gave, which multiplies by all digits of the rate.</summary>
    public RatesCell WithAmount(decimal? amount, string quote) =>
        At is null || amount is not { } exact ? this : this with { Figure = PageFigure.OfAmount(exact, quote) };

    /// <summary>Writes it.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="column">The name of its column, and how current that is.</param>
    /// <param name="tail">The longest tail of the figures of its column.</param>
    /// <param name="legs">Where the published figures of a cross are shown.</param>
    public void Write(HtmlBuilder html, (string Name, string Day) column, int tail, string legs)
    {
        if (Figure is null)
        {
            html.Add($"""<td class="none" data-label="{column.Name}" title="{(Tip.Length > 0 ? Tip : "not covered")}">–""");
        }
        else
        {
            html.Add($"""<td data-label="{column.Name}" data-day="{column.Day}" data-value="{Rate?.ToText()}">""");
            Figure.Write(html, tail, IsCross ? " cross" : "", IsCross ? legs : null);
        }

        if (At is not null)
        {
            html.Add($"""<small title="{At.Full}">at {At.Text}</small>""");
        }

        if (Remark.Length > 0)
        {
            html.Add($"""<small title="{Tip}">{Remark}</small>""");
        }

        html.Add($"</td>");
    }

    private static RatesCell Of(decimal? rate, string quote, decimal factor)
    {
        if (rate is not { } figure)
        {
            return new();
        }

        var ofOne = PageFigure.OfRate(figure);
        return factor == 1
            ? new() { Rate = figure, Figure = ofOne }
            : new() { Rate = figure, Figure = PageFigure.OfAmount(figure * factor, quote), At = ofOne };
    }

    // An old median names its status and day; the whole sentence is the same in many rows and stands in the tip.
    private static string RemarkOf(BlendedQuote combined) =>
        combined.Note is not null ? $"{combined.Status}, {combined.Newest}"
        : combined.Count < 2 ? "of one"
        : string.Create(CultureInfo.InvariantCulture, $"of {combined.Count}, spread {PageText.Percent(combined.Spread)}");

    private static string RemarkOf(ProviderRates entry, string quote) => string.Join(
        ", ",
        new[]
        {
            entry.Unconfirmed?.Contains(quote) == true ? "unconfirmed" : "",
            entry.Older is { } older && older.TryGetValue(quote, out var day) ? $"of {day}" : "",
        }.Where(remark => remark.Length > 0));
}
