using Rates.Core;

namespace Rates.Providers;

/// <summary>Reserve Bank of Fiji: daily mid rates of the Fiji dollar.</summary>
/// <remarks>
/// Direction: 1 FJD = x foreign.
/// Published: in the morning, Suva time, on working days, for the same day.
/// Units: 1.
/// Quirks: the whole archive in one workbook, whose address changes and is found on a page; STG, YEN, A$, NZ$ and US$ are its labels.
/// Source: https://www.rbf.gov.fj/statistics/economic-and-financial-statistics/
/// </remarks>
public sealed class Rbf : RateProvider
{
    private static readonly Currency Fjd = Currency.Parse("FJD");

    private static readonly CodeTable Names = new()
    {
        ["SDR"] = "XDR",
        ["STG"] = "GBP",
        ["YEN"] = "JPY",
        ["A$"] = "AUD",
        ["NZ$"] = "NZD",
        ["US$"] = "USD",
        ["EURO"] = "EUR",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get("statistics/economic-and-financial-statistics/") with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? ReadStep(answer, page => Links.Find(page, Block, (address, _) =>
            address.Contains("/8.8-Exchange-Rates-Daily", StringComparison.OrdinalIgnoreCase)), "the page of files").Take(1)
        : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var sheet = Workbook.Sheets(body).First();
        var header = sheet.HeaderIndex("Period", "US$");
        if (!sheet.Rows.Take(header).Any(row => row[0].Text.Contains("Mid-Rate Per Fiji Dollar", StringComparison.OrdinalIgnoreCase)))
        {
            throw new FormatException("the sheet does not say that its figures are mid rates per Fiji dollar");
        }

        var day = sheet.Rows[header].IndexOf("Period");
        var columns = sheet.Rows[header].Cells.Index().Where(cell => cell.Index != day && !cell.Item.IsBlank).ToList();
        return from row in body.Rows(sheet.Rows.Skip(header + 1).Where(row => !row[day].IsNote))
               let asOf = row[day].Day
               from column in body.Rows(columns, "cell", column => column.Item.Text)
               let rate = row[column.Index].NumberOrNull()
               where rate is not (null or 0)
               select new Observation(asOf, new(Fjd, Names.FindOrParse(column.Item.Text)), rate.Value, RateKind.Mid);
    }
}
