using Rates.Core;

namespace Rates.Providers;

/// <summary>Czech National Bank: the daily fixing of the koruna as XML.</summary>
/// <remarks>
/// Direction: <c>mnozstvi</c> foreign = x CZK.
/// Published: about 14:30 Prague time on Czech working days, for the same day.
/// Units: mnozstvi, 1, 100 or 1000.
/// Quirks: Czech names and decimal commas; a bulletin that is not out yet is a 200 with an empty <c>datum</c> and no row.
/// Source: https://www.cnb.cz/en/faq/Format-of-the-foreign-exchange-market-rates/
/// </remarks>
public sealed class Cnbxml : RateProvider
{
    private static readonly Currency Czk = Currency.Parse("CZK");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"denni_kurz.xml?date={day.Format("dd.MM.yyyy")}"));

    protected override bool IsNoData(ProviderBody body) => body.Xml().Attr("datum").Length == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Elements(body.Xml().Named("kurzy").Child("tabulka").Elements())
        let pair = new CurrencyPair(Currency.Parse(row.Named("radek").Attr("kod")), Czk)
        select new Observation(
            DayParser.Parse(body.Xml().Attr("datum"), "dd.MM.yyyy"),
            pair,
            RateNumber.Parse(row.Attr("kurz"), NumberForm.Comma) / RateNumber.Parse(row.Attr("mnozstvi")),
            RateKind.Reference);
}
