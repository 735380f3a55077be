using Rates.Core;

namespace Rates.Providers;

/// <summary>Frankfurter, version 1: the ECB's reference rates as JSON.</summary>
/// <remarks>
/// Direction: 1 base = x quote after the amount.
/// Published: after the ECB's rates; <c>date</c> is the ECB's day, also where a later one was requested.
/// Units: <c>amount</c>.
/// Quirks: converted amounts are rounded to four to six digits, which <c>amount</c> other than 1 shows; an unknown currency is a 404.
/// Source: https://frankfurter.dev/v1/
/// </remarks>
public sealed class Frankfurterapi : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .DefaultIfEmpty(window.To)
            .Select(day => Get(day == window.Today ? "latest" : day.Format()));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        ReportedError.ThrowIfAny(answer, Key);
        var amount = answer.Member("amount").Number();
        return BaseSheet.Read(body, amount == 1 ? RateKind.Reference : RateKind.Last)
            .Select(figure => figure with { Rate = figure.Rate / amount });
    }
}
