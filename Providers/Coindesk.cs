using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Reads recorded answers of CoinDesk's Bitcoin Price Index, whose free interface ended in January 2025: closes of UTC days. Nothing is
/// fetched any more.
/// </summary>
/// <remarks>
/// Direction: 1 BTC = x of the requested currency.
/// Published: daily; the keys are UTC days.
/// Units: 1.
/// Quirks: the currency stands only in the sentence of the disclaimer; from 2022 on the interface answered dollars at times whatever was
/// asked for, so that the sentence must name the requested currency.
/// Source: https://api.coindesk.com/v1/bpi/historical/close.json
/// </remarks>
public sealed partial class Coindesk : RateProvider
{
    private static readonly Currency Bitcoin = Currency.Parse("BTC");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from text in Block.Pairs
        let pair = CurrencyPair.Parse(text)
        select Get($"historical/close.json?currency={pair.Quote}&start={window.From.Format()}&end={window.To.Format()}");

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        var sentence = answer.Member("disclaimer").Text();
        var named = Returned.Match(sentence).Groups["code"].Value;
        if (named.Length == 0 || named != body.Request.Parameter("currency"))
        {
            throw new FormatException($"'{sentence}' does not name the requested {body.Request.Parameter("currency")}");
        }

        return from day in body.Members(answer.Member("bpi"))
               select new Observation(DayParser.Parse(day.Name), new(Bitcoin, Currency.Parse(named)), day.Value.Number(), RateKind.Close);
    }

    [GeneratedRegex(
        @"BPI value data returned as (?<code>[A-Z]{3})\.", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Returned { get; }
}
