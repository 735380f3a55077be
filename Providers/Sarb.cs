using System.Collections.Frozen;
using Rates.Core;

namespace Rates.Providers;

/// <summary>South African Reserve Bank: weighted averages of the banks' rates of the rand.</summary>
/// <remarks>
/// Direction: 1 unit of the US dollar, the pound and the euro = x ZAR; 1 ZAR = x of every other currency.
/// Published: about 11:00 Johannesburg time on South African banking days, for about 10:30 of the same day.
/// Units: 1.
/// Quirks: one series a request; the answer names the currency only in words, the address by the series' code. <c>[]</c> is a
/// window without a banking day.
/// Source: https://www.resbank.co.za/en/home/what-we-do/statistics/key-statistics/selected-historical-rates
/// </remarks>
public sealed class Sarb : RateProvider
{
    private static readonly FrozenDictionary<string, CurrencyPair> Series = new Dictionary<string, string>
    {
        ["EXCX135D"] = "USD/ZAR",
        ["EXCZ001D"] = "GBP/ZAR",
        ["EXCZ002D"] = "EUR/ZAR",
        ["EXCB003D"] = "ZAR/DKK",
        ["EXCB013D"] = "ZAR/NOK",
        ["EXCB015D"] = "ZAR/SEK",
        ["EXCB016D"] = "ZAR/CHF",
        ["EXCB031D"] = "ZAR/CAD",
        ["EXCB036D"] = "ZAR/BRL",
        ["EXCB051D"] = "ZAR/BWP",
        ["EXCB059D"] = "ZAR/KES",
        ["EXCB063D"] = "ZAR/MWK",
        ["EXCB071D"] = "ZAR/ZMW",
        ["EXCB080D"] = "ZAR/AUD",
        ["EXCB081D"] = "ZAR/NZD",
        ["EXCB094D"] = "ZAR/ILS",
        ["EXCB115D"] = "ZAR/THB",
        ["EXCB118D"] = "ZAR/KRW",
        ["EXCB120D"] = "ZAR/JPY",
        ["EXCB121D"] = "ZAR/CNY",
        ["EXCB122D"] = "ZAR/HKD",
        ["EXCB123D"] = "ZAR/INR",
        ["EXCB126D"] = "ZAR/TWD",
    }.ToFrozenDictionary(series => series.Key, series => CurrencyPair.Parse(series.Value));

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from code in Series.Keys.Order(StringComparer.Ordinal)
        from chunk in window.Chunks(365)
        select Get($"GetTimeseriesObservations/{code}/{chunk.From.Format()}/{chunk.To.Format()}");

    protected override bool IsNoData(ProviderBody body) => body.Json().GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var pair = Asked(body.Request);
        return from row in body.Items()
               let rate = row.Member("Value").NumberOrNull()
               where rate is not (null or 0)
               select new Observation(row.Member("Period").Day(), pair, rate.Value, RateKind.Reference);
    }

    private static CurrencyPair Asked(ProviderRequest request) =>
        request.Path.Split('/').FirstOrDefault(Series.ContainsKey) is { } code
            ? Series[code]
            : throw new FormatException($"no known series in {request.Path}");
}
