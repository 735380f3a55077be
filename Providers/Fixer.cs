using Rates.Core;

namespace Rates.Providers;

/// <summary>Fixer, of APILayer: midpoints of some 170 currencies.</summary>
/// <remarks>
/// Direction: 1 base = x quote; the base is EUR, unless the plan allows another.
/// Published: through the day, as often as the plan says; <c>timestamp</c> is the instant, <c>date</c> its day in UTC.
/// Units: 1.
/// Quirks: an error is a 200 with <c>success</c> false; the base stands among the quotes as 1; a conversion has its rate beside the
/// result; until 2018 a free service that repeated the ECB's rates without a <c>timestamp</c>. Plans without TLS want http.
/// Source: https://fixer.io/documentation
/// </remarks>
public sealed class Fixer : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get(day == window.Today ? "latest" : day.Format()));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        ReportedError.ThrowIfAny(answer, Key);
        return answer.Optional("query") is { } query
            ? from info in body.Rows([answer.Member("info")], "conversion")
              let pair = new CurrencyPair(query.Member("from").Code(), query.Member("to").Code())
              select new Observation(answer.Member("date").Day(), pair, info.Member("rate").Number(), RateKind.Last)
              {
                  At = info.Member("timestamp").Instant(),
              }
            : BaseSheet.Read(body, RateKind.Mid);
    }
}
