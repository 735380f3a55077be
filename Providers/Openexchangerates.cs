using Rates.Core;

namespace Rates.Providers;

/// <summary>Open Exchange Rates: midpoints blended from several sources, hourly.</summary>
/// <remarks>
/// Direction: 1 base = rate quote; the base is USD unless the plan allows another.
/// Published: every hour, every day; <c>timestamp</c> is the instant, its day in UTC is the as-of day.
/// Units: 1.
/// Quirks: the base's own row is 1; figures may be written with an exponent; a refusal is JSON with <c>error: true</c>; an answer
/// from the archive carries the last instant of its day, at times of another day; labels with an underscore (<c>VEF_BLKMKT</c>) are
/// alternative rates and are left out.
/// Source: https://docs.openexchangerates.org/
/// </remarks>
public sealed class Openexchangerates : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get(day == window.Today ? "latest.json" : $"historical/{day.Format()}.json"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var sheet = body.Json();
        ReportedError.ThrowIfAny(sheet, Key);
        var at = sheet.Member("timestamp").Instant();
        var asOf = at.Day();
        var origin = Currency.Parse(sheet.Member("base").Text());
        return body.Members(sheet.Member("rates")).Where(rate => !rate.Name.Contains('_')).Select(rate =>
            new Observation(asOf, new(origin, Currency.Parse(rate.Name)), rate.Value.Number(), RateKind.Mid) { At = at });
    }
}
