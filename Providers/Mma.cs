using Rates.Core;

namespace Rates.Providers;

/// <summary>Maldives Monetary Authority: the reference rate of the rufiyaa.</summary>
/// <remarks>
/// Direction: 1 USD = x MVR.
/// Published: in the morning, Male time, Sunday to Thursday, for the same day.
/// Units: 1.
/// Quirks: one file with the whole history; months are written out, shortened or misspelt behind their first three letters; a day
/// may stand twice, and two days may share a row (<c>08/09 February 2021</c>).
/// Source: https://www.mma.gov.mv/#/statistics/exchangerate
/// </remarks>
public sealed class Mma : RateProvider
{
    private static readonly CurrencyPair UsdMvr = CurrencyPair.Parse("USD/MVR");

    // The parameter only keeps caches from serving yesterday's file.
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"JSON/referencerates.json?v={window.Today.Format("yyyyMMdd")}")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items()
        let rate = row.Member("Rate").NumberOrNull()
        where rate is not (null or 0)
        from asOf in AsOf(row.Member("Date").Text())
        select new Observation(asOf, UsdMvr, rate.Value, RateKind.Reference);

    private static IEnumerable<DateOnly> AsOf(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var days, { Length: >= 3 } month, var year]
            ? days.Split('/').Select(day => DayParser.Parse($"{day} {month[..3]} {year}", "d MMM yyyy"))
            : throw new FormatException($"'{text}' is not a day such as 08 February 2021");
}
