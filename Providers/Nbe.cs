using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of Ethiopia: indicative daily exchange rates.</summary>
/// <remarks>
/// Direction: 1 foreign = x ETB.
/// Published: in the afternoon, Addis Ababa time, on weekdays, for the same day.
/// Units: 1.
/// Quirks: the weighted average is published beside buying and selling; <c>null</c> is a figure that is not quoted.
/// Source: https://nbe.gov.et/exchange/indicatives-rates/
/// </remarks>
public sealed class Nbe : RateProvider
{
    private static readonly Currency Etb = Currency.Parse("ETB");

    private static readonly (string Member, RateKind Kind)[] Figures =
        [("buying", RateKind.Bid), ("selling", RateKind.Ask), ("weighted_average", RateKind.Mid)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"filter-exchange-rates?date={day.Format()}"));

    // A day without a list is answered by success and an empty list.
    protected override bool IsNoData(ProviderBody body) =>
        body.Json().Member("success").GetBoolean() && body.Json().Member("data").GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items("data")
        let asOf = row.Member("date").Day().NotAfterAsked(body, "date")
        let pair = new CurrencyPair(row.Member("currency").Member("code").Code(), Etb)
        from figure in row.Sides(asOf, pair, Figures)
        select figure;
}
