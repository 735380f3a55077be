using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Bangko Sentral ng Pilipinas: its own rates of the dollar.</summary>
/// <remarks>
/// Direction: 1 USD = x PHP, bought, sold and the reference rate.
/// Published: in the morning, Manila time, on working days, for the same day.
/// Units: 1.
/// Quirks: a PDF for each day, found in a list as JSON, a hundred days at a time; its table of other currencies repeats the figures of a
/// news agency and is left out.
/// Source: https://www.bsp.gov.ph/SitePages/Statistics/ExchangeRate.aspx
/// </remarks>
public sealed partial class Bsp : RateProvider
{
    private static readonly CurrencyPair UsdPhp = CurrencyPair.Parse("USD/PHP");

    private static readonly (string Label, RateKind Kind)[] Own =
    [
        ("BSP Buying Rate (T/T): PHP", RateKind.Bid),
        ("BSP Selling Rate (T/T): PHP", RateKind.Ask),
        ("BSP Reference Rate: PHP", RateKind.Reference),
    ];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
    [
        AsJson("_api/web/lists/getByTitle('RERB')/items"
            + "?$top=100&$orderby=Id+desc&$expand=AttachmentFiles&$select=Id,Title,AttachmentFiles"),
    ];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) =>
        answer.Request.IsStep ? ReadStep(answer, list => Files(list, window), "the list of files") : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var lines = PdfText.Lines(body).Select(line => line.Text).ToList();
        var title = lines.IndexOf("REFERENCE EXCHANGE RATE BULLETIN");
        var asOf = title >= 0 && title + 1 < lines.Count
            ? DayParser.Parse(lines[title + 1], "d MMM yyyy")
            : throw new FormatException("the document has no title 'REFERENCE EXCHANGE RATE BULLETIN' with a day below");
        if (FileDay(body.Request.Path) is { } named && named != asOf)
        {
            throw new FormatException($"the document is for {asOf.Format()}, the name of its file for {named.Format()}");
        }

        return from own in body.Rows(Own, "line", own => own.Label)
               let line = lines.Where(line => line.StartsWith(own.Label, StringComparison.Ordinal)).ToList() is [var only]
                   ? only
                   : throw new FormatException($"the document does not have one line '{own.Label}'")
               let figure = line[own.Label.Length..].Trim().Split(' ')[0]
               select new Observation(asOf, UsdPhp, RateNumber.Parse(figure), own.Kind);
    }

    private static List<ProviderRequest> Files(ProviderBody list, FetchWindow window)
    {
        var answer = list.Json().Member("d");
        var files = answer.Member("results").Items().SelectMany(item => item.Member("AttachmentFiles").Member("results").Items())
            .Select(file => file.Member("ServerRelativeUrl").Text())
            .Where(path => path is ['/', not '/', ..] && FileDay(path) is not null)
            .Select(path => (Path: path, Day: FileDay(path)!.Value)).ToList();
        var wanted = files.Where(file => file.Day >= window.From && file.Day <= window.To).Select(file => Get(file.Path)).ToList();
        return files.Count == 0
            ? throw new FormatException("it names no document")
            : answer.Optional("__next") is { } next && files.Min(file => file.Day) > window.From
                ? [.. wanted, AsJson(new Uri(next.Text()).PathAndQuery)]
                : wanted;
    }

    private static ProviderRequest AsJson(string path) => Get(path) with
    {
        IsStep = true,
        Headers = new Dictionary<string, string> { ["Accept"] = "application/json;odata=verbose" },
    };

    private static DateOnly? FileDay(string address) => FileName.Match(address) is { Success: true } name
        ? DayParser.Parse(name.Groups["day"].Value, "ddMMMyyyy")
        : null;

    [GeneratedRegex(
        @"/(?<day>[0-9]{2}(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[0-9]{4})\.pdf$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName { get; }
}
