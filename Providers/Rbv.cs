using Rates.Core;

namespace Rates.Providers;

/// <summary>Reserve Bank of Vanuatu: daily rates of the vatu.</summary>
/// <remarks>
/// Direction: 1 foreign = x VUV.
/// Published: in the morning, Port Vila time, on working days, for the same day.
/// Units: 1.
/// Quirks: one page with the whole archive, in which some days are written as 26-Aug-25 and others as 22 May 2026; blank cells are not
/// quoted; the row of 5 January 2026 is dated 2025.
/// Source: https://www.rbv.gov.vu/index.php/en/exchange-rates
/// </remarks>
public sealed class Rbv : RateProvider
{
    private static readonly Currency Vuv = Currency.Parse("VUV");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("index.php/en/exchange-rates?limit1=100000")];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var table = body.Page().Table("Date", "USD", "AUD", "EUR");
        var columns = table.Columns(body, Currency.Parse, "Date");
        return from row in body.Rows(table)
               let asOf = Day(row["Date"])
               from column in body.Cells(columns)
               let rate = RateNumber.ParseOrNull(row[column.Index])
               where rate is not null
               select new Observation(asOf, new(column.Meaning, Vuv), rate.Value, RateKind.Reference);
    }

    private static DateOnly Day(string text) =>
        DayParser.Parse(text, text.Contains('-', StringComparison.Ordinal) ? "d-MMM-yy" : "d MMMM yyyy");
}
