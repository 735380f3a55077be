using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of the Republic of North Macedonia: the middle rates of the denar.</summary>
/// <remarks>
/// Direction: <c>nomin</c> foreign = x MKD.
/// Published: about 13:00 Skopje time on banking days, for the day after; every day of a weekend has a list.
/// Units: the <c>nomin</c>.
/// Quirks: codes may be padded with blanks; <c>datum</c> is the day of the list, <c>datum_f</c> the day it was drawn up. A month of
/// lists is a third of a megabyte.
/// Source: https://www.nbrm.mk/kursna_lista-en.nspx
/// </remarks>
public sealed class Nbrm : RateProvider
{
    private static readonly Currency Mkd = Currency.Parse("MKD");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Chunks(92).Select(chunk =>
            Get($"GetExchangeRate?StartDate={chunk.From.Format("dd.MM.yyyy")}&EndDate={chunk.To.Format("dd.MM.yyyy")}&format=json"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items()
        let rate = row.Member("sreden").NumberOrNull()
        where rate is not (null or 0)
        select new Observation(
            row.Member("datum").Day(), new(row.Member("oznaka").Code(), Mkd), rate.Value / row.Member("nomin").Number(), RateKind.Mid);
}
