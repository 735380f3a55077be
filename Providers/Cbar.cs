using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Azerbaijan: the official rates of the manat, and metals per troy ounce.</summary>
/// <remarks>
/// Direction: <c>Nominal</c> foreign = x manat; AZM before 2006, AZN since.
/// Published: in the morning, Baku time, on working days; files of weekends repeat Friday under Friday's date.
/// Units: <c>Nominal</c>, written with a unit for metals ("1 t.u.").
/// Quirks: the code is an attribute, not an element; a day without a file answers 404.
/// Source: https://www.cbar.az/currencies/
/// </remarks>
public sealed class Cbar : RateProvider
{
    private static readonly Currency Manat = Currency.Parse("AZN");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"{day.Format("dd.MM.yyyy")}.xml"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var table = body.Xml().Named("ValCurs");
        var asOf = DayParser.Parse(table.Attr("Date"), "dd.MM.yyyy");
        return from row in body.Elements(table.All("Valute"))
               let value = RateNumber.ParseOrNull(row.Child("Value").Value)
               where value is not null
               let units = RateNumber.Parse(row.Child("Nominal").Value.Split(' ')[0])
               select new Observation(asOf, new(Currency.Parse(row.Attr("Code")), Manat), value.Value / units, RateKind.Official);
    }
}
