using Rates.Core;

namespace Rates.Providers;

/// <summary>Türkiye Cumhuriyet Merkez Bankası: the indicative rates of the lira, from the daily file that needs no key.</summary>
/// <remarks>
/// Direction: <c>Unit</c> foreign = x TRY; the old lira (TRL) before 2005. The cross rates beside it are not ours to store.
/// Published: 15:30 Istanbul time on Turkish banking days, for the same day.
/// Units: <c>Unit</c>, 1 or 100.
/// Quirks: ISO-8859-9; the day stands twice, Turkish and American; an empty element is a side that is not quoted (the SDR has only
/// a buying rate); a holiday's file answers 404.
/// Source: https://www.tcmb.gov.tr/kurlar/today.xml
/// </remarks>
public sealed class Tcmb : RateProvider
{
    private static readonly Currency Lira = Currency.Parse("TRY");

    private static readonly (string Element, RateKind Kind)[] Sides =
    [
        ("ForexBuying", RateKind.Bid), ("ForexSelling", RateKind.Ask),
        ("BanknoteBuying", RateKind.CashBid), ("BanknoteSelling", RateKind.CashAsk),
    ];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get(day == window.Today ? "today.xml" : $"{day.Format("yyyyMM")}/{day.Format("ddMMyyyy")}.xml"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var table = body.Xml().Named("Tarih_Date");
        var asOf = DayParser.Parse(table.Attr("Tarih"), "dd.MM.yyyy");
        return from row in body.Elements(table.Elements())
               let units = RateNumber.Parse(row.Child("Unit").Value)
               from side in Sides
               let value = RateNumber.ParseOrNull(row.Child(side.Element).Value)
               where value is not null
               select new Observation(asOf, new(Currency.Parse(row.Attr("CurrencyCode")), Lira), value.Value / units, side.Kind);
    }
}
