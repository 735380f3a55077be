using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Baidu's answer to a question for a conversion: the last price of a pair and of its opposite.</summary>
/// <remarks>
/// Direction: <c>money1_num</c> of the first currency = <c>money2_num</c> of the second; <c>money2_rev</c> is the first for 1 of the
/// second.
/// Published: through the day; the instant stands in a Chinese sentence, on the clock of China, and its day is the as-of day.
/// Units: <c>money1_num</c>.
/// Quirks: currencies only by their Chinese names; six levels of JSON around the figures; the opposite has fewer digits than the figure.
/// Source: https://finance.baidu.com/
/// </remarks>
public sealed partial class Baidu : RateProvider
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private static readonly CodeTable Names = new()
    {
        ["人民币"] = "CNY",
        ["美元"] = "USD",
        ["欧元"] = "EUR",
        ["日元"] = "JPY",
        ["英镑"] = "GBP",
        ["港币"] = "HKD",
        ["港元"] = "HKD",
        ["韩元"] = "KRW",
        ["澳元"] = "AUD",
        ["澳大利亚元"] = "AUD",
        ["加元"] = "CAD",
        ["加拿大元"] = "CAD",
        ["瑞士法郎"] = "CHF",
        ["新西兰元"] = "NZD",
        ["新加坡元"] = "SGD",
        ["泰铢"] = "THB",
        ["新台币"] = "TWD",
        ["澳门元"] = "MOP",
        ["卢布"] = "RUB",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        Block.Pairs.Select(pair => CurrencyPair.Parse(pair))
            .Select(pair => Get($"vapi/async/v1?from_money={pair.Base}&to_money={pair.Quote}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        if (answer.Member("ResultCode").Text() != "0")
        {
            throw new FormatException($"the answer's ResultCode is {answer.Member("ResultCode").Text()}");
        }

        return from card in body.Items(answer, "Result")
               let data = card.Member("DisplayData").Member("resultData").Member("tplData")
               let pair = new CurrencyPair(Names.Find(data.Member("money1").Text()), Names.Find(data.Member("money2").Text()))
               where IsAsked(pair, body.Request)
               let at = InstantParser.Parse(Updated.Match(data.Member("text").Text()).Value, "yyyy-MM-dd HH:mm", China)
               let day = DateOnly.FromDateTime(at.ToOffset(China).DateTime)
               from figure in new[]
               {
                   (Pair: pair, Rate: data.Member("money2_num").Number() / data.Member("money1_num").Number()),
                   (Pair: new CurrencyPair(pair.Quote, pair.Base), Rate: data.Member("money2_rev").Number()),
               }
               select new Observation(day, figure.Pair, figure.Rate, RateKind.Last) { At = at };
    }

    private static bool IsAsked(CurrencyPair pair, ProviderRequest request) =>
        pair.Base.Code == request.Parameter("from_money") && pair.Quote.Code == request.Parameter("to_money")
            ? true
            : throw new FormatException($"the answer is for {pair}, which was not requested");

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Updated { get; }
}
