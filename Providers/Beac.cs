using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Banque des Etats de l'Afrique Centrale: indicative rates of the CFA franc.</summary>
/// <remarks>
/// Direction: 1 foreign = x XAF, under pairs such as USD/XAF; ACHAT is the bid, VENTE the ask.
/// Published: in the morning, Yaoundé time, on working days; the day is the value date.
/// Units: 1.
/// Quirks: a box of the home page whose rows are no table; only the newest day is to be had.
/// Source: https://www.beac.int/
/// </remarks>
public sealed partial class Beac : RateProvider
{
    private static readonly (string, RateKind)[] Columns = [("ACHAT", RateKind.Bid), ("VENTE", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("")];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var page = body.Page();
        var asOf = DayParser.Parse(page.Only(ValueDate).Groups["day"].Value, "dd/MM/yyyy");
        return from row in body.Rows(Table(page))
               from side in row.Sides(asOf, CurrencyPair.Parse(row["PAIRE DEVISES"]), Columns)
               select side;
    }

    private static HtmlTable Table(HtmlPage page)
    {
        var box = page.Element("div.taux_de_change_list");
        return HtmlTable.Of(
            box, box.QuerySelectorAll("div.taux_de_change"), row => row.Children.Where(cell => cell.HasAttribute("id")),
            "PAIRE DEVISES", "ACHAT", "VENTE")
            ?? throw new FormatException("the box of rates does not have the headings PAIRE DEVISES, ACHAT and VENTE");
    }

    [GeneratedRegex(
        "Date de valeur : (?<day>[0-9]{2}/[0-9]{2}/[0-9]{4})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ValueDate { get; }
}
