using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Hong Kong Monetary Authority: end-of-day exchange rates, from the monthly statistical bulletin.</summary>
/// <remarks>
/// Direction: 1 foreign = x HKD.
/// Published: in the first days of a month for every business day of the month before, Saturdays included.
/// Units: 1.
/// Quirks: one column a currency, named in lower case; <c>null</c> is a currency without a rate that day; figures carry the noise
/// of binary fractions (7.8245000000000005). Beside the currencies stand the SDR, which is no market rate, and effective
/// exchange rate indexes.
/// Source: https://apidocs.hkma.gov.hk/documentation/market-data-and-statistics/monthly-statistical-bulletin/er-ir/er-eeri-daily/
/// </remarks>
public sealed class Hkma : RateProvider
{
    private static readonly Currency Hkd = Currency.Parse("HKD");

    private const int PageSize = 100;

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Page(window, 0)];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) =>
        Records(answer).Count() == PageSize ? [Page(window, (int)RateNumber.Parse(answer.Request.Parameter("offset")) + PageSize)] : [];

    // A page past the end, or a month that is not out yet.
    protected override bool IsNoData(ProviderBody body) =>
        body.Json().Member("result").Member("datasize").Number() == 0 && !Records(body).Any();

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from record in body.Items("result", "records")
        let asOf = record.Member("end_of_day").Day()
        from column in body.Members(record)
        where column.Name.Length == 3
        let rate = column.Value.NumberOrNull()
        where rate is not null
        select new Observation(asOf, new(Currency.Parse(column.Name), Hkd), rate.Value, RateKind.Reference);

    private static JsonElement.ArrayEnumerator Records(ProviderBody body) => body.Json().Member("result").Member("records").Items();

    private static ProviderRequest Page(FetchWindow window, int offset) =>
        Get($"er-eeri-daily?choose=end_of_day&from={window.From.Format()}&to={window.To.Format()}"
            + $"&pagesize={PageSize}&offset={offset}&sortby=end_of_day&sortorder=desc");
}
