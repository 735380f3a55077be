using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Trinidad and Tobago: the dealers' buying and selling rates of the Trinidad and Tobago dollar.</summary>
/// <remarks>
/// Direction: 1 foreign = x TTD.
/// Published: about 17:00 Port of Spain time on banking days, for the same day.
/// Units: 1.
/// Quirks: a column for each side of each currency, <c>USD_Buying</c>, with the euro called <c>Euro</c>; <c>null</c> or 0 is a side
/// without trades; years without rows are answered by an object of nulls instead of an array.
/// Source: https://www.central-bank.org.tt/statistics/exchange-rates/
/// </remarks>
public sealed class Cbtt : RateProvider
{
    private static readonly Currency Ttd = Currency.Parse("TTD");

    private static readonly CodeTable Codes = new() { ["Euro"] = "EUR" };

    private static readonly (string Suffix, RateKind Kind)[] Sides = [("_Buying", RateKind.Bid), ("_Selling", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"forex-rate/{window.From.Format("yyyy")}-{window.To.Format("yyyy")}")];

    protected override bool IsNoData(ProviderBody body) =>
        body.Json().Member("cbttdailyforexrates") is { ValueKind: JsonValueKind.Object } empty
        && empty.Members().All(member => member.Value.ValueKind == JsonValueKind.Null);

    protected override IEnumerable<Observation> Parse(ProviderBody body) => IsNoData(body) ? [] :
        from row in body.Items("cbttdailyforexrates")
        let asOf = row.Member("famedate").Day()
        from column in body.Members(row)
        from side in Sides
        where column.Name.EndsWith(side.Suffix, StringComparison.Ordinal)
        let rate = column.Value.NumberOrNull()
        where rate is not (null or 0)
        select new Observation(asOf, new(Codes.FindOrParse(column.Name[..^side.Suffix.Length]), Ttd), rate.Value, side.Kind);
}
