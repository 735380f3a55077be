using Rates.Core;

namespace Rates.Providers;

/// <summary>Czech National Bank: the daily fixing of the koruna, from its JSON service.</summary>
/// <remarks>
/// Direction: <c>amount</c> foreign = x CZK.
/// Published: about 14:30 Prague time on Czech working days, for the same day.
/// Units: amount, 1, 100 or 1000.
/// Quirks: a year comes whole in one answer; a day without a fixing is answered by the last one before it, under its own date.
/// Source: https://api.cnb.cz/cnbapi/swagger-ui.html
/// </remarks>
public sealed class Cnb : RateProvider
{
    private static readonly Currency Czk = Currency.Parse("CZK");

    // From here on a year in one answer is lighter than its days one by one.
    private const int FewDays = 7;

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.Length <= FewDays
        ? window.Days().Select(day => Get($"exrates/daily?date={day.Format()}&lang=EN"))
        : window.Years().Select(year => Get($"exrates/daily-year?year={year}&lang=EN"));

    // A year that has no fixing yet.
    protected override bool IsNoData(ProviderBody body) => body.Json().Member("rates").GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from rate in body.Items("rates")
        let pair = new CurrencyPair(Currency.Parse(rate.Member("currencyCode").Text()), Czk)
        let figure = rate.Member("rate").Number() / rate.Member("amount").Number()
        select new Observation(rate.Member("validFor").Day(), pair, figure, RateKind.Reference);
}
