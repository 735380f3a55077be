using System.Net;
using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Monetary Authority of Singapore: the noon rates of the Singapore dollar.</summary>
/// <remarks>
/// Direction: unit foreign = x SGD.
/// Published: in the evening, Singapore time, on working days; "daily figures are values as of noon".
/// Units: stated in the column's title, <c>S$ Per Unit of Euro</c> or <c>S$ Per 100 Units of Thai Baht</c>.
/// Quirks: the CSV is the download of a form whose hidden fields must be sent back; year and month are blank where they repeat;
/// preamble and footnotes surround the table; the footnotes show that it is complete.
/// Source: https://eservices.mas.gov.sg/statistics/msb/ExchangeRates.aspx
/// </remarks>
public sealed partial class Mas : RateProvider
{
    private const string Form = "ExchangeRates.aspx";
    private const string Field = "ctl00$ContentPlaceHolder1$";

    private static readonly Currency Sgd = Currency.Parse("SGD");

    private static readonly CodeTable Codes = new()
    {
        ["Euro"] = "EUR",
        ["Pound Sterling"] = "GBP",
        ["US Dollar"] = "USD",
        ["Australian Dollar"] = "AUD",
        ["Canadian Dollar"] = "CAD",
        ["Chinese Renminbi"] = "CNY",
        ["Hong Kong Dollar"] = "HKD",
        ["Indian Rupee"] = "INR",
        ["Indonesian Rupiah"] = "IDR",
        ["Japanese Yen"] = "JPY",
        ["Korean Won"] = "KRW",
        ["Malaysian Ringgit"] = "MYR",
        ["New Taiwan Dollar"] = "TWD",
        ["New Zealand Dollar"] = "NZD",
        ["Philippine Peso"] = "PHP",
        ["Qatar Riyal"] = "QAR",
        ["Saudi Arabia Riyal"] = "SAR",
        ["Swiss Franc"] = "CHF",
        ["Thai Baht"] = "THB",
        ["UAE Dirham"] = "AED",
        ["Vietnamese Dong"] = "VND",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get(Form) with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window)
    {
        if (answer.Request.Method != "GET")
        {
            return [];
        }

        var page = answer.Text();
        var hidden = Hidden.Matches(page)
            .Select(match => (match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))
            .ToList();
        (string, string)[] choice =
        [
            (Field + "StartYearDropDownList", $"{window.From.Year}"), (Field + "EndYearDropDownList", $"{window.To.Year}"),
            (Field + "StartMonthDropDownList", $"{window.From.Month}"), (Field + "EndMonthDropDownList", $"{window.To.Month}"),
            (Field + "FrequencyDropDownList", "D"), (Field + "DownloadButton", "Download"),
            .. CheckBox.Matches(page).Select(match => (match.Groups["name"].Value, "on")),
        ];
        var fields = hidden.Count > 0
            ? hidden.Concat(choice)
            : throw new ProviderException(ProviderFault.Unreadable, Key, "the form has no hidden fields");
        var form = string.Join('&', fields.Select(field => $"{WebUtility.UrlEncode(field.Item1)}={WebUtility.UrlEncode(field.Item2)}"));
        return [Post(Form, form, "application/x-www-form-urlencoded")];
    }

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var table = Csv.Table(body, isHeader: cells => cells[0] == "End of Period", isAfter: cells => cells.Length == 1);
        var columns = table.Columns(body, 3, Title);
        var (year, month) = ("", "");
        return from row in table.Rows
               let _ = (year, month) = (row[0].Length > 0 ? row[0] : year, row[1].Length > 0 ? row[1] : month)
               let asOf = DayParser.Parse($"{year} {month} {row[2]}", "yyyy MMM dd")
               from cell in body.Cells(columns)
               let value = RateNumber.ParseOrNull(row[cell.Index])
               where value is not null
               select new Observation(asOf, new(cell.Meaning.Currency, Sgd), value.Value / cell.Meaning.Units, RateKind.Reference);
    }

    private static (Currency Currency, decimal Units) Title(string title) =>
        TitleParts.Match(title) is { Success: true } match
            ? (Codes.Find(match.Groups["name"].Value), match.Groups["units"].Success ? RateNumber.Parse(match.Groups["units"].Value) : 1)
            : throw new FormatException($"'{title}' is not a known column");

    [GeneratedRegex(
        "^S\\$ Per (?:(?<units>\\d+) Units|Unit) of (?<name>.+)$",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TitleParts { get; }

    [GeneratedRegex(
        "<input type=\"hidden\" name=\"(?<name>[^\"]+)\"[^>]*? value=\"(?<value>[^\"]*)\"",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hidden { get; }

    [GeneratedRegex(
        "type=\"checkbox\" name=\"(?<name>[^\"]+EndOfPeriodPer[^\"]+)\"",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CheckBox { get; }
}
