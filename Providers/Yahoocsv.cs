using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Reads recorded answers of Yahoo! Finance's CSV download, which was closed in November 2017: last prices with bid and ask. Nothing is
/// fetched any more.
/// </summary>
/// <remarks>
/// Direction: 1 base = x quote, of the symbol EURUSD=X; EUR=X is USD/EUR.
/// Published: through the day; <c>d1</c> is the day on a US Eastern clock.
/// Units: 1.
/// Quirks: no header row: the columns are the letters of the request's <c>f=</c>, the rows the symbols of its <c>s=</c>, echoed as
/// they were typed; an unknown pair is a row of <c>N/A</c>; a price of <c>0.00</c> is none; an error column holds HTML with quotation
/// marks inside its quotation marks.
/// Source: http://download.finance.yahoo.com/d/quotes.csv
/// </remarks>
public sealed class Yahoocsv : RateProvider
{
    private static readonly (string Column, RateKind Kind)[] Figures = [("l1", RateKind.Last), ("b", RateKind.Bid), ("a", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window)
    {
        var symbols = Block.Pairs.Select(pair => CurrencyPair.Parse(pair)).Select(pair => $"{pair.Base}{pair.Quote}=X");
        return [Get($"quotes.csv?s={string.Join(',', symbols)}&f=sl1d1t1ba&e=.csv")];
    }

    // A pair that is not known, or not quoted, is answered by a row whose price is N/A.
    protected override bool IsNoData(ProviderBody body) =>
        Rows(body).Any(row => row["l1"].Equals("N/A", StringComparison.OrdinalIgnoreCase));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        return from line in body.Rows(Rows(body).Zip(Symbols(body)), "symbol", line => line.Second)
               let pair = YahooSymbol.TryPair(line.Second, out var known)
                   ? known
                   : throw new FormatException($"'{line.Second}' is no pair of currencies")
               let asOf = Day(line.First, body.Today)
               where asOf is not null
               from figure in Figures
               where line.First.Header.Has(figure.Column)
               let rate = RateNumber.ParseOrNull(line.First[figure.Column], NumberForm.Point, "N/A")
               where rate is not (null or 0)
               select new Observation(asOf.Value, pair, rate.Value, figure.Kind);
    }

    private static string[] Symbols(ProviderBody body) =>
        body.Request.Parameter("s").Split([',', ' ', '+'], StringSplitOptions.RemoveEmptyEntries);

    private static List<CsvRow> Rows(ProviderBody body)
    {
        var symbols = Symbols(body);
        var header = new CsvHeader(Columns(body.Request.Parameter("f")));
        List<CsvRow> rows = [.. Csv.Cells(body, recover: true).Select(cells => new CsvRow(header, cells))];
        if (rows.Count != symbols.Length || rows.Any(row => row.Cells.Length != header.Width))
        {
            throw new FormatException($"{symbols.Length} rows of {header.Width} columns were expected");
        }

        return rows.Zip(symbols).All(answer => Echoes(answer.First, answer.Second))
            ? rows
            : throw new FormatException("the rows are not those of the requested symbols");
    }

    private static bool Echoes(CsvRow row, string symbol) =>
        (!row.Header.Has("s") || row["s"].Equals(symbol, StringComparison.OrdinalIgnoreCase))
        && (!row.Header.Has("n") || !CurrencyPair.TryParse(row["n"], out var named)
            || (YahooSymbol.TryPair(symbol, out var pair) && named == pair));

    // A column is a letter, at times with a digit: sl1d1t1ba.
    private static string[] Columns(string letters)
    {
        List<string> columns = [];
        foreach (var character in letters)
        {
            if (char.IsAsciiLetter(character))
            {
                columns.Add(character.ToString());
            }
            else if (char.IsAsciiDigit(character) && columns is [.., { Length: 1 } letter])
            {
                columns[^1] = letter + character;
            }
            else
            {
                throw new FormatException($"f={letters} names no columns");
            }
        }

        return [.. columns];
    }

    private static DateOnly? Day(CsvRow row, DateOnly today) =>
        !row.Header.Has("d1") ? today
        : row["d1"].Equals("N/A", StringComparison.OrdinalIgnoreCase) ? null
        : DayParser.Parse(row["d1"], "M/d/yyyy");
}
