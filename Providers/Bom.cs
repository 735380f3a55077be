using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Mongolia: the official rates of the tögrög.</summary>
/// <remarks>
/// Direction: 1 foreign = x MNT; gold and silver per troy ounce.
/// Published: before noon, Ulaanbaatar time, on weekdays, for the same day.
/// Units: 1.
/// Quirks: one row a day with a member for each currency; commas between thousands; SDR is the XDR; an answer may be the whole archive.
/// Source: https://www.mongolbank.mn/en/currency-rate-movement
/// </remarks>
public sealed class Bom : RateProvider
{
    private static readonly Currency Mnt = Currency.Parse("MNT");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
    [
        Post(
            "currency-rate-movement/data",
            $$"""{"startDate":"{{window.From.Format()}}","endDate":"{{window.To.Format()}}"}""", "application/json"),
    ];

    // No rates on the requested days.
    protected override bool IsNoData(ProviderBody body) =>
        body.Json().Member("success").GetBoolean() && body.Json().Member("data").GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items("data")
        let asOf = row.Member("RATE_DATE").Day()
        from cell in body.Members(row)
        where cell.Name != "RATE_DATE"
        let currency = Currency.Parse(cell.Name)
        let rate = cell.Value.NumberOrNull(NumberForm.PointGrouped)
        where rate is not (null or 0)
        select new Observation(asOf, new(currency, Mnt), rate.Value, RateKind.Official);
}
