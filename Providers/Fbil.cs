using Rates.Core;

namespace Rates.Providers;

/// <summary>Financial Benchmarks India: the reference rates of the rupee.</summary>
/// <remarks>
/// Direction: n foreign = x INR, as the product's name states: <c>INR / 100 JPY</c>.
/// Published: about 13:30 Indian time on Mumbai banking days, for the same day.
/// Units: in the product's name, 1, 100 or 10000.
/// Quirks: days carry a midnight that means nothing.
/// Source: https://www.fbil.org.in/#/refrates
/// </remarks>
public sealed class Fbil : RateProvider
{
    private static readonly Currency Inr = Currency.Parse("INR");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"fetchfiltered?fromDate={window.From.Format()}&toDate={window.To.Format()}&authenticated=false")];

    // No benchmark on the requested days.
    protected override bool IsNoData(ProviderBody body) => body.Json().GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items()
        let rate = row.Member("rate").NumberOrNull()
        where rate is not (null or 0)
        let product = Product(row.Member("subProdName").Text())
        select new Observation(row.Member("processRunDate").Day(), product.Pair, rate.Value / product.Units, RateKind.Reference);

    private static (CurrencyPair Pair, decimal Units) Product(string name) =>
        name.Split([' ', '/'], StringSplitOptions.RemoveEmptyEntries) is ["INR", var units, var currency]
            ? (new(Currency.Parse(currency), Inr), RateNumber.Parse(units))
            : throw new FormatException($"'{name}' is no product of the form INR / 100 JPY");
}
