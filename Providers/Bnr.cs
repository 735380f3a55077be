using Rates.Core;

namespace Rates.Providers;

/// <summary>Banca Națională a României: the reference rates of the leu.</summary>
/// <remarks>
/// Direction: <c>multiplier</c> foreign = x RON.
/// Published: about 13:00 Bucharest time on Romanian banking days, for the same day.
/// Units: the <c>multiplier</c> attribute, 100 for HUF, JPY, KRW and others; gold is per gram.
/// Quirks: three files of one format: the day, ten days, a year; <c>-</c> is a currency not quoted; the namespace changed from http
/// to https.
/// Source: https://www.bnr.ro/Cursurile-pietei-valutare-in-format-XML-3424.aspx
/// </remarks>
public sealed class Bnr : RateProvider
{
    private static readonly Currency Ron = Currency.Parse("RON");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => (window.Today.DayNumber - window.From.DayNumber) switch
    {
        <= 1 => [Get("nbrfxrates.xml")],
        <= 10 => [Get("nbrfxrates10days.xml")],
        _ => window.Years().Select(year => Get($"files/xml/years/nbrfxrates{year}.xml")),
    };

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from day in body.Elements(body.Xml().Named("DataSet").Child("Body").Elements().Where(element => element.Name.LocalName == "Cube"))
        let asOf = DayParser.Parse(day.Attr("date"))
        from rate in body.Elements(day.Elements())
        let value = RateNumber.ParseOrNull(rate.Value, NumberForm.Point, "-")
        where value is not null
        let code = rate.Attr("currency")
        let units = RateNumber.Parse(rate.Attribute("multiplier")?.Value ?? "1")
        let ounces = code == "XAU" ? Metals.GramsPerTroyOunce : 1
        select new Observation(asOf, new(Currency.Parse(code), Ron), value.Value / units * ounces, RateKind.Reference);
}
