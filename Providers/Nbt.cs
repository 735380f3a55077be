using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of Tajikistan: the official rates of the somoni.</summary>
/// <remarks>
/// Direction: <c>Nominal</c> foreign = x TJS.
/// Published: every day of the week, in the morning, Dushanbe time, for the same day.
/// Units: <c>Nominal</c>.
/// Quirks: a day out of range is answered by today's table, so a table of a later day than asked is refused.
/// Source: https://www.nbt.tj/en/kurs/kurs.php
/// </remarks>
public sealed class Nbt : RateProvider
{
    private static readonly Currency Tjs = Currency.Parse("TJS");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"export_xml.php?date={day.Format()}&export=xmlout"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var table = body.Xml().Named("ValCurs");
        var asOf = DayParser.Parse(table.Attr("Date")).NotAfterAsked(body, "date");
        return ValCurs.Rows(body, table.Elements(), asOf, Tjs, RateKind.Official);
    }
}
