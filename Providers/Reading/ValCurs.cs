using System.Xml.Linq;
using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Reads the XML table of rates that several central banks of Eastern Europe and Central Asia publish: one element a currency with
/// <c>CharCode</c>, <c>Nominal</c> and <c>Value</c>.
/// </summary>
internal static class ValCurs
{
    /// <summary>
    /// Every row of the table as <c>Nominal</c> foreign = <c>Value</c> of <paramref name="quote"/>; blank values are not quoted.
    /// </summary>
    public static RowQuery<Observation> Rows(
        ProviderBody body, IEnumerable<XElement> rows, DateOnly asOf, Currency quote, RateKind kind, NumberForm form = NumberForm.Point) =>
        from row in body.Elements(rows)
        let value = RateNumber.ParseOrNull(row.Child("Value").Value, form)
        where value is not null
        let units = RateNumber.Parse(row.Child("Nominal").Value, NumberForm.Point)
        select new Observation(asOf, new(Currency.Parse(row.Child("CharCode").Value.Trim()), quote), value.Value / units, kind);
}
