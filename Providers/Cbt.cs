using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Turkmenistan: the official rates of the manat.</summary>
/// <remarks>
/// Direction: <c>multiplier</c> foreign = <c>rate_tmt</c> TMT; <c>rate_usd</c> beside it is the market's dollar quotation.
/// Published: in the morning, Ashgabat time, on working days.
/// Units: <c>multiplier</c>.
/// Quirks: the date is written 20.05.2026 or 2026-05-20; a day without a file answers 404.
/// Source: https://cbt.tm/kurs/
/// </remarks>
public sealed class Cbt : RateProvider
{
    private static readonly Currency Tmt = Currency.Parse("TMT");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"{day.Year}/{day.Format("ddMMyyyy")}.xml"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var table = body.Xml().Named("cbt_currency_rate");
        var date = table.Child("date").Value.Trim();
        var asOf = DayParser.Parse(date, date.Contains('.') ? "dd.MM.yyyy" : "yyyy-MM-dd");
        return from rate in body.Elements(table.Elements().Where(element => element.Name.LocalName == "rate"))
               let value = RateNumber.ParseOrNull(rate.Child("rate_tmt").Value)
               where value is not null
               let units = RateNumber.Parse(rate.Child("multiplier").Value)
               select new Observation(asOf, new(Currency.Parse(rate.Attr("code").Trim()), Tmt), value.Value / units, RateKind.Official);
    }
}
