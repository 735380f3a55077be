using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// International Monetary Fund: special drawing rights (SDR) per currency unit and currency units per SDR over the last five days.
/// </summary>
/// <remarks>
/// Direction: 1 currency = x XDR in the first table, 1 XDR = x currency in the second.
/// Published: in the course of the day, Washington time, as member banks report; for the same day.
/// Units: 1; thousands are set off by commas.
/// Quirks: tab-separated text that calls itself .xls; today's column is there before it is filled; both tables are kept, for their
/// figures are rounded each on its own and 1 / x is not the other.
/// Source: https://www.imf.org/external/np/fin/data/rms_five.aspx
/// </remarks>
public sealed class Imfsdr : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("rms_five.aspx?tsvflag=Y")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from cell in ImfTable.Cells(body)
        select new Observation(cell.Day, cell.SdrPair, cell.Figure, RateKind.Reference);
}
