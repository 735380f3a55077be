using Rates.Core;

namespace Rates.Providers;

/// <summary>Federal Office for Customs and Border Security, Switzerland: the rates for customs and the tax on imports.</summary>
/// <remarks>
/// Direction: 1 foreign = x CHF after the unit.
/// Published: in the morning on Swiss working days; <c>datum</c> is the day of determination, and the rates are those of the day after,
/// or of the days in <c>gueltigkeit</c>.
/// Units: before the code in <c>waehrung</c>: <c>100 JPY</c>.
/// Quirks: what banks sell at, about one per cent above the middle; codes in lower case; a weekend repeats Friday's list.
/// Source: https://www.rates.bazg.admin.ch/
/// </remarks>
public sealed class Bazg : RateProvider
{
    private static readonly Currency Chf = Currency.Parse("CHF");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .DefaultIfEmpty(window.To)
            .Select(day => Get($"xmldaily?d={day.Format("yyyyMMdd")}&locale=en"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var list = body.Xml().Named("wechselkurse");
        var asOf = DayParser.Parse(list.Child("datum").Value, "dd.MM.yyyy").NotAfterAsked(body, "d", "yyyyMMdd");
        return from row in body.Elements(list.Elements().Where(element => element.Name.LocalName == "devise"))
               let quoted = Quoted(row.Child("waehrung").Value, row.Attr("code"))
               let rate = RateNumber.Parse(row.Child("kurs").Value) / quoted.Units
               select new Observation(asOf, new(quoted.Foreign, Chf), rate, RateKind.Official);
    }

    private static (decimal Units, Currency Foreign) Quoted(string text, string code) =>
        text.Split(' ') is [var units, var label] && label.Equals(code, StringComparison.OrdinalIgnoreCase)
            ? (RateNumber.Parse(units), Currency.Parse(label))
            : throw new FormatException($"'{text}' is no number of units of '{code}'");
}
