using CsvHelper;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>
/// The recorded answers whose <c>expected.csv</c> gives another day than the answer itself prints, each with its reason:
/// <c>Redated.csv</c>.
/// </summary>
internal static class Redated
{
    private static readonly Dictionary<(string Folder, string File, string Date), string> Days = Read();

    /// <summary>The row with the day that its answer prints.</summary>
    public static ExpectedRow Row(string folder, ExpectedRow row) =>
        Days.TryGetValue((folder, row.File, row.Date), out var printed) ? row with { Date = printed } : row;

    private static Dictionary<(string, string, string), string> Read()
    {
        Dictionary<(string, string, string), string> days = [];
        using var reader = CsvReader.FromFile(
            Path.Combine(AppContext.BaseDirectory, "Redated.csv"), new CsvReaderOptions { Separator = ',' });
        while (reader.Read())
        {
            days.Add((reader.GetString("folder"), reader.GetString("file"), reader.GetString("date")), reader.GetString("printed"));
            Assert.NotEqual("", reader.GetString("reason"));
        }

        return days;
    }
}
