using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of Moldova: the official rates of the leu.</summary>
/// <remarks>
/// Direction: <c>Nominal</c> foreign = x MDL.
/// Published: in the afternoon, Chișinău time, for the next day.
/// Units: <c>Nominal</c>.
/// Quirks: metals have an address and a root element of their own, and are a dataset.
/// Source: https://www.bnm.md/en/content/official-exchange-rates
/// </remarks>
public sealed class Nbm : RateProvider
{
    private static readonly Currency Mdl = Currency.Parse("MDL");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"official_exchange_rates?get_xml=1&date={day.Format("dd.MM.yyyy")}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) => Table(body, "ValCurs");

    /// <summary>The rows of a table whose root element is called <paramref name="name"/>.</summary>
    internal static IEnumerable<Observation> Table(ProviderBody body, string name)
    {
        var table = body.Xml().Named(name);
        return ValCurs.Rows(body, table.Elements(), DayParser.Parse(table.Attr("Date"), "dd.MM.yyyy"), Mdl, RateKind.Official);
    }
}
