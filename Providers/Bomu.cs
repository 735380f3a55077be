using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Mauritius: averages of what the banks ask and pay for transfers, drafts and banknotes.</summary>
/// <remarks>
/// Direction: the units behind the code (JPY 100) = x MUR.
/// Published: at 9:30, 13:30 and 17:30 Port Louis time on working days, for the same day.
/// Units: behind the code, 1 or 100.
/// Quirks: the page repeats the rates of the last day in tables of the same headings; the bank sells transfers and drafts at one price;
/// without a last day it would send the whole archive.
/// Source: https://www.bom.mu/markets/foreign-exchange/consolidated-indicative-exchange-rates
/// </remarks>
public sealed partial class Bomu : RateProvider
{
    private static readonly Currency Mur = Currency.Parse("MUR");

    private static readonly (string, RateKind)[] Columns =
    [
        ("Buying|T.T", RateKind.Bid),
        ("Buying|D.D", RateKind.SightBid),
        ("Buying|Notes", RateKind.CashBid),
        ("Selling|T.T/D.D", RateKind.Ask),
        ("Selling|Notes", RateKind.CashAsk),
    ];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.Chunks(31).Select(part => Get(
        $"markets/foreign-exchange/consolidated-indicative-exchange-rates?{Bound("", part.From)}&{Bound("_1", part.To)}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from table in body.Rows(body.Page("</div>").Tables(["Code", "Date", .. Columns.Select(column => column.Item1)]), "table")
        from row in body.Rows(table)
        let code = Code.Match(row["Code"]) is { Success: true } match
            ? match
            : throw new FormatException($"'{row["Code"]}' is not a code and units such as JPY 100")
        let units = RateNumber.Parse(code.Groups["units"].Value)
        let pair = new CurrencyPair(Currency.Parse(code.Groups["code"].Value), Mur)
        from side in row.Sides(DayParser.Parse(row["Date"], "dd-MM-yyyy"), pair, Columns, units)
        select side;

    private static string Bound(string end, DateOnly day) =>
        $"field_transaction_date_value{end}%5Bvalue%5D%5Bdate%5D={day.Format("dd-MM-yyyy")}";

    [GeneratedRegex(
        "^(?<code>[A-Z]{3}) (?<units>[0-9]+)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code { get; }
}
