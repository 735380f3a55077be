using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Samoa: daily indicative rates of the tala.</summary>
/// <remarks>
/// Direction: 1 WST = x foreign, <c>TALA/USD</c>.
/// Published: in the morning, Apia time, on working days, for the same day.
/// Units: 1.
/// Quirks: one sheet a year, with the headings again above every month; from 2009 to 2012 they say <c>US/TALA</c>, which contradicts the
/// figures: those years are left out; the workbook's address changes daily and is found on a page.
/// Source: https://cbs.gov.ws/daily-exchange-rates
/// </remarks>
public sealed class Cbs : RateProvider
{
    private static readonly Currency Wst = Currency.Parse("WST");

    private static readonly CodeTable Names = new() { ["EURO"] = "EUR", ["YEN"] = "JPY" };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("daily-exchange-rates") with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? ReadStep(answer, page => Links.Find(page, Block, (address, _) =>
            address.Contains("Historical", StringComparison.OrdinalIgnoreCase)
            && address.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase)), "the page of rates").Take(1)
        : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from line in body.Rows(Lines(body), "row", line => line.Row.ToString())
        let asOf = line.Row[1].Day
        from heading in body.Rows(line.Headings, "cell", heading => heading.Item.Text)
        let rate = line.Row[heading.Index].NumberOrNull()
        where rate is not (null or 0)
        select new Observation(asOf, new(Wst, Foreign(heading.Item.Text)), rate.Value, RateKind.Reference);

    private static IEnumerable<(WorkbookRow Row, List<(int Index, WorkbookCell Item)> Headings)> Lines(ProviderBody body)
    {
        foreach (var sheet in Workbook.Sheets(body))
        {
            List<(int Index, WorkbookCell Item)>? headings = null;
            foreach (var row in sheet.Rows)
            {
                if (row.Cells.Any(cell => cell.Text.EndsWith("/TALA", StringComparison.Ordinal)))
                {
                    headings = [];
                }
                else if (row.Cells.Any(cell => cell.Text.StartsWith("TALA/", StringComparison.Ordinal)))
                {
                    headings = [.. row.Cells.Index().Skip(2).Where(cell => !cell.Item.IsBlank && cell.Item.Text != "n/a")];
                }
                else if (row.Cells.Skip(2).Any(cell => !cell.IsBlank) && headings is not { Count: 0 })
                {
                    yield return (row, headings ?? throw new FormatException($"row {row} has figures and no headings above"));
                }
            }
        }
    }

    private static Currency Foreign(string heading) => heading.StartsWith("TALA/", StringComparison.Ordinal)
        ? Names.FindOrParse(heading["TALA/".Length..])
        : throw new FormatException($"'{heading}' names no pair with the tala");
}
