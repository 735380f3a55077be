using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Banque Centrale des Etats de l'Afrique de l'Ouest: reference rates of the CFA franc.</summary>
/// <remarks>
/// Direction: 1 foreign = x XOF.
/// Published: about 11:00 Dakar time, Sunday to Friday (on Sundays for the currencies of the Gulf), for the same day.
/// Units: 1.
/// Quirks: a fragment of a page; the day stands in its heading and the currencies by name, both in French; decimal comma.
/// Source: https://www.bceao.int/fr/cours/cours-de-reference-des-principales-devises-contre-Franc-CFA
/// </remarks>
public sealed partial class Bceao : RateProvider
{
    private static readonly Currency Xof = Currency.Parse("XOF");

    private static readonly string[] Months =
    [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ];

    private static readonly CodeTable Names = new()
    {
        ["Baht thailandais"] = "THB",
        ["Couronne danoise"] = "DKK",
        ["Couronne norvégienne"] = "NOK",
        ["Couronne suédoise"] = "SEK",
        ["Couronne thèque"] = "CZK",
        ["Dinar Koweitien"] = "KWD",
        ["Dirham Emirats Arabes Unis"] = "AED",
        ["Dollar Hong Kong"] = "HKD",
        ["Dollar australien"] = "AUD",
        ["Dollar canadien"] = "CAD",
        ["Dollar néo-zélandais"] = "NZD",
        ["Dollar singapourien"] = "SGD",
        ["Dollar us"] = "USD",
        ["Euro"] = "EUR",
        ["Forint hongrois"] = "HUF",
        ["Franc suisse"] = "CHF",
        ["Livre sterling"] = "GBP",
        ["Nouveau Shekel"] = "ILS",
        ["Nouvelle livre turque"] = "TRY",
        ["Rand sud-africain"] = "ZAR",
        ["Real brésilien"] = "BRL",
        ["Roupie Indienne"] = "INR",
        ["Ryal Saudien"] = "SAR",
        ["Won Coréen"] = "KRW",
        ["Yen japonais"] = "JPY",
        ["Yuan chinois"] = "CNY",
        ["Zloty polonais"] = "PLN",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from day in window.Days()
        where day.DayOfWeek != DayOfWeek.Saturday || window.Length == 1
        select Get($"fr/cours/get_all_reference_by_date?dateJour={day.Format()}");

    protected override bool IsNoData(ProviderBody body) => Table(body.Page("</table>")).Rows.Count == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var page = body.Page("</table>");
        var asOf = Day(page.Only(Heading)).NotAfterAsked(body, "dateJour");
        return from row in body.Rows(Table(page))
               let rate = RateNumber.Parse(row["CFA"], NumberForm.CommaGrouped)
               select new Observation(asOf, new(Names.Find(row["Devise"]), Xof), rate, RateKind.Reference);
    }

    private static HtmlTable Table(HtmlPage page) => page.Table("Devise", "CFA");

    private static DateOnly Day(Match heading) => Array.FindIndex(
        Months, name => heading.Groups["month"].ValueSpan.Equals(name, StringComparison.OrdinalIgnoreCase)) is var month and >= 0
        ? DayParser.Parse($"{heading.Groups["year"].Value}-{month + 1}-{heading.Groups["day"].Value}", "yyyy-M-d")
        : throw new FormatException($"'{heading.Value}' names no month");

    [GeneratedRegex(
        @"Cours des devises du \p{L}+ (?<day>\d{1,2})(?:er)? (?<month>\p{L}+) (?<year>\d{4})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading { get; }
}
