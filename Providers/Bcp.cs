using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco Central del Paraguay: reference rates of the interbank market.</summary>
/// <remarks>
/// Direction: 1 foreign = x PYG.
/// Published: in the afternoon, Asunción time, on Paraguayan working days, for the same day.
/// Units: 1; gold per troy ounce.
/// Quirks: a page is one currency and one year: days down, months across, ND for days without a rate and for those that no month
/// has; the currency stands in the title by name only, so the address counts; the form lists fewer currencies than there are.
/// Source: https://www.bcp.gov.py/webapps/web/cotizacion/monedas-historica
/// </remarks>
public sealed partial class Bcp : RateProvider
{
    private static readonly Currency Pyg = Currency.Parse("PYG");

    private static readonly CodeTable Codes = new() { ["SDR"] = "XDR" };

    private static readonly string[] Months = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"];

    // Its page of special drawing rights has said ND for every day since 2001, so that it is not asked for.
    private static readonly string[] Asked =
    [
        "USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "CNY", "BRL", "ARS", "CLP", "MXN", "UYU", "COP", "BOB", "NZD", "ZAR", "SEK",
        "DKK", "NOK", "AED", "PEN", "SGD", "TWD", "XAU",
    ];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from year in window.Years()
        from code in Asked
        select Get($"cotizacion/monedas-historica?anho={year}&moneda={code}");

    protected override bool IsNoData(ProviderBody body) => Table(body.Page()).Rows is { Count: 31 } days
        && days.All(day => Months.All(month => day[month] == "ND"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var page = body.Page();
        var pair = new CurrencyPair(Codes.FindOrParse(body.Request.Parameter("moneda")), Pyg);
        var year = Year(page, body.Request);
        return from day in body.Rows(Table(page))
               from month in body.Rows(Months, "month", month => month)
               let rate = RateNumber.ParseOrNull(day[month], NumberForm.CommaGrouped, "ND")
               where rate is not null
               let asOf = DayParser.Parse($"{year}-{Array.IndexOf(Months, month) + 1}-{day["#"]}", "yyyy-M-d")
               select new Observation(asOf, pair, rate.Value, RateKind.Reference);
    }

    private static HtmlTable Table(HtmlPage page) => page.Table(["#", .. Months]);

    // A site that does not know a code might show its first currency instead.
    private static string Year(HtmlPage page, ProviderRequest request)
    {
        var title = page.Only(Title);
        var option = page.Document.QuerySelector($"option[value='{Currency.Parse(request.Parameter("moneda"))}']");
        return title.Groups["year"].Value == request.Parameter("anho")
            && (option is null || title.Groups["name"].Value.StartsWith(HtmlReading.Text(option), StringComparison.Ordinal))
                ? title.Groups["year"].Value
                : throw new FormatException($"'{title.Value}' is not what was asked for");
    }

    [GeneratedRegex(
        @"COTIZACIONES DEL A\u00D1O (?<year>\d{4}) DE MONEDA (?<name>[\p{Lu} ]+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Title { get; }
}
