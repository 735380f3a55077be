using Rates.Core;

namespace Rates.Providers;

/// <summary>Yahoo! Finance: daily closes of several pairs in one answer, from the service spark.</summary>
/// <remarks>
/// Direction: 1 base = x quote, of the symbol EURUSD=X; INR=X is USD/INR.
/// Published: through the day while the currency market is open, Sunday evening to Friday evening.
/// Units: 1.
/// Quirks: each symbol has a list of one chart, of the form of the chart service; the bar of the running day is stamped with its last
/// price's second; a close may be null.
/// Source: https://finance.yahoo.com/
/// </remarks>
public sealed class Yahoospark : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window)
    {
        var symbols = Block.Pairs.Select(pair => CurrencyPair.Parse(pair)).Select(pair => $"{pair.Base}{pair.Quote}=X");
        return [Get($"spark?symbols={string.Join(',', symbols)}&range=5d&interval=1d")];
    }

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var spark = body.Json().Member("spark");
        ReportedError.ThrowIfAny(spark, Key);
        return from symbol in body.Items(spark, "result")
               from close in YahooChart.Closes(body, symbol.Member("response").Items().Single())
               select close;
    }
}
