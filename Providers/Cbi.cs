using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Iraq: indicative rates of the dinar.</summary>
/// <remarks>
/// Direction: 1 foreign = x IQD, bought and sold.
/// Published: about midday, Baghdad time, Sunday to Thursday, for the same day, with days of delay.
/// Units: 1.
/// Quirks: one sheet a year, months under banners, numbers of days; months whose banner names no month or the wrong one are left out;
/// holidays are Arabic texts; a second selling rate and gold are left out; the workbook's address changes and is found on a page.
/// Source: https://cbi.iq/page/144
/// </remarks>
public sealed partial class Cbi : RateProvider
{
    private static readonly Currency Iqd = Currency.Parse("IQD");

    private static readonly CodeTable Names = new() { ["S.FR"] = "CHF", ["UAE"] = "AED", ["SDR"] = "XDR" };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("page/144") with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? ReadStep(answer, page => Links.Find(page, Block, (address, text) => address.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase)
            && text.Contains("الذهب", StringComparison.Ordinal)), "the page of files").Take(1)
        : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from line in body.Rows(Workbook.Sheets(body).Where(sheet => sheet.Rows.Count > 0).SelectMany(Lines), "row", line => $"{line.Row}")
        where !line.Columns.Any(column => line.Row[column.Index].IsNote)
        let day = new DateOnly(line.Year, line.Month, (int)line.Row[0].Number())
        from column in body.Rows(line.Columns, "cell", column => $"{column.Kind} {column.Label}")
        let rate = line.Row[column.Index].NumberOrNull()
        where rate is not (null or 0)
        select new Observation(day, new(Names.FindOrParse(column.Label), Iqd), rate.Value, column.Kind);

    /// <summary>The rows of a sheet with the figures of a day whose month is known.</summary>
    private static IEnumerable<(WorkbookRow Row, int Year, int Month, List<(int Index, string Label, RateKind Kind)> Columns)> Lines(
        WorkbookSheet sheet)
    {
        var header = sheet.Rows.Index().Skip(1).FirstOrDefault(row => Side(row.Item[1]) is "Buy").Index;
        var year = DayParser.Parse(sheet.Name, "yyyy").Year;
        var columns = header > 0 ? Columns(sheet, header) : throw new FormatException($"sheet '{sheet.Name}' has no columns 'Buy'");
        var (month, banners, last) = (0, 0, 0m);
        foreach (var row in sheet.Rows.Skip(header + 1))
        {
            if (Banner(row, year) is { } named)
            {
                // A banner is believed when it names the month whose turn it is.
                (month, last) = (named == ++banners ? named : 0, 0);
            }
            else if (row[0].IsNote || (row[0].IsNumeric && row[0].Number() <= last))
            {
                // Below the averages, and where the days begin again, another month has begun.
                month = 0;
            }
            else if (month > 0 && !row[0].IsBlank)
            {
                last = row[0].IsNumeric ? row[0].Number() : last;
                if (!row[columns[0].Index].IsBlank)
                {
                    yield return (row, year, month, columns);
                }
            }
        }
    }

    private static List<(int Index, string Label, RateKind Kind)> Columns(WorkbookSheet sheet, int header)
    {
        List<(int Index, string Label, RateKind Kind)> columns = [];
        foreach (var (buy, _) in sheet.Rows[header].Cells.Index().Where(cell => Side(cell.Item) is "Buy"))
        {
            // The label stands above any column of its group: buying, selling, and in newer sheets a second selling rate.
            var width = sheet.Rows[header][buy + 2].Text.EndsWith(" 2", StringComparison.Ordinal) ? 3 : 2;
            var labels = sheet.Rows.Take(header).SelectMany(row => Enumerable.Range(buy, width)
                .Select(column => row[column].Text.Split(' ')[^1]).Where(text => Code.IsMatch(text))).ToList();
            if (Side(sheet.Rows[header][buy + 1]) is not "Sell" || labels is not [var label])
            {
                throw new FormatException($"sheet '{sheet.Name}' has no currency or no 'Sell' with the 'Buy' of column {buy + 1}");
            }

            columns.AddRange([(buy, label, RateKind.Bid), (buy + 1, label, RateKind.Ask)]);
        }

        return columns;
    }

    // "Buy ID" and "Sell ID" with blanks between; "Sell ID 2" is another rate.
    private static string Side(WorkbookCell cell) => cell.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) switch
    {
        [var side, "ID"] => side,
        _ => "",
    };

    /// <summary>The month that a banner names, 0 for a banner that names none; null for a row that is no banner.</summary>
    private static int? Banner(WorkbookRow row, int year) =>
        row.Cells.Skip(1).Any(cell => !cell.IsBlank) ? null
        : MonthName.Match(row[0].Text) is { Success: true } match ? DayParser.Parse($"1 {match.Value[..3]} {year}", "d MMM yyyy").Month
        : row[0].IsNumeric && row[0].NumberOrNull() == year ? 0
        : null;

    [GeneratedRegex("^[A-Z][A-Z.]{2,3}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code { get; }

    [GeneratedRegex(
        "^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MonthName { get; }
}
