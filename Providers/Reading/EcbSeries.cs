using System.Xml.Linq;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Reads series of the data service of the European Central Bank: SDMX-CSV, SDMX-JSON and generic SDMX-ML.</summary>
internal static class EcbSeries
{
    /// <summary>The figures, each for 1 EUR; monthly ones are averages and stand under the last day of their month.</summary>
    public static RowQuery<Observation> Read(ProviderBody body) => body.Start switch
    {
        [(byte)'<', ..] => Generic(body, body.Xml().Named("GenericData")),
        [(byte)'{', ..] => Json(body),
        _ => SdmxCsv.Read(body, row => (Quoted(row["CURRENCY"]), Kind(row["FREQ"]))),
    };

    private static RowQuery<Observation> Generic(ProviderBody body, XElement data) =>
        from series in body.Rows(data.All("Series"), "series")
        let keys = series.Child("SeriesKey").Elements().ToDictionary(value => value.Attr("id"), value => value.Attr("value"))
        from observation in body.Elements(series.Elements().Where(element => element.Name.LocalName == "Obs"))
        let rate = RateNumber.ParseOrNull(observation.Child("ObsValue").Attr("value"), NumberForm.Point, "NaN")
        where rate is not null
        select new Observation(
            SdmxCsv.Period(observation.Child("ObsDimension").Attr("value")), Quoted(keys["CURRENCY"]), rate.Value, Kind(keys["FREQ"]));

    private static RowQuery<Observation> Json(ProviderBody body) =>
        from observation in SdmxJson.Observations(body)
        let pair = observation["CURRENCY_DENOM"] == "EUR"
            ? Quoted(observation["CURRENCY"])
            : throw new FormatException($"the rates are per {observation["CURRENCY_DENOM"]}, not per EUR")
        select new Observation(
            SdmxCsv.Period(observation["TIME_PERIOD"]), pair, observation.Value / SdmxJson.Units(observation), Kind(observation["FREQ"]));

    private static RateKind Kind(string frequency) => frequency == "D" ? RateKind.Reference : RateKind.Average;

    private static CurrencyPair Quoted(string currency) => new(Currency.Eur, Currency.Parse(currency));
}
