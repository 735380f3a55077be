using Rates.Core;

namespace Rates.Providers;

/// <summary>Seðlabanki Íslands: the official reference rates of the króna.</summary>
/// <remarks>
/// Direction: 1 foreign = x ISK.
/// Published: before noon, Reykjavík time, on Icelandic banking days, for the same day.
/// Units: 1.
/// Quirks: the main currencies (group 9) have three series each, bid (kaupgengi), middle (miðgengi) and ask (sölugengi), of which only
/// the middle is still filled; the others (group 7, since 2006) have the middle only; currencies are named in Icelandic only; the day
/// is American with a time; the euro's predecessors ended with 1998.
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

    /// <summary>The series of group 7, by number: middle rates.</summary>
    private static readonly CodeTable Others = new()
    {
        ["29"] = "CNY",
        ["31"] = "PLN",
        ["35"] = "NGN",
        ["36"] = "TWD",
        ["37"] = "KRW",
        ["38"] = "SRD",
        ["39"] = "AUD",
        ["40"] = "NZD",
        ["41"] = "HKD",
        ["42"] = "HUF",
        ["43"] = "ILS",
        ["44"] = "ZAR",
        ["45"] = "SGD",
        ["46"] = "MXN",
        ["48"] = "TRY",
        ["50"] = "INR",
        ["52"] = "CZK",
        ["53"] = "BRL",
        ["74"] = "THB",
        ["288"] = "JMD",
        ["3503"] = "SAR",
        ["19254"] = "KWD",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Group("9", window), Group("7", window)];

    private static ProviderRequest Group(string id, FetchWindow window) =>
        Get($"Default.aspx?DagsFra={window.From.Format()}&DagsTil={window.To.Format()}&GroupID={id}&Type=xml");

    // A window of closed days has every series without entries.
    protected override bool IsNoData(ProviderBody body) => body.Xml().Named("Group").All("TimeSeries").Any();

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from series in body.Elements(body.Xml().Named("Group").All("TimeSeries"))
        from entry in body.Elements(series.Child("TimeSeriesData").Elements())
        let other = series.Attr("ID").Trim()
        let isOther = Others.Has(other)
        let currency = isOther ? Others.Find(other) : Codes.Find(series.Child("Name").Value)
        select new Observation(
            DayParser.Parse(entry.Child("Date").Value, "M/d/yyyy h:mm:ss tt"),
            new(currency, Isk),
            RateNumber.Parse(entry.Child("Value").Value),
            isOther ? RateKind.Official : Kind(series.Child("Description").Value));

    private static RateKind Kind(string description) => description.Trim().TrimEnd('.').Split(' ')[^1] switch
    {
        "kaupgengi" => RateKind.Bid,
        "miðgengi" => RateKind.Official,
        "sölugengi" => RateKind.Ask,
        var other => throw new FormatException($"'{other}' is not a known kind of series"),
    };
}
