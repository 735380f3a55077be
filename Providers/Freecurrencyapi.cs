using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>freecurrencyapi.com, of everapi: midpoints of some 30 currencies.</summary>
/// <remarks>
/// Direction: 1 base = x quote; only the request names the base.
/// Published: at the end of each day in UTC; the latest answer states no day and is not asked for, one from the archive has the day as a
/// name.
/// Units: 1.
/// Quirks: figures equal to those of currencyapi.com, digit for digit; the base stands among the quotes as 1.
/// Source: https://freecurrencyapi.com/docs
/// </remarks>
public sealed class Freecurrencyapi : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => day < window.Today ? day : window.Today.AddDays(-1)).Distinct()
            .Select(day => Get($"historical?date={day.Format()}&base_currency=USD"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var answer = body.Json();
        ReportedError.ThrowIfAny(answer, Key);
        var origin = Currency.Parse(body.Request.Parameter("base_currency"));
        var data = answer.Member("data");
        return data.Members().All(member => member.Value.ValueKind == JsonValueKind.Object)
            ? data.Members().SelectMany(day => body.Quotes(
                day.Value, origin, DayParser.Parse(day.Name).NotAfterAsked(body, "date"), RateKind.Mid))
            : body.Quotes(data, origin, body.Today, RateKind.Mid);
    }
}
