using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of Ukraine, the XML service: the official rates of the hryvnia and of metals per troy ounce.</summary>
/// <remarks>
/// Direction: 1 foreign = x UAH.
/// Published: in the afternoon, Kyiv time; <c>exchangedate</c> is the day the rate takes effect.
/// Units: already per 1.
/// Quirks: a refused request is a 200 with an <c>error</c> element.
/// Source: https://bank.gov.ua/en/open-data/api-dev
/// </remarks>
public sealed class Nbuxml : RateProvider
{
    private static readonly Currency Uah = Currency.Parse("UAH");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"exchange?date={day.Format("yyyyMMdd")}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Elements(body.Xml().Named("exchange").Elements())
        select new Observation(
            DayParser.Parse(row.Named("currency").Child("exchangedate").Value, "dd.MM.yyyy"),
            new(Currency.Parse(row.Child("cc").Value.Trim()), Uah),
            RateNumber.Parse(row.Child("rate").Value),
            RateKind.Official);
}
