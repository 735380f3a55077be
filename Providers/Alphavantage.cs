using Rates.Core;

namespace Rates.Providers;

/// <summary>Alpha Vantage: daily open, high, low and close of a pair of currencies, or of a crypto asset and a currency.</summary>
/// <remarks>
/// Direction: 1 from = x to.
/// Published: through the day; the bar of the day goes on changing until its end in UTC.
/// Units: 1.
/// Quirks: names are numbered, <c>4. close</c>; the older form of crypto assets has <c>4a. close (AUD)</c> beside dollars, which are left
/// out; too many requests are a 200 with a <c>Note</c> or an <c>Information</c>.
/// Source: https://www.alphavantage.co/documentation/
/// </remarks>
public sealed class Alphavantage : RateProvider
{
    // The compact answer has the last hundred bars, on weekdays.
    private const int DaysOfCompact = 130;

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from text in Block.Pairs
        let pair = CurrencyPair.Parse(text)
        let size = window.Today.DayNumber - window.From.DayNumber > DaysOfCompact ? "full" : "compact"
        select Get($"query?function=FX_DAILY&from_symbol={pair.Base}&to_symbol={pair.Quote}&outputsize={size}");

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        ReportedError.ThrowIfAny(answer, Key);
        var meta = answer.Member("Meta Data");
        var pair = meta.Optional("2. From Symbol") is { } origin
            ? new CurrencyPair(origin.Code(), meta.Member("3. To Symbol").Code())
            : new CurrencyPair(meta.Member("2. Digital Currency Code").Code(), meta.Member("4. Market Code").Code());
        var series = answer.Members().Single(member => member.Name.StartsWith("Time Series", StringComparison.Ordinal)).Value;
        return from day in body.Rows(series.Members(), "day", day => day.Name)
               let asOf = DayParser.Parse(day.Name)
               from price in body.Members(day.Value)
               let kind = Kind(price.Name, $"({pair.Quote})")
               where kind is not null
               select new Observation(asOf, pair, price.Value.Number(), kind.Value);
    }

    // The second word of names such as "4. close" and "4a. close (AUD)".
    private static RateKind? Kind(string name, string market) => name.Split(' ') switch
    {
        [_, "volume"] or [_, "market", "cap", _] => null,
        [_, _, var currency] when currency != market => null,
        [_, "open", ..] => RateKind.Open,
        [_, "high", ..] => RateKind.High,
        [_, "low", ..] => RateKind.Low,
        [_, "close", ..] => RateKind.Close,
        _ => throw new FormatException($"'{name}' is no price of a day"),
    };
}
