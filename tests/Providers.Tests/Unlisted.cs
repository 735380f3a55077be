using CsvHelper;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>
/// The figures that a recorded answer holds and its <c>expected.csv</c> forgets, each with its reason: <c>Unlisted.csv</c>.
/// </summary>
internal static class Unlisted
{
    private static readonly ILookup<(string Folder, string File), ExpectedRow> Known = Read()
        .ToLookup(entry => entry.Place, entry => entry.Row);

    public static IEnumerable<ExpectedRow> Rows(string folder, string file) => Known[(folder, file)];

    private static IEnumerable<((string Folder, string File) Place, ExpectedRow Row)> Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Unlisted.csv");
        using var reader = CsvReader.FromFile(path, new CsvReaderOptions { Separator = ',' });
        foreach (var row in ExpectedRow.Read(path))
        {
            Assert.True(reader.Read());
            Assert.NotEqual("", reader.GetString("reason"));
            yield return ((reader.GetString("folder"), row.File), row);
        }
    }
}
