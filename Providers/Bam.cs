using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank Al-Maghrib, Morocco: the transfer rates.</summary>
/// <remarks>
/// Direction: 1 foreign = x MAD after the unit.
/// Published: 12:30 Casablanca time on weekdays, for the same day.
/// Units: <c>uniteDevise</c> (1, 10, 100).
/// Quirks: a key in a header; a day of the service is an instant, <c>T12:30:00</c>; a row has a middle rate (<c>moyen</c>), or before
/// 2016 what the bank buys and sells at (<c>achat</c>, <c>vente</c>); a day without rates is an empty list.
/// Source: https://apihelpdesk.centralbankofmorocco.ma/
/// </remarks>
public sealed class Bam : RateProvider
{
    private static readonly Currency Mad = Currency.Parse("MAD");

    private static readonly (string Member, RateKind Kind)[] Sides =
        [("moyen", RateKind.Reference), ("achat", RateKind.Bid), ("vente", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"CoursVirement?date={day.Format()}T12:30:00"));

    protected override bool IsNoData(ProviderBody body) =>
        body.Json() is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items()
        let asOf = row.Member("date").Day().NotAfterAsked(body, "date")
        let pair = new CurrencyPair(row.Member("libDevise").Code(), Mad)
        let units = row.Member("uniteDevise").Number()
        let sides = Sides.Where(side => row.Optional(side.Member) is not null).ToArray()
        from figure in sides.Length > 0 ? row.Sides(asOf, pair, sides, units) : throw new FormatException("'moyen' is missing")
        select figure;
}
