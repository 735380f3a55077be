using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Banky Foiben'i Madagasikara: the reference rates of the ariary from the interbank market.</summary>
/// <remarks>
/// Direction: 1 foreign = x MGA.
/// Published: through the day, Antananarivo time, on banking days, for the same day.
/// Units: 1.
/// Quirks: one POST a currency, which only the request names; the days are the names of members; figures are French text, blanks
/// between thousands and a decimal comma; a currency without rates has an empty array in place of the object. The extremes
/// beside the reference (<c>coursMidMin</c>, <c>coursMidMax</c>) are no bid and ask.
/// Source: https://www.banky-foibe.mg/taux-reference
/// </remarks>
public sealed class Bfm : RateProvider
{
    private static readonly Currency Mga = Currency.Parse("MGA");

    private static readonly string[] Currencies =
    [
        "AUD", "CAD", "CHF", "CNY", "DJF", "DKK", "EUR", "GBP", "HKD", "INR", "JPY", "MUR", "NOK", "NZD", "SEK", "SGD", "USD", "XDR", "ZAR",
    ];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from code in Currencies
        from chunk in window.Chunks(365)
        select Post(
            "cours_mid_en_ar_filter",
            $"dateFilterDebut={chunk.From.Format("yyyy/MM/dd")}&dateFilterFin={chunk.To.Format("yyyy/MM/dd")}&filterData={code}",
            "application/x-www-form-urlencoded");

    protected override bool IsNoData(ProviderBody body) =>
        Rates(body) is { ValueKind: JsonValueKind.Array } none && none.GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var pair = new CurrencyPair(Currency.Parse(body.Request.Parameter("filterData")), Mga);
        return IsNoData(body) ? [] :
               from day in body.Members(Rates(body))
               let rate = day.Value.NumberOrNull(NumberForm.CommaSpaced)
               where rate is not (null or 0)
               select new Observation(DayParser.Parse(day.Name), pair, rate.Value, RateKind.Reference);
    }

    private static JsonElement Rates(ProviderBody body) => body.Json().Member("data").Member("data").Member("coursMid");
}
