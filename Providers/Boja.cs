using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Jamaica: the averages of the banks' counter rates.</summary>
/// <remarks>
/// Direction: 1 foreign = x JMD.
/// Published: in the early afternoon, Jamaican time, on weekdays, for the same day.
/// Units: 1.
/// Quirks: the columns have names only on the page: day, currency, buying of demand drafts and transfers, of notes, of coins, selling;
/// 0.0000 is not quoted; the table, the whole archive, wants a nonce from the page and calls itself HTML.
/// Source: https://boj.org.jm/market/foreign-exchange/counter-rates/
/// </remarks>
public sealed partial class Boja : RateProvider
{
    private static readonly Currency Jmd = Currency.Parse("JMD");

    private static readonly (int Column, RateKind Kind)[] Columns =
        [(2, RateKind.Bid), (3, RateKind.CashBid), (4, RateKind.CoinBid), (5, RateKind.Ask)];

    private static readonly CodeTable Names = new()
    {
        ["AUSTRALIAN DOLLAR"] = "AUD",
        ["BAHAMAS DOLLAR"] = "BSD",
        ["BARBADOS DOLLAR"] = "BBD",
        ["BELIZE DOLLAR"] = "BZD",
        ["CANADA DOLLAR"] = "CAD",
        ["CAYMAN DOLLAR"] = "KYD",
        ["DANISH KRONE"] = "DKK",
        ["DOMINICAN REP. PESO"] = "DOP",
        ["E. C. DOLLAR"] = "XCD",
        ["EURO"] = "EUR",
        ["GIBRALTAR POUND"] = "GIP",
        ["GREAT BRITAIN POUND"] = "GBP",
        ["GUYANA DOLLAR"] = "GYD",
        ["HONG KONG DOLLAR"] = "HKD",
        ["JAPANESE YEN"] = "JPY",
        ["NORWEGIAN KRONE"] = "NOK",
        ["SWEDISH KRONA"] = "SEK",
        ["SWISS FRANC"] = "CHF",
        ["T&T DOLLAR"] = "TTD",
        ["U.S. DOLLAR"] = "USD",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get("market/foreign-exchange/counter-rates/") with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? [Post(
            "wp-admin/admin-ajax.php?action=get_wdtable&table_id=134",
            $"draw=1&start=0&length=-1&wdtNonce={Nonce(answer)}",
            "application/x-www-form-urlencoded")]
        : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items("data")
        let cells = row.Items().Select(cell => cell.Text().Trim()).ToArray()
        let name = cells is [_, var second, _, _, _, _] ? second : throw new FormatException($"a row has {cells.Length} columns, not six")
        // Northern Irish notes are sterling at another price: no currency of their own.
        where name != "NORTHERN IRELAND POUND"
        let pair = new CurrencyPair(Names.Find(name), Jmd)
        from figure in Columns
        let rate = RateNumber.ParseOrNull(cells[figure.Column])
        where rate is not (null or 0)
        select new Observation(DayParser.Parse(cells[0], "dd MMM yyyy"), pair, rate.Value, figure.Kind);

    private string Nonce(ProviderBody page) => NonceField.Match(page.Text()) is { Success: true } match
        ? match.Groups["nonce"].Value
        : throw new ProviderException(ProviderFault.Unreadable, Key, "the page holds no nonce for table 134");

    [GeneratedRegex(
        """id="wdtNonceFrontendServerSide_134"[^>]*\svalue="(?<nonce>\w+)""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NonceField { get; }
}
