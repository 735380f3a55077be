using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco de Moçambique: the day's rates of the metical.</summary>
/// <remarks>
/// Direction: 1 foreign = x MZN, bought, sold and middle.
/// Published: in the afternoon, Maputo time, on working days, for the same day.
/// Units: 1, and 1000 below the line <c>por 1000</c>, which holds for the yen, the kwacha and the shilling.
/// Quirks: a PDF for each day, found on a page; the day is in the name of the file only.
/// Source: https://www.bancomoc.mz/pt/areas-de-actuacao/mercados/mercado-cambial/
/// </remarks>
public sealed partial class Bm : RateProvider
{
    private static readonly Currency Mzn = Currency.Parse("MZN");

    private static readonly string[] PerThousand = ["JPY", "MWK", "TZS"];

    private static readonly RateKind[] Sides = [RateKind.Bid, RateKind.Ask, RateKind.Mid];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get("pt/areas-de-actuacao/mercados/mercado-cambial/") with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? ReadStep(answer, page => Links.OfDays(page, Block, FileDay, window).ToList(), "the page of files")
        : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var day = FileDay(body.Request.Path) ?? throw new FormatException("the name of the file has no day, nor has the document");
        var (columns, lines) = PdfText.Table(PdfText.Lines(body), "Compra", "Venda", "Média");
        return from line in body.Rows(Lines(lines), "line", line => line.Line.Text)
               let row = columns.Of(line.Line)
               let code = row.Label.Split(' ')[^1]
               let pair = PerThousand.Contains(code) == (line.Units == 1000)
                   ? new CurrencyPair(Currency.Parse(code), Mzn)
                   : throw new FormatException($"{code} stands per {line.Units}")
               let rates = InOrder(Array.ConvertAll(row.Cells, cell => RateNumber.Parse(cell, NumberForm.Comma)))
               from side in Sides.Index()
               select new Observation(day, pair, rates[side.Index] / line.Units, side.Item);
    }

    /// <summary>The lines with figures, each with the units that hold for it.</summary>
    private static IEnumerable<(PdfLine Line, decimal Units)> Lines(IEnumerable<PdfLine> lines)
    {
        var units = 1m;
        foreach (var line in lines)
        {
            if (line.Text.Contains("por 1000", StringComparison.OrdinalIgnoreCase))
            {
                units = 1000;
            }
            else if (line.Words.Count >= 4 && line.Text.Any(char.IsAsciiDigit))
            {
                yield return (line, units);
            }
        }
    }

    private static decimal[] InOrder(decimal[] rates) => rates is [var bid, var ask, var mid] && bid <= mid && mid <= ask
        ? rates
        : throw new FormatException($"{string.Join(", ", rates)} are not bought, sold and middle");

    private static DateOnly? FileDay(string address) => FileName.Match(address) is { Success: true } name
        ? DayParser.Parse(name.Groups["day"].Value, "ddMMyyyy")
        : null;

    [GeneratedRegex(
        @"/media/[^#]*?(?<day>[0-3][0-9][01][0-9]20[0-9]{2})\.pdf$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName { get; }
}
