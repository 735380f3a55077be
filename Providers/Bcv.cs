using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco Central de Venezuela: the reference rates of the currency market.</summary>
/// <remarks>
/// Direction: 1 foreign = x VES, bought and sold.
/// Published: in the evening, Caracas time, on working days; a rate holds for the day that its sheet calls Fecha Valor.
/// Units: 1.
/// Quirks: an XLS for each quarter with one sheet a day, found on pages of links; the same headings for dollars and for bolivars, and only
/// the second pair is of bolivars.
/// Source: https://www.bcv.org.ve/estadisticas/tipo-cambio-de-referencia-smc
/// </remarks>
public sealed partial class Bcv : RateProvider
{
    private const string List = "estadisticas/tipo-cambio-de-referencia-smc";

    private static readonly Currency Ves = Currency.Parse("VES");

    private static readonly (string Heading, RateKind Kind)[] Sides = [("Compra (BID)", RateKind.Bid), ("Venta (ASK)", RateKind.Ask)];

    private static readonly CodeTable Codes = new() { ["MXP"] = "MXN" };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get(List) with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window)
    {
        if (!answer.Request.IsStep)
        {
            return [];
        }

        var files = ReadStep(answer, page => Links.Find(page, Block, (address, _) => Quarter(address) is not null), "the page of files")
            .Select(file => (File: file, From: Quarter(file.Path)!.Value)).ToList();
        var next = answer.Request.Parameter("page") is { Length: > 0 } page ? (int)RateNumber.Parse(page) + 1 : 1;
        return files.Where(file => file.From <= window.To && file.From.AddMonths(3) > window.From).Select(file => file.File)
            .Concat(files.Min(file => file.From) > window.From ? [Get($"{List}?page={next}") with { IsStep = true }] : []);
    }

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from sheet in body.Rows(Workbook.Sheets(body), "sheet", sheet => sheet.Name)
        let day = Day(sheet)
        let header = sheet.HeaderIndex("Moneda/País", "Compra (BID)", "Venta (ASK)")
        let columns = Columns(sheet.Rows[header])
        from row in body.Rows(sheet.Rows.Skip(header + 1).Where(row => columns.Any(column => row[column.Index].IsNumeric)))
        let pair = new CurrencyPair(Codes.FindOrParse(row[sheet.Rows[header].IndexOf("Moneda/País")].Text), Ves)
        from column in columns
        let rate = row[column.Index].NumberOrNull()
        where rate is not (null or 0)
        select new Observation(day, pair, rate.Value, column.Kind);

    // Bought and sold for dollars, then for bolivars.
    private static List<(int Index, RateKind Kind)> Columns(WorkbookRow header) =>
    [
        .. from side in Sides
           let dollars = header.Find(side.Heading)
           let bolivars = header.Find(side.Heading, dollars + 1)
           select dollars >= 0 && bolivars >= 0 && header.Find(side.Heading, bolivars + 1) < 0
               ? (bolivars, side.Kind)
               : throw new FormatException($"row {header} does not have the heading '{side.Heading}' twice"),
    ];

    private static DateOnly Day(WorkbookSheet sheet) => sheet.Rows.SelectMany(row => row.Cells).Where(cell => !cell.IsNumeric)
        .Select(cell => ValueDay.Match(cell.Text)).FirstOrDefault(match => match.Success) is { } match
            ? DayParser.Parse(match.Groups["day"].Value, "dd/MM/yyyy")
            : throw new FormatException($"sheet '{sheet.Name}' has no 'Fecha Valor'");

    /// <summary>First day of the quarter that the name of a file states: <c>2_1_2a26_smc.xls</c> is the first of 2026.</summary>
    private static DateOnly? Quarter(string address) => FileName.Match(address) is { Success: true } name
        ? new DateOnly(2000 + (int)RateNumber.Parse(name.Groups["year"].ValueSpan), 1 + ((name.Groups["quarter"].Value[0] - 'a') * 3), 1)
        : null;

    [GeneratedRegex(
        "^Fecha Valor:? *(?<day>[0-9]{2}/[0-9]{2}/[0-9]{4})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValueDay { get; }

    [GeneratedRegex(
        @"/2_1_2(?<quarter>[a-d])(?<year>[0-9]{2})_smc[^/]*\.xls$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName { get; }
}
