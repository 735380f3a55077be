using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of Ukraine: the official rates of the hryvnia.</summary>
/// <remarks>
/// Direction: <c>units</c> foreign = x UAH.
/// Published: about 15:30 Kyiv time on banking days, for the day after; weekends repeat the Friday's list.
/// Units: the <c>units</c>, 1 to 1000; metals per troy ounce.
/// Quirks: thousands of blank line ends pad the body; <c>exchangedate</c> is the day of effect, <c>calcdate</c> the day of the
/// figure.
/// Source: https://bank.gov.ua/en/open-data/api-dev
/// </remarks>
public sealed class Nbu : RateProvider
{
    private static readonly Currency Uah = Currency.Parse("UAH");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Chunks(92).Select(chunk =>
            Get($"NBU_Exchange/exchange_site?start={chunk.From.Format("yyyyMMdd")}&end={chunk.To.Format("yyyyMMdd")}"
                + "&sort=exchangedate&order=asc&json"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items()
        let rate = row.Member("rate").NumberOrNull()
        where rate is not (null or 0)
        select new Observation(
            row.Member("exchangedate").Day("dd.MM.yyyy"),
            new(row.Member("cc").Code(), Uah),
            rate.Value / row.Member("units").Number(),
            RateKind.Official);
}
