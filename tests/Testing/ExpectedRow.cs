using System.Globalization;
using CsvHelper;

namespace Rates.Testing;

/// <summary>One figure that an answer holds, as a person can check it.</summary>
public sealed record ExpectedRow(string Date, string Base, string Quote, decimal Rate, string Kind, string File)
{
    /// <summary>The rows of an <c>expected.csv</c>.</summary>
    public static IReadOnlyList<ExpectedRow> Read(string path)
    {
        List<ExpectedRow> rows = [];
        using var reader = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',' });
        while (reader.Read())
        {
            var rate = decimal.Parse(reader.GetString("rate"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            rows.Add(new(reader.GetString("date"), reader.GetString("base"), reader.GetString("quote"), rate, reader.GetString("kind"),
                reader.GetString("file")));
        }

        return rows;
    }

    /// <summary>The row in one line.</summary>
    public override string ToString() => $"{Date} {Base}/{Quote} {Rate.ToString(CultureInfo.InvariantCulture)} {Kind}";
}
