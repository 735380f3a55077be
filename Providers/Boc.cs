using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Canada: daily average exchange rates, from the Valet service.</summary>
/// <remarks>
/// Direction: series FXaaabbb gives 1 aaa = v bbb.
/// Published: 16:30 Toronto time on Canadian banking days; <c>d</c> is the day itself.
/// Units: 1.
/// Quirks: a series without a figure that day is absent, or says <c>Bank holiday</c>; a window without any day has an empty
/// <c>observations</c>.
/// Source: https://www.bankofcanada.ca/valet/docs
/// </remarks>
public sealed class Boc : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"observations/group/FX_RATES_DAILY/json?start_date={window.From.Format()}&end_date={window.To.Format()}")];

    protected override bool IsNoData(ProviderBody body) => body.Json().Member("observations").GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from day in body.Items("observations")
        let asOf = day.Member("d").Day()
        from series in body.Members(day)
        where series.Name is ['F', 'X', _, _, _, _, _, _]
        let rate = series.Value.Member("v").NumberOrNull(NumberForm.Point, "Bank holiday")
        where rate is not null
        select new Observation(asOf, Pair(series.Name), rate.Value, RateKind.Reference);

    private static CurrencyPair Pair(string series) => new(Currency.Parse(series[2..5]), Currency.Parse(series[5..]));
}
