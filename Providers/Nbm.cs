using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of Moldova: the official rates of the leu, and its prices of gold and silver.</summary>
/// <remarks>
/// Direction: <c>Nominal</c> foreign = x MDL.
/// Published: in the afternoon, Chișinău time, for the next day.
/// Units: <c>Nominal</c>; metals are per gram.
/// Quirks: metals have an address and a root element of their own.
/// Source: https://www.bnm.md/en/content/official-exchange-rates
/// </remarks>
public sealed class Nbm : RateProvider
{
    private static readonly Currency Mdl = Currency.Parse("MDL");

    private static readonly string[] Tables = ["official_exchange_rates", "official_metal_rates"];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from day in window.Days()
        from table in Tables
        select Get($"{table}?get_xml=1&date={day.Format("dd.MM.yyyy")}");

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var table = body.Xml();
        var perOunce = table.Name.LocalName switch
        {
            "ValCurs" => 1,
            "MetalPrice" => Metals.GramsPerTroyOunce,
            var other => throw new FormatException($"<ValCurs> or <MetalPrice> was expected, not <{other}>"),
        };
        return ValCurs.Rows(body, table.Elements(), DayParser.Parse(table.Attr("Date"), "dd.MM.yyyy"), Mdl, RateKind.Official)
            .Select(row => row with { Rate = row.Rate * perOunce });
    }
}
