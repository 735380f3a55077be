using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco Nacional de Angola: the reference rates of the kwanza.</summary>
/// <remarks>
/// Direction: 1 foreign = x AOA.
/// Published: in the afternoon, Luanda time, on weekdays, for the same day.
/// Units: 1.
/// Quirks: for a request with ALL, the code of the lek, the service gives every currency; names in the address must be in lower
/// case; XDRUSD is a composite; gold (XAU) is given in kwanzas on some days and in dollars on others.
/// Source: https://www.bna.ao/
/// </remarks>
public sealed class Bna : RateProvider
{
    private static readonly Currency Aoa = Currency.Parse("AOA");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"intervalo?datainicio={window.From.Format()}&datafim={window.To.Format()}&tipocambio=M&moeda=ALL")];

    protected override bool IsNoData(ProviderBody body) =>
        body.Json().Member("success").GetBoolean() && body.Json().Member("genericResponse").GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items("genericResponse")
        where row.Member("codigoMoeda").Text() != "XDRUSD"
        let rate = row.Member("taxa").NumberOrNull()
        where rate is not (null or 0)
        let pair = new CurrencyPair(row.Member("codigoMoeda").Code(), Aoa)
        select new Observation(row.Member("data").Day(), pair, rate.Value, Kind(row.Member("tipoCambio").Text()));

    private static RateKind Kind(string rate) => rate switch
    {
        "M" => RateKind.Reference,
        "B" => RateKind.Ask,
        "G" => RateKind.Bid,
        _ => throw new FormatException($"tipoCambio '{rate}' is none of M, B and G"),
    };
}
