using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>UnionPay International: the rates at which purchases with its cards are settled.</summary>
/// <remarks>
/// Direction: 1 <c>transCur</c> (of the purchase) = <c>rateData</c> <c>baseCur</c> (of the card).
/// Published: on working days at about 11:00 in Shanghai, a file a day; <c>curDate</c> is the as-of day.
/// Units: 1.
/// Quirks: every currency of purchases stands against every currency of cards, so that most figures are crosses; the names suggest the
/// opposite direction.
/// Source: https://www.unionpayintl.com/en/rate/
/// </remarks>
public sealed partial class Unionpay : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"{day.Format("yyyyMMdd")}.json"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        var asOf = answer.Member("curDate").Day();
        if (File.Match(body.Request.Path) is { Success: true } asked && asOf > DayParser.Parse(asked.Groups["day"].Value, "yyyyMMdd"))
        {
            throw new FormatException($"requested {asked.Groups["day"].Value}, the answer is for {asOf.Format()}");
        }

        return from row in body.Items("exchangeRateJson")
               let pair = new CurrencyPair(row.Member("transCur").Code(), row.Member("baseCur").Code())
               select new Observation(asOf, pair, row.Member("rateData").Number(), RateKind.Mid);
    }

    [GeneratedRegex(@"(^|/)(?<day>[0-9]{8})\.json$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex File { get; }
}
