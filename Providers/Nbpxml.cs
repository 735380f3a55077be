using System.Xml.Linq;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Narodowy Bank Polski: the latest tables A, B and C as XML.</summary>
/// <remarks>
/// Direction: <c>przelicznik</c> foreign = x PLN.
/// Published: tables A and B about 12:15 Warsaw time (A on Polish working days, B on Wednesdays), table C about 08:15.
/// Units: przelicznik, 1, 100 or 10000.
/// Quirks: ISO-8859-2 and decimal commas; tables A and B have one figure a currency, C has two; only the latest has a fixed address.
/// Source: https://nbp.pl/en/statistic-and-financial-reporting/rates/
/// </remarks>
public sealed class Nbpxml : RateProvider
{
    private static readonly Currency Pln = Currency.Parse("PLN");

    private static readonly (string Element, RateKind Kind)[] Figures =
        [("kurs_sredni", RateKind.Reference), ("kurs_kupna", RateKind.Bid), ("kurs_sprzedazy", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("LastA.xml"), Get("LastB.xml"), Get("LastC.xml")];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var table = body.Xml().Named("tabela_kursow");
        var asOf = DayParser.Parse(table.Child("data_publikacji").Value);
        return from row in body.Elements(table.Elements().Where(row => row.Name.LocalName == "pozycja"))
               from figure in Row(row, asOf)
               select figure;
    }

    private static IEnumerable<Observation> Row(XElement row, DateOnly asOf)
    {
        var pair = new CurrencyPair(Currency.Parse(row.Child("kod_waluty").Value.Trim()), Pln);
        var units = RateNumber.Parse(row.Child("przelicznik").Value);
        var figures = Figures.Where(figure => row.ChildOrNull(figure.Element) is not null).ToList();
        return figures.Count > 0
            ? figures.Select(figure =>
                new Observation(asOf, pair, RateNumber.Parse(row.Child(figure.Element).Value, NumberForm.Comma) / units, figure.Kind))
            : throw new FormatException($"{pair.Base} has neither <kurs_sredni> nor <kurs_kupna>");
    }
}
