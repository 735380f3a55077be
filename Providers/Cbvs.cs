using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Centrale Bank van Suriname: the day's rates of the Surinamese dollar.</summary>
/// <remarks>
/// Direction: 1 foreign = x SRD, bought and sold.
/// Published: at 15:00, Paramaribo time, on working days, for the same day; that one is read of the day's three.
/// Units: 1, for the Guyanese dollar 100.
/// Quirks: a PDF for each day, found on a page; the day is in the name of the file only.
/// Source: https://www.cbvs.sr/statistieken/financiele-markten-statistieken/dagelijkse-publicaties
/// </remarks>
public sealed partial class Cbvs : RateProvider
{
    private static readonly Currency Srd = Currency.Parse("SRD");

    private static readonly Currency Gyd = Currency.Parse("GYD");

    private static readonly RateKind[] Sides = [RateKind.Bid, RateKind.Ask];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get("statistieken/financiele-markten-statistieken/dagelijkse-publicaties") with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? ReadStep(answer, page => Links.OfDays(page, Block, FileDay, window).ToList(), "the page of files")
        : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var day = FileDay(body.Request.Path) ?? throw new FormatException("the name of the file has no day, nor has the document");
        var (columns, lines) = PdfText.Table(PdfText.Lines(body), "Aankoop", "Verkoop");
        return from line in body.Rows(
                   lines.TakeWhile(line => line.Text.Any(char.IsAsciiDigit)), "line", line => line.Text)
               let row = columns.Of(line)
               let currency = Currency.Parse(row.Label.Split(' ')[0])
               let rates = InOrder(Array.ConvertAll(row.Cells, cell => RateNumber.Parse(cell, NumberForm.Comma)))
               from side in Sides.Index()
               select new Observation(day, new(currency, Srd), rates[side.Index] / (currency == Gyd ? 100 : 1), side.Item);
    }

    private static decimal[] InOrder(decimal[] rates) => rates is [var bid, var ask] && bid <= ask
        ? rates
        : throw new FormatException($"{string.Join(", ", rates)} are not bought and sold");

    private static DateOnly? FileDay(string address) => FileName.Match(Uri.UnescapeDataString(address)) is { Success: true } name
        ? DayParser.Parse("20" + name.Groups["day"].Value, "yyyyMMdd")
        : null;

    [GeneratedRegex(
        @"/DO(?<day>[0-9]{6}) 15\.00 uur\.pdf$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName { get; }
}
