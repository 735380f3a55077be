using Rates.Core;

namespace Rates.Providers;

/// <summary>Superintendencia Nacional de Aduanas y de Administración Tributaria, Peru: the dollar for taxes.</summary>
/// <remarks>
/// Direction: 1 USD = x PEN; first what banks buy at, then what they sell at.
/// Published: every day in the morning, Lima time, for the same day; the figures are the close of the banking day before.
/// Units: 1.
/// Quirks: one line, <c>DD/MM/YYYY|buy|sell|</c>, without a header; the currencies are stated nowhere; only today's is served.
/// Source: https://www.sunat.gob.pe/a/txt/tipoCambio.txt
/// </remarks>
public sealed class Sunat : RateProvider
{
    private static readonly CurrencyPair UsdPen = CurrencyPair.Parse("USD/PEN");
    private static readonly (int Field, RateKind Kind)[] Sides = [(1, RateKind.Bid), (2, RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("tipoCambio.txt")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from line in body.Rows(body.WholeText().Trim().Split('\n'), "line")
            // The bar at the end shows that the line is whole.
        let fields = line.Trim().Split('|') is [_, _, _, ""] cells
            ? cells
            : throw new FormatException("it is not a day and two figures, each followed by a bar")
        let asOf = DayParser.Parse(fields[0], "dd/MM/yyyy")
        from side in Sides
        select new Observation(asOf, UsdPen, RateNumber.Parse(fields[side.Field]), side.Kind);
}
