namespace Rates.Api;

/// <summary>
/// A figure as pages show it: few digits to read, all of them where it is pointed at or copied, and the point below the points of its
/// column.
/// </summary>
/// <param name="Text">What is read, such as <c>1.15720</c>.</param>
/// <param name="Full">All digits, such as <c>1.157198941</c>.</param>
internal sealed record PageFigure(string Text, string Full)
{
    private const int Digits = 6;
    private const int MostPlaces = 12;

    /// <summary>A rate with at most six significant digits, or all that it has before the point.</summary>
    public static PageFigure OfRate(decimal rate) => new(PageText.Grouped(RateRounding.Readable(rate, Digits)), rate.ToText());

    /// <summary>An amount of money, rounded half up.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="code">The code of its currency.</param>
    public static PageFigure OfAmount(decimal amount, string code)
    {
        var places = PageText.CurrencyOf(code)?.MinorDigits ?? MostPlaces;
        return new(PageText.Money(decimal.Round(amount, places, MidpointRounding.AwayFromZero), code), amount.ToText());
    }

    /// <summary>Characters from the point on: 3 for <c>1.25</c>, 0 without a point.</summary>
    public int Tail => Text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? Text.Length - point : 0;

    /// <summary>Writes it so that points stand below each other.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="tail">The longest <see cref="Tail"/> of its column.</param>
    /// <param name="kind">More classes, with a space before them; empty for none.</param>
    /// <param name="address">Where it leads to; null for nowhere.</param>
    public void Write(HtmlBuilder html, int tail, string kind = "", string? address = null)
    {
        var pad = (Tail == 0 && tail > 0 ? "." : "") + new string('0', Math.Max(0, tail - Math.Max(Tail, 1)));
        if (address is not null)
        {
            html.Add($"""<a class="figure{kind}" href="{address}" title="{Full}" data-full="{Full}" data-pad="{pad}">{Text}</a>""");
        }
        else
        {
            html.Add($"""<span class="figure{kind}" title="{Full}" data-full="{Full}" data-pad="{pad}">{Text}</span>""");
        }
    }
}
