using Rates.Core;

namespace Rates.Providers;

/// <summary>CurrencyDataFeed: the latest value of a pair.</summary>
/// <remarks>
/// Direction: EUR/USD is 1 EUR = x USD.
/// Published: through the day; <c>date</c> has no zone and is taken as UTC.
/// Units: 1.
/// Quirks: an error stands in the row of its pair while <c>status</c> is true, or in place of the rows.
/// Source: https://currencydatafeed.com/
/// </remarks>
public sealed class Currencydatafeed : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        Block.Pairs.Select(pair => Get($"data.php?currency={pair}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        ReportedError.ThrowIfAny(answer, Key);
        foreach (var row in answer.Member("currency").Items())
        {
            ReportedError.ThrowIfAny(row, Key);
        }

        return from row in body.Items("currency")
               let pair = CurrencyPair.Parse(row.Member("currency").Text())
               let at = InstantParser.Parse(row.Member("date").Text(), "yyyy-MM-dd HH:mm:ss")
               select new Observation(at.Day(), pair, row.Member("value").Number(), RateKind.Last) { At = at };
    }
}
