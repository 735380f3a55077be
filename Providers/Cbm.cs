using System.Globalization;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Myanmar: the reference rates of the kyat.</summary>
/// <remarks>
/// Direction: 1 foreign = x MMK.
/// Published: before noon, Yangon time, on weekdays, for the same day.
/// Units: stated on the site only: IDR, JPY, KHR, KRW, LAK and VND are per 100, all others per 1.
/// Quirks: the day is the instant of publication in seconds, so it depends on the zone (UTC+06:30); commas between thousands.
/// Source: https://forex.cbm.gov.mm/
/// </remarks>
public sealed class Cbm : RateProvider
{
    private static readonly Currency Mmk = Currency.Parse("MMK");

    private static readonly TimeSpan Yangon = new(6, 30, 0);

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get(day == window.Today ? "latest" : $"history/{day.Format("dd-MM-yyyy")}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var seconds = long.Parse(body.Json().Member("timestamp").Text(), CultureInfo.InvariantCulture);
        var asOf = DayParser.OfEpoch(seconds, Yangon).NotAfterAsked(body.Request, "dd-MM-yyyy");
        return from cell in body.Members(body.Json().Member("rates"))
               let rate = cell.Value.NumberOrNull(NumberForm.PointGrouped)
               where rate is not (null or 0)
               select new Observation(asOf, new(Currency.Parse(cell.Name), Mmk), rate.Value / Units(cell.Name), RateKind.Reference);
    }

    private static decimal Units(string code) => code is "IDR" or "JPY" or "KHR" or "KRW" or "LAK" or "VND" ? 100 : 1;
}
