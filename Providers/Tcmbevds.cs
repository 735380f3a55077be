using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Türkiye Cumhuriyet Merkez Bankası, the data service EVDS: bid and ask of the lira, and rates of other currencies against the dollar.
/// </summary>
/// <remarks>
/// Direction: series A and S are bid and ask, x TRY for the unit; series C is 1 USD = x foreign, but for EUR, GBP, KWD and XDR
/// 1 foreign = x USD.
/// Published: 15:30 Istanbul time on Turkish banking days, for the same day.
/// Units: JPY and IRR per 100 in A and S; 1 in C.
/// Quirks: a free key in a header; closed days are rows of nulls; C looks like a lira rate by its name and is none.
/// Source: https://evds3.tcmb.gov.tr/
/// </remarks>
public sealed class Tcmbevds : RateProvider
{
    private static readonly Currency Try = Currency.Parse("TRY");

    private static readonly string[] Quoted =
    [
        "AED", "AUD", "AZN", "CAD", "CHF", "CNY", "DKK", "EUR", "GBP", "JPY", "KRW", "KWD", "KZT", "NOK", "PKR", "QAR", "RON", "RUB", "SAR",
        "SEK", "USD",
    ];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window)
    {
        var series = string.Join('-', Quoted.SelectMany(code => (string[])[$"TP.DK.{code}.A.YTL", $"TP.DK.{code}.S.YTL"]));
        var days = $"startDate={window.From.Format("dd-MM-yyyy")}&endDate={window.To.Format("dd-MM-yyyy")}";
        return [Get($"series={series}&{days}&type=json&frequency=1")];
    }

    // A window of closed days has a row of nulls for each.
    protected override bool IsNoData(ProviderBody body) => body.Json().Member("items").GetArrayLength() > 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from day in body.Items("items")
        let asOf = day.Member("Tarih").Day("dd-MM-yyyy")
        from series in body.Members(day)
        let name = series.Name.Split('_')
        where name is ["TP", "DK", _, _, "YTL"]
        let value = series.Value.NumberOrNull()
        where value is not null
        select Figure(asOf, Currency.Parse(name[2]), name[3], value.Value);

    private static Observation Figure(DateOnly asOf, Currency foreign, string side, decimal value) => side switch
    {
        "A" => new(asOf, new(foreign, Try), value / Units(foreign), RateKind.Bid),
        "S" => new(asOf, new(foreign, Try), value / Units(foreign), RateKind.Ask),
        "C" when foreign.Code is "EUR" or "GBP" or "KWD" or "XDR" => new(asOf, new(foreign, Currency.Usd), value, RateKind.Mid),
        "C" => new(asOf, new(Currency.Usd, foreign), value, RateKind.Mid),
        _ => throw new FormatException($"'{side}' is not a known kind of series"),
    };

    private static decimal Units(Currency foreign) => foreign.Code is "JPY" or "IRR" ? 100 : 1;
}
