using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of Moldova: its prices of gold and silver.</summary>
/// <remarks>
/// Direction: 1 unit of metal = x MDL.
/// Published: in the afternoon, Chișinău time, for the next day.
/// Units: <c>Nominal</c> grams, stored per troy ounce.
/// Quirks: an address and a root element of its own.
/// Source: https://www.bnm.md/en/content/official-exchange-rates
/// </remarks>
public sealed class NbmMetals : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"official_metal_rates?get_xml=1&date={day.Format("dd.MM.yyyy")}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) => Nbm.Table(body, "MetalPrice")
        .Select(row => row with { Rate = row.Rate * Metals.GramsPerTroyOunce });
}
