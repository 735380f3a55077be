using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Reads recorded answers of Yahoo's query language, table yahoo.finance.xchange, which ended in November 2017: last prices with bid and
/// ask. Nothing is fetched any more.
/// </summary>
/// <remarks>
/// Direction: 1 base = x quote, of the id EURUSD; EUR=X is USD/EUR.
/// Published: through the day; <c>Date</c> is the day on a US Eastern clock.
/// Units: 1.
/// Quirks: one pair is an object, several are a list; figures are texts; a pair that is not quoted has the date <c>N/A</c> and the rate
/// <c>N/A</c> or <c>0.00</c>; <c>count</c> is not the number of rates.
/// Source: https://query.yahooapis.com/v1/public/yql
/// </remarks>
public sealed class Yahooyql : RateProvider
{
    private const string NotQuoted = "N/A";

    private static readonly (string Member, RateKind Kind)[] Figures =
        [("Rate", RateKind.Last), ("Bid", RateKind.Bid), ("Ask", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window)
    {
        var pairs = Block.Pairs.Select(pair => CurrencyPair.Parse(pair)).Select(pair => $"%22{pair.Base}{pair.Quote}%22");
        return
        [
            Get($"yql?q=select+*+from+yahoo.finance.xchange+where+pair+in+({string.Join(',', pairs)})&env=store://datatables.org/"
                + "alltableswithkeys&format=json"),
        ];
    }

    protected override bool IsNoData(ProviderBody body) => Rates(body).All(rate => rate.Member("Date").Text() == NotQuoted);

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        ReportedError.ThrowIfAny(body.Json(), Key);
        return from rate in body.Rows(Rates(body), "rate")
               let day = rate.Member("Date").Text()
               where day != NotQuoted
               let id = rate.Member("id").Text()
               let pair = YahooSymbol.TryPair(id.Contains('=', StringComparison.Ordinal) ? id : $"{id}=X", out var named)
                   ? named
                   : throw new FormatException($"'{id}' is no pair of currencies")
               from side in rate.Sides(DayParser.Parse(day, "M/d/yyyy"), pair, Figures)
               select side;
    }

    private static JsonElement[] Rates(ProviderBody body)
    {
        var rate = body.Json().Member("query").Member("results").Member("rate");
        return rate.ValueKind == JsonValueKind.Array ? [.. rate.Items()] : [rate];
    }
}
