using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Xignite Global Currencies: the latest bid of a pair, and the prices of a past day.</summary>
/// <remarks>
/// Direction: symbol EURUSD is 1 EUR = x USD.
/// Published: through the day; day and time in UTC, as <c>MM/DD/YYYY</c> and <c>h:mm:ss AM</c>.
/// Units: 1.
/// Quirks: each row has an <c>Outcome</c>; in one answer some rows may be refused; a past day runs from 15:00 to 15:00 and stands under the
/// day of its end.
/// Source: https://www.xignite.com/product/forex
/// </remarks>
public sealed class Xignite : RateProvider
{
    private const string Days = "MM/dd/yyyy";

    private static readonly (string Member, RateKind Kind)[] OfDay =
    [
        ("Open", RateKind.Open), ("High", RateKind.High), ("Low", RateKind.Low), ("Close", RateKind.Close), ("Average", RateKind.Average),
    ];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"GetRealTimeRates?Symbols={string.Join(',', Block.Pairs.Select(pair => pair.Replace("/", "", StringComparison.Ordinal)))}")];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        ReportedError.ThrowIfAny(body.Json(), Key);
        var rows = body.Json().Items().ToList();
        return rows.Count > 0 && rows.TrueForAll(row => !IsGood(row))
            ? throw new ProviderException(ProviderFault.Refused, Key, $"the source reports an error: {Problem(rows[0])}")
            : from row in body.Items()
              let good = IsGood(row) ? row : throw new FormatException(Problem(row))
              from figure in good.Optional("EndDate") is { } end
                  ? good.Sides(end.Day(Days), SixLetters.Pair(good.Member("Symbol").Text()), OfDay)
                  : [Bid(good)]
              select figure;
    }

    private static bool IsGood(JsonElement row) => row.Member("Outcome").Text() == "Success";

    private static string Problem(JsonElement row) => $"{row.Member("Outcome").Text()}: {row.Optional("Message")?.Text()}";

    private static Observation Bid(JsonElement row)
    {
        var at = InstantParser.Parse($"{row.Member("Date").Text()} {row.Member("Time").Text()}", $"{Days} h:mm:ss tt");
        return new(at.Day(), SixLetters.Pair(row.Member("Symbol").Text()), row.Member("Bid").Number(), RateKind.Bid) { At = at };
    }
}
