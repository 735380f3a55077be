using Rates.Core;

namespace Rates.Providers;

/// <summary>Hrvatska narodna banka: the exchange rate list of the euro, and of the kuna until the end of 2022.</summary>
/// <remarks>
/// Direction: since 2023 (v3) 1 EUR = x quote; before (v2) <c>jedinica</c> foreign = x HRK.
/// Published: about 14:00 Zagreb time on Croatian banking days, for the day after.
/// Units: the <c>jedinica</c> of v2, 1 or 100; 1 in v3.
/// Quirks: decimal comma; <c>0,000000</c> is a side that is not quoted, as both of the SDR's; since the euro stands first, what
/// the bank buys a currency for (kupovni) is the ask of the euro; v2 calls the day <c>datum</c> or <c>datum_primjene</c>.
/// Source: https://www.hnb.hr/statistika/statisticki-podaci/financijski-sektor/sredisnja-banka-hnb/devizni-tecajevi
/// </remarks>
public sealed class Hnb : RateProvider
{
    private static readonly Currency Hrk = Currency.Parse("HRK");

    private static readonly DateOnly FirstEuroDay = new(2023, 1, 1);

    private static readonly (string Member, RateKind Kind)[] OfTheForeign =
        [("kupovni_tecaj", RateKind.Bid), ("srednji_tecaj", RateKind.Mid), ("prodajni_tecaj", RateKind.Ask)];

    // The bank buys and sells the foreign currency: what it buys that for, it asks for the euro.
    private static readonly (string Member, RateKind Kind)[] OfTheEuro =
        [("kupovni_tecaj", RateKind.Ask), ("srednji_tecaj", RateKind.Mid), ("prodajni_tecaj", RateKind.Bid)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window)
    {
        if (window.From < FirstEuroDay)
        {
            yield return List("tecajn/v2", window.From, window.To < FirstEuroDay ? window.To : FirstEuroDay.AddDays(-1));
        }

        if (window.To >= FirstEuroDay)
        {
            yield return List("tecajn-eur/v3", window.From < FirstEuroDay ? FirstEuroDay : window.From, window.To);
        }
    }

    // No list applies to a Sunday or a holiday.
    protected override bool IsNoData(ProviderBody body) => !body.Json().Items().Any();

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items()
        let asOf = (row.Optional("datum") ?? row.Member("datum_primjene")).Day()
        let currency = row.Member("valuta").Code()
        from figure in row.Optional("jedinica") is { } units
            ? row.Sides(asOf, new(currency, Hrk), OfTheForeign, units.Number(), NumberForm.Comma)
            : row.Sides(asOf, new(Currency.Eur, currency), OfTheEuro, form: NumberForm.Comma)
        select figure;

    private static ProviderRequest List(string list, DateOnly from, DateOnly to) =>
        Get($"{list}?datum-primjene-od={from.Format()}&datum-primjene-do={to.Format()}");
}
