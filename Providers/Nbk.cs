using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of Kazakhstan: the official (market) rates of the tenge.</summary>
/// <remarks>
/// Direction: <c>quant</c> foreign = <c>description</c> KZT.
/// Published: in the afternoon, Almaty time, on Kazakh banking days; the document names its day.
/// Units: <c>quant</c>, 1 to 1000.
/// Quirks: dressed as an RSS feed; a currency that is not quoted has an empty description.
/// Source: https://nationalbank.kz/en/page/usage
/// </remarks>
public sealed class Nbk : RateProvider
{
    private static readonly Currency Kzt = Currency.Parse("KZT");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"rss/get_rates.cfm?fdate={day.Format("dd.MM.yyyy")}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var rates = body.Xml().Named("rates");
        var asOf = DayParser.Parse(rates.Child("date").Value, "dd.MM.yyyy");
        return from item in body.Elements(rates.Elements().Where(element => element.Name.LocalName == "item"))
               let value = RateNumber.ParseOrNull(item.Child("description").Value)
               where value is not null
               let units = RateNumber.Parse(item.Child("quant").Value)
               let pair = new CurrencyPair(Currency.Parse(item.Child("title").Value.Trim()), Kzt)
               select new Observation(asOf, pair, value.Value / units, RateKind.Official);
    }
}
