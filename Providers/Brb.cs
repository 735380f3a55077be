using System.Globalization;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Banque de la Republique du Burundi: official rates of the franc.</summary>
/// <remarks>
/// Direction: 1 foreign = x BIF, bought, middle and sold.
/// Published: in the morning, Bujumbura time, on working days, for the same day.
/// Units: before the name, 1 so far.
/// Quirks: a PDF for each day, found on pages of fourteen links; currencies by French names, a star behind those not traded as notes.
/// Source: https://www.brb.bi/en/affichagetoustauxchange
/// </remarks>
public sealed partial class Brb : RateProvider
{
    private const string List = "en/affichagetoustauxchange";

    private static readonly Currency Bif = Currency.Parse("BIF");

    private static readonly RateKind[] Sides = [RateKind.Bid, RateKind.Mid, RateKind.Ask];

    private static readonly string[] Months =
        ["JANVIER", "FEVRIER", "MARS", "AVRIL", "MAI", "JUIN", "JUILLET", "AOUT", "SEPTEMBRE", "OCTOBRE", "NOVEMBRE", "DECEMBRE"];

    private static readonly CodeTable Names = new()
    {
        ["Couronne Danoise"] = "DKK",
        ["Couronne Norvegienne"] = "NOK",
        ["Couronne Suedoise"] = "SEK",
        ["DTS"] = "XDR",
        ["Dinar Kowetien"] = "KWD",
        ["Dollar Australien"] = "AUD",
        ["Dollar Canadien"] = "CAD",
        ["Dollar USA"] = "USD",
        ["Euro"] = "EUR",
        ["Franc Rwandais"] = "RWF",
        ["Franc Suisse"] = "CHF",
        ["Livre Sterling"] = "GBP",
        ["Rand Sud-Africain"] = "ZAR",
        ["Riyal Saoudien"] = "SAR",
        ["Shilling Kenyan"] = "KES",
        ["Shilling Ougandais"] = "UGX",
        ["Shilling Tanzanien"] = "TZS",
        ["Yen Japonais"] = "JPY",
        ["Yuan Renmimbi"] = "CNY",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get(List) with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window)
    {
        if (!answer.Request.IsStep)
        {
            return [];
        }

        var files = ReadStep(answer, page => Links.Find(page, Block, (address, _) => FileDay(address) is not null), "the page of files")
            .Select(file => (File: file, Day: FileDay(file.Path)!.Value)).DistinctBy(file => file.Day).ToList();
        var next = answer.Request.Parameter("page") is { Length: > 0 } page ? int.Parse(page, CultureInfo.InvariantCulture) + 1 : 1;
        return files.Where(file => file.Day >= window.From && file.Day <= window.To).Select(file => file.File)
            .Concat(files.Min(file => file.Day) > window.From ? [Get($"{List}?page={next}") with { IsStep = true }] : []);
    }

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var lines = PdfText.Lines(body);
        var day = Day(lines, body);
        var header = lines.Index().FirstOrDefault(line => line.Item.Text.StartsWith("MONNAIES ETRANGERES", StringComparison.Ordinal));
        var columns = header.Item?.Columns("Acheteur", "Cours moyen jour", "Vendeur")
            ?? throw new FormatException("the document has no headings 'Acheteur', 'Cours moyen jour' and 'Vendeur'");
        var table = lines.Skip(header.Index + 1).TakeWhile(line => !line.Text.StartsWith("* Monnaies non", StringComparison.Ordinal));
        return from line in body.Rows(table, "line", line => line.Text)
               let row = columns.Of(line)
               let label = Label.Match(row.Label) is { Success: true } match ? match
                   : throw new FormatException($"'{row.Label}' is not a number and a currency")
               let units = RateNumber.Parse(label.Groups["units"].ValueSpan)
               let pair = new CurrencyPair(Names.Find(label.Groups["name"].Value), Bif)
               let rates = InOrder(Array.ConvertAll(row.Cells, cell => RateNumber.Parse(cell)))
               from side in Sides.Index()
               select new Observation(day, pair, rates[side.Index] / units, side.Item);
    }

    /// <summary>The day that the document states; the name of its file, which is the address, must state the same.</summary>
    private static DateOnly Day(IReadOnlyList<PdfLine> lines, ProviderBody body)
    {
        var title = lines.Select(line => Title.Match(line.Text)).FirstOrDefault(match => match.Success)
            ?? throw new FormatException("the document has no title 'EN DATE DU' with its day");
        var month = title.Groups["month"].Value.Replace('É', 'E').Replace('Û', 'U');
        var number = Array.IndexOf(Months, month) + 1;
        var day = DayParser.Parse($"{title.Groups["day"]} {number} {title.Groups["year"]}", "d M yyyy");
        return FileDay(body.Request.Path) is { } named && named != day
            ? throw new FormatException($"the document is for {day.Format()}, the name of its file for {named.Format()}")
            : day;
    }

    private static DateOnly? FileDay(string address) => FileName.Match(address) is { Success: true } name
        ? DayParser.Parse(name.Groups["day"].Value, "dd-MM-yyyy")
        : null;

    // Figures that stand under each other's headings would be read without notice.
    private static decimal[] InOrder(decimal[] rates) => rates is [var bid, var mid, var ask] && bid <= mid && mid <= ask
        ? rates
        : throw new FormatException($"{string.Join(", ", rates)} are not bought, middle and sold");

    [GeneratedRegex(
        "^EN DATE DU (?<day>[0-9]{1,2}) (?<month>[A-ZÉÛ]+) (?<year>[0-9]{4})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Title { get; }

    [GeneratedRegex(
        @"^(?<units>[0-9]+) (?<name>[^*]+)\*?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Label { get; }

    [GeneratedRegex(
        @"(?<day>[0-9]{2}-[0-9]{2}-[0-9]{4})\.pdf$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName { get; }
}
