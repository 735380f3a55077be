using Rates.Core;

namespace Rates.Providers;

/// <summary>US Department of the Treasury: the reporting rates of exchange.</summary>
/// <remarks>
/// Direction: 1 USD = x foreign.
/// Published: after every quarter, for its last day; amendments follow for up to two months, with an effective date of their own.
/// Units: 1.
/// Quirks: rows are called <c>Country-Currency</c>, and the labels drift: see <see cref="UstLabels"/>. Countries that use the dollar
/// or the euro have rows too, which are left out. Countries of a currency union have a row each; the first in the table counts.
/// Source: https://fiscaldata.treasury.gov/datasets/treasury-reporting-rates-exchange/
/// </remarks>
public sealed class Ust : RateProvider
{
    // An amendment stands under the quarter it amends.
    private const int AmendedForMonths = 4;

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Page(window, 1)];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window)
    {
        var page = (int)RateNumber.Parse(answer.Request.Parameter("page[number]"));
        return page < answer.Json().Member("meta").Member("total-pages").Number() ? [Page(window, page + 1)] : [];
    }

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        (from row in body.Items("data")
         let asOf = row.Member("effective_date").Day()
         let meaning = UstLabels.Find(row.Member("country_currency_desc").Text(), asOf)
         where meaning is not null
         let rate = row.Member("exchange_rate").NumberOrNull(NumberForm.Point, "null")
         where rate is not (null or 0)
         orderby meaning.Value.Rank
         select new Observation(asOf, new(Currency.Usd, meaning.Value.Currency), rate.Value, RateKind.Reference))
        .DistinctBy(observation => (observation.AsOf, observation.Pair));

    private static ProviderRequest Page(FetchWindow window, int page) => Get(
        "rates_of_exchange?fields=record_date,effective_date,country_currency_desc,exchange_rate"
        + $"&filter=record_date:gte:{window.From.AddMonths(-AmendedForMonths).Format()},record_date:lte:{window.To.Format()}"
        + $"&page[size]=10000&page[number]={page}&sort=record_date");
}
