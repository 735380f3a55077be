using Rates.Core;

namespace Rates.Providers;

/// <summary>currencyapi.com, of everapi: midpoints of some 180 currencies, metals and crypto assets.</summary>
/// <remarks>
/// Direction: 1 base = value quote; only the request names the base.
/// Published: at the end of each day in UTC, and more often on larger plans; <c>last_updated_at</c> is the instant.
/// Units: 1; a conversion has the amount that was requested.
/// Quirks: the base stands among the quotes as 1; some crypto assets have no code of three letters and are left out: AVAX, MATIC, OP,
/// USDC, USDT.
/// Source: https://currencyapi.com/docs
/// </remarks>
public sealed class Currencyapi : RateProvider
{
    private static readonly string[] WithoutCode = ["AVAX", "MATIC", "OP", "USDC", "USDT"];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get(day == window.Today
            ? "latest?base_currency=USD"
            : $"historical?date={day.Format()}&base_currency=USD"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        ReportedError.ThrowIfAny(answer, Key);
        var origin = Currency.Parse(body.Request.Parameter("base_currency"));
        var at = InstantParser.Parse(answer.Member("meta").Member("last_updated_at").Text(), "yyyy-MM-dd'T'HH:mm:ss'Z'");
        var asOf = at.Day().NotAfterAsked(body, "date");
        var (amount, kind) = body.Request.Parameter("value") is { Length: > 0 } value
            ? (RateNumber.Parse(value), RateKind.Last)
            : (1m, RateKind.Mid);
        return from quote in body.Members(answer.Member("data"))
               where !WithoutCode.Contains(quote.Name)
               let rate = quote.Value.Member("code").Text() == quote.Name
                   ? quote.Value.Member("value").Number() / amount
                   : throw new FormatException($"the code of {quote.Name} is {quote.Value.Member("code").Text()}")
               select new Observation(asOf, new(origin, Currency.Parse(quote.Name)), rate, kind) { At = at };
    }
}
