using Rates.Core;

namespace Rates.Providers;

/// <summary>Reserve Bank of Australia: the 4 pm rates of the Australian dollar, table F11.1.</summary>
/// <remarks>
/// Direction: 1 AUD = x foreign.
/// Published: about 16:30 Sydney time on Australian banking days, for the same day.
/// Units: 1; the row <c>Units</c> names the currencies.
/// Quirks: eleven rows of metadata; a trade-weighted index stands among the currencies; a blank cell is not quoted; hundreds of blank
/// lines follow.
/// Source: https://www.rba.gov.au/statistics/frequency/exchange-rates.html
/// </remarks>
public sealed class Rba : RateProvider
{
    private static readonly Currency Aud = Currency.Parse("AUD");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("f11.1-data.csv")];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var rows = Csv.Cells(body).ToList();
        var units = rows.Find(row => row[0] == "Units") ?? throw new FormatException("the row 'Units' is missing");
        var head = rows.FindIndex(row => row[0] == "Series ID");
        List<CsvColumn<Currency>> columns =
        [
            .. from unit in body.Rows(units.Index().Skip(1), "column", unit => unit.Item)
               where unit.Item is not ("" or "Index")
               select new CsvColumn<Currency>(unit.Index, unit.Item, Currency.Parse(unit.Item)),
        ];
        return head < 0
            ? throw new FormatException("the row 'Series ID' is missing")
            : from row in body.Rows(rows.Skip(head + 1))
              where row[0].Length > 0
              let asOf = DayParser.Parse(row[0], "dd-MMM-yyyy")
              let cells = row.Length == units.Length
                  ? row
                  : throw new FormatException($"{row.Length} columns where the units have {units.Length}")
              from column in body.Cells(columns)
              let rate = RateNumber.ParseOrNull(cells[column.Index])
              where rate is not null
              select new Observation(asOf, new(Aud, column.Meaning), rate.Value, RateKind.Reference);
    }
}
