using Rates.Core;

namespace Rates.Providers;

/// <summary>National Reserve Bank of Tonga: averages of the authorised dealers' rates.</summary>
/// <remarks>
/// Direction: 1 TOP = x foreign. What dealers buy the foreign currency for is the ask of the pa'anga.
/// Published: about midday, Tongan time, on working days, for the same day.
/// Units: 1.
/// Quirks: one sheet for two years, three blocks of columns side by side under the titles BUY, MID and SELL; holidays are texts.
/// Source: https://www.reservebank.to/index.php/financials/financial-markets/exchange-rates.html
/// </remarks>
public sealed class Nrbt : RateProvider
{
    private static readonly Currency Top = Currency.Parse("TOP");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get("data/docs/fmarkets/exrates/average_daily_exchange_rates.xlsx")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from sheet in body.Rows(Workbook.Sheets(body), "sheet", sheet => sheet.Name)
        let header = sheet.HeaderIndex("AUD", "EUR", "USD")
        let columns = Columns(sheet, header)
        from row in body.Rows(sheet.Rows.Skip(header + 1))
        where !row[0].IsNote || columns.Any(column => row[column.Index].IsNumeric)
        where !columns.Any(column => row[column.Index].IsNote) && columns.Any(column => !row[column.Index].IsBlank)
        let asOf = row[0].Day
        from column in body.Rows(columns, "cell", column => $"{column.Kind} {column.Label}")
        let rate = row[column.Index].NumberOrNull()
        where rate is not (null or 0)
        select new Observation(asOf, new(Top, Currency.Parse(column.Label)), rate.Value, column.Kind);

    private static List<(int Index, string Label, RateKind Kind)> Columns(WorkbookSheet sheet, int header)
    {
        var titles = sheet.Rows.Take(header).LastOrDefault(row => Kinds(row).Count() == 3)
            ?? throw new FormatException($"sheet '{sheet.Name}' has no titles BUY, MID and SELL above its columns");
        List<(int Index, string Label, RateKind Kind)> columns = [];
        foreach (var (at, heading) in sheet.Rows[header].Cells.Index().Where(heading => !heading.Item.IsBlank))
        {
            // A block is a run of headings without a gap, and its title stands above one of them.
            var (first, last) = (at, at);
            for (; first > 0 && !sheet.Rows[header][first - 1].IsBlank; first--) { }

            for (; !sheet.Rows[header][last + 1].IsBlank; last++) { }

            columns.Add((at, heading.Text, Kinds(titles).Where(title => title.Index >= first && title.Index <= last).ToList() is [var only]
                ? only.Kind!.Value
                : throw new FormatException($"sheet '{sheet.Name}' does not have one title above the block of '{heading.Text}'")));
        }

        return columns.DistinctBy(column => (column.Label, column.Kind)).Count() == columns.Count
            ? columns
            : throw new FormatException($"sheet '{sheet.Name}' has a currency twice in one block");
    }

    private static IEnumerable<(int Index, RateKind? Kind)> Kinds(WorkbookRow row) =>
        row.Cells.Index().Select(cell => (cell.Index, Kind: (RateKind?)(cell.Item.Text.Split([' ', '\n'])[^1] switch
        {
            "BUY" => RateKind.Ask,
            "MID" => RateKind.Mid,
            "SELL" => RateKind.Bid,
            _ => null,
        }))).Where(title => title.Kind is not null);
}
