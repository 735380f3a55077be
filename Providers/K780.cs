using Rates.Core;

namespace Rates.Providers;

/// <summary>k780 (NowAPI): the latest rate of a pair.</summary>
/// <remarks>
/// Direction: 1 <c>scur</c> = x <c>tcur</c>.
/// Published: through the day; <c>update</c> is on the clock of Beijing, and so is the as-of day.
/// Units: 1.
/// Quirks: the key has two parts, <c>appkey</c> and <c>sign</c>; <c>success</c> is text: <c>"1"</c>, or <c>"0"</c> with a reason in
/// <c>msg</c>; a status other than <c>ALREADY</c> is no rate.
/// Source: https://www.nowapi.com/api/finance.rate
/// </remarks>
public sealed class K780 : RateProvider
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from text in Block.Pairs
        let pair = CurrencyPair.Parse(text)
        select Get($"?app=finance.rate&scur={pair.Base}&tcur={pair.Quote}&format=json");

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        ReportedError.ThrowIfAny(body.Json(), Key);
        return from result in body.Rows([body.Json().Member("result")], "result")
               let pair = result.Member("status").Text() == "ALREADY"
                   ? new CurrencyPair(result.Member("scur").Code(), result.Member("tcur").Code())
                   : throw new FormatException($"the status is {result.Member("status").Text()}")
               let update = result.Member("update").Text()
               select new Observation(DayParser.Parse(update), pair, result.Member("rate").Number(), RateKind.Last)
               {
                   At = InstantParser.Parse(update, "yyyy-MM-dd HH:mm:ss", Beijing),
               };
    }
}
