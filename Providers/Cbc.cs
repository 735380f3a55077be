using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of the Republic of China (Taiwan): the dollar rates of the interbank market at 16:00.</summary>
/// <remarks>
/// Direction: as the market quotes each pair; a heading ends in what is paid and for what, <c>NTD/USD</c> or <c>USD/EUR</c>.
/// Published: once a month, in its first days, Taipei time, for every banking day of the month before.
/// Units: 1.
/// Quirks: the whole archive in one document; rows have no names, the headings stand in <c>structure</c> without the day's; NTD is
/// the TWD; <c>-</c> is not quoted.
/// Source: https://www.cbc.gov.tw/en/lp-4237-2.html
/// </remarks>
public sealed class Cbc : RateProvider
{
    private static readonly CodeTable Codes = new() { ["NTD"] = "TWD" };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("Get?FileName=BP01D01")];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var data = body.Json().Member("data");
        var headings = data.Member("structure").Member("Table1").Items().Select(heading => heading.Member("data").Text().Trim()).ToArray();
        var columns = (from heading in body.Rows(headings.Index(), "column", heading => heading.Item)
                       select new CsvColumn<CurrencyPair>(heading.Index + 1, heading.Item, Pair(heading.Item))).ToList();
        return from row in body.Items(data, "dataSets")
               let cells = row.Items().Select(cell => cell.Text()).ToArray()
               let asOf = cells.Length == headings.Length + 1
                   ? DayParser.Parse(cells[0], "yyyyMMdd")
                   : throw new FormatException($"{cells.Length} columns where there are headings for {headings.Length} and the day")
               from cell in body.Cells(columns)
               let rate = RateNumber.ParseOrNull(cells[cell.Index], NumberForm.Point, "-")
               where rate is not (null or 0)
               select new Observation(asOf, cell.Meaning, rate.Value, RateKind.Reference);
    }

    private static CurrencyPair Pair(string heading) => heading is [.., _, _, _, '/', _, _, _]
        ? new(Codes.FindOrParse(heading[^3..]), Codes.FindOrParse(heading[^7..^4]))
        : throw new FormatException($"the heading '{heading}' does not end in two currency codes");
}
