using Rates.Core;

namespace Rates.Providers;

/// <summary>Banca d'Italia: rates of the euro against some 150 currencies.</summary>
/// <remarks>
/// Direction: 1 EUR = x foreign; the column "Rate convention" states it and is checked.
/// Published: in the late afternoon, Rome time, on TARGET days, for the same day.
/// Units: 1.
/// Quirks: one row a country, so that a currency of several countries repeats, equal each time; <c>N.A.</c> is not quoted; the table
/// is followed by lines that begin with <c>#</c>, which also show that it is complete.
/// Source: https://tassidicambio.bancaditalia.it/
/// </remarks>
public sealed class Bdi : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"dailyRates?referenceDate={day.Format()}&currencyIsoCode=EUR&lang=en"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        (from row in Csv.Rows(body, recover: true, isAfter: cells => cells[0].StartsWith('#'))
         let quote = Currency.Parse(row["ISO Code"])
         let rate = RateNumber.ParseOrNull(row["Rate"], NumberForm.Point, "N.A.")
         where rate is not null && quote != Currency.Eur
         select row["Rate convention"].StartsWith("Foreign currency amount for 1 Euro", StringComparison.Ordinal)
             ? new Observation(DayParser.Parse(row["Reference date (CET)"]), new(Currency.Eur, quote), rate.Value, RateKind.Reference)
             : throw new FormatException($"'{row["Rate convention"]}' is not a known rate convention"))
        .Distinct();
}
