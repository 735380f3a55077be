using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Albania: the official rates of the lek, and averages of bids and asks.</summary>
/// <remarks>
/// Direction: 1 foreign = x ALL.
/// Published: about 12:15 Tirana time on working days, for the same day; forint, rouble, koruna and denar once a week.
/// Units: the number behind the name, Japanese Yen (100); the forint and the rouble are per 100 without saying so (see the block).
/// Quirks: the page has three tables, each below the day of its last update, in which a heading spans name, code and figure: the code is
/// known by its form and the figure by the change beside it, which has a sign. Former years are workbooks, one sheet a month, that the
/// page of the archive links to: days across, the averages of the month in the last columns, codes behind most of the names.
/// Source: https://www.bankofalbania.org/Markets/Official_exchange_rate/
/// </remarks>
public sealed partial class Bsh : RateProvider
{
    private const string PerUnit = "Albanian Lek per Foreign Currency Unit";
    private const string Bid = "Average purchase price (Bid)";
    private const string Ask = "Average sales price (Ask)";

    private static readonly Currency Lek = Currency.Parse("ALL");

    private static readonly CodeTable Codes = new()
    {
        ["SDR"] = "XDR",
        ["E U R O"] = "EUR",
        ["Ari (oz)"] = "XAU",
        ["Argjendi (oz)"] = "XAG",
    };

    private static readonly (int, RateKind)[] Official = [(2, RateKind.Official)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window)
    {
        if (window.To.Year >= window.Today.Year)
        {
            yield return Get("Markets/Official_exchange_rate/");
        }

        if (window.From.Year < window.Today.Year)
        {
            yield return Get("Markets/Official_exchange_rate/Exchage_rate_archive/") with { IsStep = true };
        }
    }

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? ReadStep(answer, page => Links.Find(page, Block, (address, _) => IsOfYear(address, window)), "the page of the archive")
        : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body) => body.Start is [(byte)'<', ..] ? Page(body) : Archive(body);

    private static bool IsOfYear(string address, FetchWindow window) =>
        Year.Match(address) is { Success: true } year && window.Years().Contains((int)RateNumber.Parse(year.Value));

    private static RowQuery<Observation> Page(ProviderBody body)
    {
        var page = body.Page();
        return from table in body.Rows(Tables(page), "table")
               let asOf = DayParser.Parse(page.Above(table.Table.Element, Updated).Groups["day"].Value, "dd.MM.yyyy")
               from row in body.Rows(table.Table)
               let pair = new CurrencyPair(Codes.FindOrParse(row[1]), Lek)
               let units = Units(row[0])
               from figure in table.Figures
               select new Observation(asOf, pair, Figure(row, figure.Column) / units, figure.Kind);
    }

    private static (HtmlTable Table, (int Column, RateKind Kind)[] Figures)[] Tables(HtmlPage page)
    {
        var sides = page.Table("Currency", Bid, Ask);
        return
        [
            (page.Table("Main Currency", PerUnit), Official),
            (page.Table("Currency", PerUnit), Official),
            (sides, [(sides.Column(Bid), RateKind.Bid), (sides.Column(Ask), RateKind.Ask)]),
        ];
    }

    private static decimal Figure(HtmlRow row, int column) => Change.IsMatch(row[column + 1])
        ? RateNumber.Parse(row[column])
        : throw new FormatException($"'{row[column + 1]}' beside '{row[column]}' is not the change since the day before");

    private static RowQuery<Observation> Archive(ProviderBody body) =>
        from sheet in body.Rows(Workbook.Sheets(body), "sheet", sheet => sheet.Name)
        let header = sheet.Rows.Index().First(row => row.Item.Cells.Any(IsDay))
        let days = header.Item.Cells.Index().Where(cell => IsDay(cell.Item)).ToList()
        let isPerUnit = days.TrueForAll(day => sheet.Rows.Skip(header.Index).Take(4)
            .Any(row => row[day.Index + 1].Text.StartsWith("Lek për njësi", StringComparison.Ordinal)))
                ? true
                : throw new FormatException($"sheet '{sheet.Name}' does not give lek per unit beside each day")
        from row in body.Rows(sheet.Rows.Skip(header.Index + 1).Where(row => row[0].Text.Length > 0 && !row[1].IsBlank))
        let pair = new CurrencyPair(Named(row[1].Text), Lek)
        let units = Units(row[1].Text)
        from day in body.Rows(days, "day", day => day.Item.Text)
        let rate = row[day.Index + 1].NumberOrNull()
        where rate is not (null or 0)
        select new Observation(Day(day.Item), pair, rate.Value / units, RateKind.Official);

    private static Currency Named(string name) => Codes.Has(name) ? Codes.Find(name) : Codes.FindOrParse(Code.Match(name).Value);

    // What stands in brackets behind a name, besides a code and what a metal or a yuan is, are the units.
    private static decimal Units(string name) =>
        Brackets.Matches(name).Select(brackets => brackets.Groups["inside"].Value).Where(inside => !Known.IsMatch(inside))
            .Select(inside => RateNumber.Parse(inside.Replace("per ", "", StringComparison.Ordinal))).SingleOrDefault(1);

    private static bool IsDay(WorkbookCell cell) => cell.Text.StartsWith("DT", StringComparison.Ordinal);

    private static DateOnly Day(WorkbookCell cell) => DayParser.Parse(cell.Text.TrimStart('D', 'T', '.', ' '), "dd.MM.yyyy");

    [GeneratedRegex(@"^(?:[+-][0-9.]+|0\.0+)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Change { get; }

    [GeneratedRegex(
        @"\((?<inside>[^()]*)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Brackets { get; }

    [GeneratedRegex("^(?:[A-Z]{3}|OZ 1|oz|onshore|offshore)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Known { get; }

    [GeneratedRegex("[A-Z]{3}(?=[)]?$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code { get; }

    [GeneratedRegex("(?<=[^0-9])20[0-9]{2}(?=[^0-9/]*_[0-9]+[.]xlsx?$)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Year { get; }

    [GeneratedRegex(
        @"Last update: ?(?<day>\S+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Updated { get; }
}
