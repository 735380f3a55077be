using Rates.Core;

namespace Rates.Providers;

/// <summary>Seðlabanki Íslands: the official reference rates of the króna.</summary>
/// <remarks>
/// Direction: 1 foreign = x ISK.
/// Published: before noon, Reykjavík time, on Icelandic banking days, for the same day.
/// Units: 1.
/// Quirks: every currency has three series, bid (kaupgengi), middle (miðgengi) and ask (sölugengi), of which only the middle is still
/// filled; currencies are named in Icelandic only; the day is American with a time; the euro's predecessors ended with 1998.
/// Source: https://sedlabanki.is/gagnatorg/xml-thjonusta/
/// </remarks>
public sealed class Sbi : RateProvider
{
    private static readonly Currency Isk = Currency.Parse("ISK");

    private static readonly CodeTable Codes = new()
    {
        ["Austurrískur skildingur"] = "ATS",
        ["Bandaríkjadalur"] = "USD",
        ["Belgískur franki"] = "BEF",
        ["Dönsk króna"] = "DKK",
        ["Evra"] = "EUR",
        ["Finnskt mark"] = "FIM",
        ["Franskur franki"] = "FRF",
        ["Grísk drakma"] = "GRD",
        ["Hollenskt gyllini"] = "NLG",
        ["Írskt pund"] = "IEP",
        ["Ítölsk líra"] = "ITL",
        ["Japanskt jen"] = "JPY",
        ["Kanadadalur"] = "CAD",
        ["Norsk króna"] = "NOK",
        ["Portúgalskur skúti"] = "PTE",
        ["Sérstök dráttarréttindi- SDR"] = "XDR",
        ["Spænskur peseti"] = "ESP",
        ["Sterlingspund"] = "GBP",
        ["Svissneskur franki"] = "CHF",
        ["Sænsk króna"] = "SEK",
        ["Þýskt mark"] = "DEM",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"Default.aspx?DagsFra={window.From.Format()}&DagsTil={window.To.Format()}&GroupID=9&Type=xml")];

    // A window of closed days has every series without entries.
    protected override bool IsNoData(ProviderBody body) => body.Xml().Named("Group").All("TimeSeries").Any();

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from series in body.Elements(body.Xml().Named("Group").All("TimeSeries"))
        from entry in body.Elements(series.Child("TimeSeriesData").Elements())
        let name = series.Child("Name").Value.Trim()
        let currency = Codes.Find(name)
        select new Observation(
            Days.Parse(entry.Child("Date").Value, "M/d/yyyy h:mm:ss tt"),
            new(currency, Isk),
            RateNumber.Parse(entry.Child("Value").Value),
            Kind(series.Child("Description").Value));

    private static RateKind Kind(string description) => description.Trim().TrimEnd('.').Split(' ')[^1] switch
    {
        "kaupgengi" => RateKind.Bid,
        "miðgengi" => RateKind.Official,
        "sölugengi" => RateKind.Ask,
        var other => throw new FormatException($"'{other}' is not a known kind of series"),
    };
}
