using System.Globalization;
using System.Xml.Linq;
using Rates.Testing;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

/// <summary>The CSV of the interface, opened by LibreOffice without a window: every cell has the value that JSON has.</summary>
public sealed class SpreadsheetTests
{
    private static readonly XNamespace Table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
    private static readonly XNamespace Office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
    private static readonly XNamespace Words = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

    // What the dialog for text files offers: the character between cells, the character set 76 (UTF-8), the language of figures.
    [Theory]
    [InlineData("", "44,34,76,1,,1033,false,true")]
    [InlineData("&separator=semicolon&decimal=comma&bom=true", "59,34,76,1,,1031,false,true")]
    public async Task A_spreadsheet_reads_the_values_of_the_answer_in_json(string form, string filter)
    {
        Assert.SkipUnless(ClientProgram.OnPath("soffice"), "soffice is not on PATH (Debian: apt-get install libreoffice-calc)");
        await using var api = new ApiFixture(FormatTests.StoreOfOddRates());
        string[] addresses =
        [
            "/v1/rates?quotes=USD,GBP,JPY,CHF&providers=odd,ecb,boc,google", "/v1/rates?quotes=USD,GBP,THB&select=median",
            "/v1/convert?from=EUR&to=JPY&amount=-0.0000123&providers=ecb&select=first",
            "/v1/history?quotes=USD,GBP&providers=ecb&from=2026-08-15&to=2026-08-20&filled=true",
        ];
        var sheets = await SheetsAsync(filter, [.. addresses.Select(address => $"{address}&format=csv{form}")], api);

        var rates = await api.JsonAsync(addresses[0]);
        Assert.Equal(
            from provider in rates.GetProperty("providers").EnumerateArray()
            from rate in provider.GetProperty("rates").EnumerateObject()
            let isOlder = provider.TryGetProperty("older", out var older) && older.TryGetProperty(rate.Name, out _)
            select (
                AsText(Text(provider, "name")), rate.Name, rate.Value.GetDecimal(),
                isOlder ? Text(provider.GetProperty("older"), rate.Name) : Text(provider, "asOf")),
            sheets[0].Where(row => row["rate"].Length > 0)
                .Select(row => (row["name"], row["quote"], Figure(row["rate"]), row["asOf"])));
        Assert.Equal(["boc CHF", "boc JPY", "ecb CHF", "google "], sheets[0].Where(row => row["rate"].Length == 0)
            .Select(row => $"{row["provider"]} {row["quote"]}").Order(StringComparer.Ordinal));
        var blends = (await api.JsonAsync(addresses[1])).GetProperty("rates");
        Assert.Equal(
            blends.EnumerateObject().Select(one => (
                one.Name, one.Value.GetProperty("rate").GetDecimal(), one.Value.GetProperty("spread").GetDecimal(),
                Text(one.Value, "oldest"))),
            sheets[1].SkipLast(1).Select(row => (row["quote"], Figure(row["rate"]), Figure(row["spread"]), row["oldest"])));
        Assert.Equal(("THB", "", "missing"), (sheets[1][^1]["quote"], sheets[1][^1]["rate"], sheets[1][^1]["status"]));
        var conversion = await api.JsonAsync(addresses[2]);
        var row = Assert.Single(sheets[2]);
        Assert.All(
            (string[])["amount", "rate", "inverse", "result"],
            name => Assert.Equal(conversion.GetProperty(name).GetDecimal(), Figure(row[name])));
        var history = (await api.JsonAsync(addresses[3])).GetProperty("series").EnumerateArray().ToList();
        Assert.Equal(
            history.SelectMany(series => Names(series.GetProperty("dates"))
                .Zip(Names(series.GetProperty("asOf")), series.GetProperty("rates").EnumerateArray())
                .Select(day => (day.First, Text(series, "quote"), day.Third.GetDecimal(), day.Second))).Order(),
            sheets[3].Where(one => one["rate"].Length > 0)
                .Select(one => (one["date"], one["quote"], Figure(one["rate"]), one["asOf"])).Order());
        Assert.Equal(
            history.SelectMany(series => HistoryNotes.Of(series)
                .Where(note => !Names(series.GetProperty("dates")).Contains(note.Date))
                .Select(note => (note.Date, Text(series, "quote"), note.Text))).Order(),
            sheets[3].Where(one => one["rate"].Length == 0).Select(one => (one["date"], one["quote"], one["note"])).Order());
    }

    // An apostrophe before a text that would be run as a formula.
    private static string AsText(string name) => name.StartsWith('=') ? $"'{name}" : name;

    private static decimal Figure(string cell) => decimal.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);

    // The rows of each address, as the spreadsheet has them: figures with a point, days as in ISO 8601.
    private static async Task<List<List<Dictionary<string, string>>>> SheetsAsync(string filter, string[] addresses, ApiFixture api)
    {
        var folder = Directory.CreateTempSubdirectory("rates-sheets-");
        try
        {
            foreach (var (index, address) in addresses.Index())
            {
                using var answer = await api.GetAsync(address);
                await using var file = File.Create(Path.Combine(folder.FullName, $"{index}.csv"));
                await answer.Content.CopyToAsync(file, TestContext.Current.CancellationToken);
            }

            var run = await ProgramRun.OfAsync(
                new("soffice",
                [
                    $"-env:UserInstallation={new Uri(Path.Combine(folder.FullName, "profile"))}", "--headless", "--convert-to", "fods",
                    $"--infilter=CSV:{filter}", "--outdir", folder.FullName,
                    .. addresses.Index().Select(one => Path.Combine(folder.FullName, $"{one.Index}.csv")),
                ]), Eventually.Limit, TestContext.Current.CancellationToken);
            Assert.True(run.Code == 0, run.Error);
            return [.. addresses.Index().Select(one => Rows(XDocument.Load(Path.Combine(folder.FullName, $"{one.Index}.fods"))))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<Dictionary<string, string>> Rows(XDocument sheet)
    {
        Assert.Empty(sheet.Descendants().Attributes(Table + "formula"));
        var rows = sheet.Descendants(Table + "table-row").Select(row => row.Elements(Table + "table-cell").SelectMany(Cells).ToList())
            .Where(cells => cells.Exists(cell => cell.Length > 0)).ToList();
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row.Concat(Enumerable.Repeat("", rows[0].Count)))
            .Where(cell => cell.First.Length > 0).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    // An empty cell at the end of a row is repeated to the end of the sheet.
    private static IEnumerable<string> Cells(XElement cell) => Enumerable.Repeat(
        (string?)cell.Attribute(Office + "value") ?? (string?)cell.Attribute(Office + "date-value")
            ?? (string?)cell.Attribute(Office + "boolean-value")
            ?? string.Join('\n', cell.Elements(Words + "p").Select(line => line.Value)),
        Math.Min(50, (int?)cell.Attribute(Table + "number-columns-repeated") ?? 1));
}
