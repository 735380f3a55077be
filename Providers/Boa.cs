using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Algeria: daily reference rates of the dinar.</summary>
/// <remarks>
/// Direction: 1 foreign = x DZD.
/// Published: once a month, about three weeks after the end of the month, for all its days.
/// Units: in the sheet's title, <c>100 JPY / DZD</c>; else 1.
/// Quirks: a workbook with one sheet a currency and the whole archive; its address changes with every month and is found on a page.
/// Source: https://www.bank-of-algeria.dz/donnees-historiques/
/// </remarks>
public sealed partial class Boa : RateProvider
{
    private static readonly Currency Dzd = Currency.Parse("DZD");

    private static readonly CodeTable Names = new() { ["EURO"] = "EUR" };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("donnees-historiques/") with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? ReadStep(answer, page => Links.Find(page, Block, (address, _) => Newest.IsMatch(address)), "the page of files").Take(1)
        : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from sheet in body.Rows(Workbook.Sheets(body), "sheet", sheet => sheet.Name)
        let title = Title.Match(sheet.Rows.Count > 0 ? sheet.Rows[0][0].Text : "") is { Success: true } match
            ? match
            : throw new FormatException($"sheet '{sheet.Name}' is not titled by a currency and DZD")
        let currency = Names.FindOrParse(title.Groups["label"].Value)
        let units = title.Groups["units"] is { Success: true } stated ? RateNumber.Parse(stated.Value) : 1
        let header = sheet.Rows.Index().Skip(1).FirstOrDefault(row => IsHeading(row.Item[1], currency)) is { Index: > 0 } heading
            ? heading.Index
            : throw new FormatException($"sheet '{sheet.Name}' has no heading '{currency} / DZD' in column B")
        from row in body.Rows(sheet.Rows.Skip(header + 1))
        let rate = row[1].NumberOrNull()
        where rate is not (null or 0)
        select new Observation(row[0].Day, new(currency, Dzd), rate.Value / units, RateKind.Reference);

    private static bool IsHeading(WorkbookCell cell, Currency currency) =>
        !cell.IsNumeric && Title.Match(cell.Text) is { Success: true } match && Names.FindOrParse(match.Groups["label"].Value) == currency;

    [GeneratedRegex(
        @"^((?<units>10*) )?(?<label>[A-Z]{3,4}) / DZD$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Title { get; }

    [GeneratedRegex(
        @"/Cotation-DZD-[^/]*journalier[^/]*\.xlsx$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Newest { get; }
}
