using Rates.Core;

namespace Rates.Providers;

/// <summary>Czech National Bank: the daily fixing of the koruna, from its text files.</summary>
/// <remarks>
/// Direction: amount foreign = x CZK.
/// Published: about 14:30 Prague time on Czech working days.
/// Units: the amount column, 1, 100 or 1000.
/// Quirks: the first line has the day (<c>20 Jun 2025 #118</c>, <c>30.05.2025 #103</c>); English sheets have a decimal point, Czech
/// ones a comma; sheets of 1999 to 2001 end in a second table with the fixed ratios of the euro's legacy currencies; a rate of
/// <c>0.000</c> is too small to print.
/// Source: https://www.cnb.cz/en/faq/Format-of-the-foreign-exchange-market-rates/
/// </remarks>
public sealed class Cnbtxt : RateProvider
{
    private static readonly Currency Czk = Currency.Parse("CZK");

    private const string Fixing = "central-bank-exchange-rate-fixing/central-bank-exchange-rate-fixing/daily.txt";

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Days().Select(day => Get($"{Fixing}?date={day.Format("dd.MM.yyyy")}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) => Sheet(body);

    /// <summary>The figures of a sheet: the day in its first line, then one table or more.</summary>
    internal static IEnumerable<Observation> Sheet(ProviderBody body)
    {
        var lines = Csv.Cells(body, '|').ToList();
        var asOf = lines is [[var title], ..] ? Day(title) : throw new FormatException("the first line, with the day, is missing");
        return from row in body.Rows(Tables(lines.Skip(1)))
               let rate = row.Cells.Length == 5
                   ? RateNumber.Parse(row.Cells[4], row.Form)
                   : throw new FormatException($"{row.Cells.Length} columns, not five")
               where rate != 0
               select new Observation(asOf, new(Currency.Parse(row.Cells[3]), Czk), rate / RateNumber.Parse(row.Cells[2]), row.Kind);
    }

    /// <summary>The rows of all tables, each with the headings of its table.</summary>
    private static IEnumerable<(string[] Cells, NumberForm Form, RateKind Kind)> Tables(IEnumerable<string[]> lines)
    {
        (NumberForm Form, RateKind Kind)? table = null;
        foreach (var cells in lines)
        {
            if (cells is [var country, _, _, "Code" or "kód", var figure])
            {
                table = (country == "Country" ? NumberForm.Point : NumberForm.Comma, Kind(figure));
            }
            else
            {
                yield return table is var (form, kind) ? (cells, form, kind) : throw new FormatException("the headings are missing");
            }
        }
    }

    private static DateOnly Day(string title)
    {
        var number = title.IndexOf('#', StringComparison.Ordinal);
        return number > 0 && title[..number].Trim() is var day
            ? DayParser.Parse(day, day.Contains('.', StringComparison.Ordinal) ? "dd.MM.yyyy" : "d MMM yyyy")
            : throw new FormatException("the first line, with the day, is missing");
    }

    private static RateKind Kind(string column) => column switch
    {
        "Rate" or "kurz" => RateKind.Reference,
        "Ratio" or "poměr" => RateKind.Legacy,
        _ => throw new FormatException($"'{column}' is no column of figures"),
    };
}
