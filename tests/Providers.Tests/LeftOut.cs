using CsvHelper;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>The one list of expected rows that no adapter reproduces, each with its reason: <c>LeftOut.csv</c>.</summary>
internal static class LeftOut
{
    private static readonly HashSet<(string Folder, string File, string Date, string Base, string Quote, string Kind)> Rows = Read();

    public static int Count => Rows.Count;

    public static bool Contains(string folder, ExpectedRow row) =>
        Rows.Contains((folder, row.File, row.Date, row.Base, row.Quote, row.Kind));

    private static HashSet<(string, string, string, string, string, string)> Read()
    {
        HashSet<(string, string, string, string, string, string)> rows = [];
        using var reader = CsvReader.FromFile(Path.Combine(AppContext.BaseDirectory, "LeftOut.csv"),
            new CsvReaderOptions { Separator = ',' });
        while (reader.Read())
        {
            rows.Add((reader.GetString("folder"), reader.GetString("file"), reader.GetString("date"), reader.GetString("base"),
                reader.GetString("quote"), reader.GetString("kind")));
            Assert.NotEqual("", reader.GetString("reason"));
        }

        return rows;
    }
}
