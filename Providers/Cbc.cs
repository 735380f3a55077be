using Rates.Core;
using Rates.Providers.Reading;

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
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("Get?FileName=BP01D01")];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var data = body.Json().Member("data");
        CurrencyPair[] pairs = [.. data.Member("structure").Member("Table1").Items().Select(heading => Pair(heading.Member("data").Text().Trim()))];
        return from row in data.Member("dataSets").Items()
               let cells = row.Items().Select(cell => cell.Text()).ToArray()
               let asOf = cells.Length == pairs.Length + 1
                   ? Days.Parse(cells[0], "yyyyMMdd")
                   : throw new FormatException($"a row has {cells.Length} columns, where there are headings for {pairs.Length} and the day")
               from place in Enumerable.Range(0, pairs.Length)
               let rate = RateNumber.ParseOrNull(cells[place + 1], NumberForm.Point, "-")
               where rate is not (null or 0)
               select new Observation(asOf, pairs[place], rate.Value, RateKind.Reference);
    }

    private static CurrencyPair Pair(string heading) => heading is [.., _, _, _, '/', _, _, _]
        ? new(Currency.Parse(heading[^3..]), heading[^7..^4] == "NTD" ? Currency.Parse("TWD") : Currency.Parse(heading[^7..^4]))
        : throw new FormatException($"the heading '{heading}' does not end in two currency codes");
}
