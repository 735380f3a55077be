using System.Xml.Linq;
using Rates.Core;

namespace Rates.Providers;

/// <summary>European Central Bank: the euro foreign exchange reference rates.</summary>
/// <remarks>
/// Direction: 1 EUR = rate quote.
/// Published: about 16:00 Frankfurt time on TARGET days, for the 14:15 concertation of the same day.
/// Units: 1 (the series of the data service have UNIT_MULT).
/// Quirks: one source, three forms: XML (daily, 90 days), CSV (daily, and the history inside a zip), and the series of its data service.
/// The daily CSV dates itself <c>13 April 2026</c>, the history <c>2026-04-13</c>; <c>N/A</c> is a currency not quoted that day.
/// Source: https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/
/// </remarks>
public sealed class Ecb : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => (window.Today.DayNumber - window.From.DayNumber) switch
    {
        <= 3 => [Get("eurofxref-daily.xml")],
        <= 85 => [Get("eurofxref-hist-90d.xml")],
        _ when window.Length > 400 => [Get("eurofxref-hist.zip")],
        _ =>
        [
            Get($"EXR/D..EUR.SP00.A?format=csvdata&startPeriod={window.From.Format()}&endPeriod={window.To.Format()}") with
            {
                Origin = "sdmx",
            },
        ],
    };

    protected override IEnumerable<Observation> Parse(ProviderBody body) => body.Start switch
    {
        [(byte)'P', (byte)'K', ..] => Table(body.Unpacked(Zip.Single(body.Bytes, ".csv"))),
        [(byte)'<', ..] when body.Xml().Name.LocalName != "GenericData" => Envelope(body, body.Xml()),
        [(byte)'D', (byte)'a', (byte)'t', (byte)'e', ..] => Table(body),
        _ => EcbSeries.Read(body),
    };

    private static RowQuery<Observation> Envelope(ProviderBody body, XElement envelope) =>
        from day in body.Rows(envelope.Named("Envelope").Child("Cube").Elements(), "day")
        let asOf = DayParser.Parse(day.Attr("time"))
        from rate in body.Elements(day.Elements())
        select new Observation(asOf, Quoted(rate.Attr("currency")), RateNumber.Parse(rate.Attr("rate")), RateKind.Reference);

    private static RowQuery<Observation> Table(ProviderBody body)
    {
        var table = Csv.Table(body);
        var columns = table.Columns(body, 1, Quoted);
        return from row in table.Rows
               let day = row["Date"]
               let asOf = DayParser.Parse(day, char.IsAsciiDigit(day[^4]) && day.Contains(' ') ? "d MMMM yyyy" : "yyyy-MM-dd")
               from cell in body.Cells(columns)
               let rate = RateNumber.ParseOrNull(row[cell.Index], NumberForm.Point, "N/A")
               where rate is not null
               select new Observation(asOf, cell.Meaning, rate.Value, RateKind.Reference);
    }

    private static CurrencyPair Quoted(string currency) => new(Currency.Eur, Currency.Parse(currency));
}
