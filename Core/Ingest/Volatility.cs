using System.Collections.Frozen;

namespace Rates.Core;

/// <summary>Gives the largest change of a pair's rate that is accepted without confirmation by another source.</summary>
internal static class Volatility
{
    private const decimal Pegged = 0.01m;
    private const decimal Major = 0.05m;
    private const decimal Liquid = 0.15m;
    private const decimal Other = 0.35m;

    // Of money and metals, and of crypto assets, which move as far on a usual day.
    private const decimal UsuallyNotable = 0.02m;
    private const decimal NotableOfCrypto = 0.10m;

    private static readonly FrozenSet<Currency> Majors = MajorCurrencies().ToFrozenSet();

    private static readonly FrozenSet<Currency> Liquids = LiquidCurrencies().ToFrozenSet();

    private static readonly FrozenDictionary<Currency, Currency> Anchors = Pegs().ToFrozenDictionary();

    /// <summary>The square roots of 1 to 10; more than ten days count as ten.</summary>
    private static readonly decimal[] SquareRoots = [1m, 1.4142m, 1.7321m, 2m, 2.2361m, 2.4495m, 2.6458m, 2.8284m, 3m, 3.1623m];

    /// <summary>
    /// The largest change that needs no confirmation, as a fraction of the lower of the two rates: 5 % for the majors, 15 % for liquid
    /// markets, 35 % for the others and for segment and parallel rates, 1 % between a currency and its peg, each times the square root
    /// of the number of days.
    /// </summary>
    /// <param name="pair">The pair; the currency with the wider limit decides.</param>
    /// <param name="kind">The figure's kind.</param>
    /// <param name="days">Days from the old figure to the new one; 0 and less count as 1, more than 10 as 10.</param>
    public static decimal Limit(CurrencyPair pair, RateKind kind, int days)
    {
        var (one, other) = (Root(pair.Base), Root(pair.Quote));
        var daily = kind is RateKind.Segment or RateKind.Parallel ? Other : one == other ? Pegged : Math.Max(Of(one), Of(other));
        return daily * Days(days);
    }

    /// <summary>
    /// A change within the limit is compared with others' figures from this fraction on: 2 %, 10 % where one of the two is a crypto asset,
    /// and never more than half of the limit.
    /// </summary>
    /// <inheritdoc cref="Limit"/>
    public static decimal Notable(CurrencyPair pair, RateKind kind, int days) =>
        Math.Min(IsCrypto(pair.Base) || IsCrypto(pair.Quote) ? NotableOfCrypto : UsuallyNotable, Limit(pair, kind, days) / 2);

    /// <summary>How many times as far as in one day a rate moves in so many days: the square root of 1 to 10.</summary>
    public static decimal Days(int days) => SquareRoots[Math.Clamp(days, 1, SquareRoots.Length) - 1];

    private static decimal Of(Currency currency) => Majors.Contains(currency) ? Major : Liquids.Contains(currency) ? Liquid : Other;

    private static bool IsCrypto(Currency currency) => CurrencyRegistry.Find(currency)?.Kind == CurrencyKind.Crypto;

    private static Currency Root(Currency currency) => Anchors.TryGetValue(currency, out var anchor) ? Root(anchor) : currency;

    internal static IEnumerable<Currency> MajorCurrencies() => Codes("USD EUR JPY GBP CHF AUD NZD CAD SEK NOK XDR");

    internal static IEnumerable<Currency> LiquidCurrencies() => Codes(
        "BRL CLP CNH CNY COP CZK HUF IDR ILS INR ISK KRW KWD MAD MXN MYR PEN PHP PLN RON RSD RUB SGD THB TRY TWD VND XAG XAU XPD XPT ZAR");

    /// <summary>Each currency with a peg, and the currency that it is fixed to or held to within one per cent.</summary>
    internal static IEnumerable<KeyValuePair<Currency, Currency>> Pegs() =>
        from peg in new (string Anchor, string Fixed)[]
        {
            ("USD", "AED AWG BBD BHD BMD BSD BZD CUC DJF HKD JOD KYD OMR PAB QAR SAR XCD XCG ANG"),
            ("EUR", "BAM BGN CVE DKK KMF STN XAF XOF XPF"),
            ("GBP", "FKP GGP GIP IMP JEP SHP"),
            ("ZAR", "LSL NAD SZL"),
            ("INR", "BTN NPR"),
            ("AUD", "KID TVD"),
            ("SGD", "BND"),
            ("HKD", "MOP"),
            ("DKK", "FOK"),
            ("CNY", "CNH"),
        }
        from code in Codes(peg.Fixed)
        select KeyValuePair.Create(code, Currency.Parse(peg.Anchor));

    private static IEnumerable<Currency> Codes(string codes) => codes.Split(' ').Select(Currency.Parse);
}
