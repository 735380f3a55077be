using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Uzbekistan: the official rates of the som.</summary>
/// <remarks>
/// Direction: <c>Nominal</c> foreign = x UZS.
/// Published: in the afternoon, Tashkent time, on weekdays; <c>Date</c> is the day that the rate takes effect.
/// Units: the <c>Nominal</c> member, 1 or 10.
/// Quirks: a day without rates of its own is answered by those in force; figures are text.
/// Source: https://cbu.uz/en/arkhiv-kursov-valyut/
/// </remarks>
public sealed class Cbu : RateProvider
{
    private static readonly Currency Uzs = Currency.Parse("UZS");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.Days().Select(day => Get($"{day.Format()}/"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items()
        let asOf = row.Member("Date").Day("dd.MM.yyyy").NotAfterAsked(body.Request)
        let rate = row.Member("Rate").NumberOrNull()
        where rate is not (null or 0)
        select new Observation(asOf, new(row.Member("Ccy").Code(), Uzs), rate.Value / row.Member("Nominal").Number(), RateKind.Official);
}
