using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Banque Centrale de Tunisie: averages of the interbank market, and of the exchange of banknotes.</summary>
/// <remarks>
/// Direction: the units in the column Unité = x TND.
/// Published: in the evening, Tunis time, on working days, for the same day.
/// Units: the column Unité, 1, 10, 100 or 1000.
/// Quirks: a fragment of a page with two tables of the same headings, each below its title; decimal comma; the page says ISO-8859-1 and is
/// UTF-8; a day without rates is answered by another day's, or by the words Exhausted Resultset; programs that say what they are get 500.
/// Source: https://www.bct.gov.tn/bct/siteprod/cours_archive.jsp
/// </remarks>
public sealed partial class Bct : RateProvider
{
    private static readonly Currency Tnd = Currency.Parse("TND");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from day in window.Days()
        where day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) || window.Length == 1
        select Post("cours_archiv.jsp", $"input={day.Format()}&langue=_AN", "application/x-www-form-urlencoded");

    protected override bool IsNoData(ProviderBody body) => body.Text().Contains("Exhausted Resultset", StringComparison.Ordinal);

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        if (IsNoData(body))
        {
            return [];
        }

        var page = body.Page("<br>");
        var tables = Tables(page);
        return from table in body.Rows(tables, "table")
               let title = page.Above(table.Element, Title)
               let kind = title.Groups["manual"].Success ? RateKind.CashMid : RateKind.Mid
               let asOf = (kind == RateKind.Mid) == (table == tables[0])
                   ? DayParser.Parse(title.Groups["day"].Value, "dd/MM/yyyy").NotAfterAsked(body, "input")
                   : throw new FormatException($"'{title.Value}' is not the title of this table")
               from row in body.Rows(table)
               let rate = RateNumber.Parse(row["Valeur"], NumberForm.CommaGrouped) / RateNumber.Parse(row["Unité"])
               select new Observation(asOf, new(Currency.Parse(row["Sigle"]), Tnd), rate, kind);
    }

    private static IReadOnlyList<HtmlTable> Tables(HtmlPage page) =>
        page.Tables("Monnaie", "Sigle", "Unité", "Valeur") is { Count: 2 } tables
            ? tables
            : throw new FormatException("the page does not have the two tables, of the market and of banknotes");

    [GeneratedRegex(
        @"Cours Moyens (?:des Devises Cotées|(?<manual>en dinar tunisien pour le Change Manuel))(?:(?!Cours Moyens ).)*? Journée du ?"
            + @"(?<day>\S+)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Title { get; }
}
