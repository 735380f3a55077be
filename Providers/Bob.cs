using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Botswana: daily rates of the pula against currencies of its basket and of its trade partners.</summary>
/// <remarks>
/// Direction: 1 BWP = x foreign.
/// Published: about noon, Gaborone time, on working days, for the same day.
/// Units: 1.
/// Quirks: the whole archive in one file, newest first but not in order; CHN, YEN and SDR are no ISO codes; 0 and blank are not quoted.
/// Source: https://www.bankofbotswana.bw/exchange-rates
/// </remarks>
public sealed class Bob : RateProvider
{
    private static readonly Currency Bwp = Currency.Parse("BWP");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("exchange-rates.csv?page&_format=csv")];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var table = Csv.Table(body);
        var columns = table.Columns(body, 1, Currency.Parse);
        return from row in table.Rows
               let asOf = DayParser.Parse(row["Date"], "d MMM yyyy")
               from cell in body.Cells(columns)
               let rate = RateNumber.ParseOrNull(row[cell.Index])
               where rate is not (null or 0)
               select new Observation(asOf, new(Bwp, cell.Meaning), rate.Value, RateKind.Reference);
    }
}
