using System.Globalization;

namespace Rates.Providers.Tests;

/// <summary>
/// What a workbook holds is read to the last digit and to the right day, in both formats; what is no whole workbook is refused.
/// </summary>
public sealed class WorkbookTests
{
    public static IEnumerable<TheoryDataRow<string>> Formats() => [new("a.xlsx.txt"), new("a.xls.txt")];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Digits_are_those_of_the_shortest_decimal(string format)
    {
        var row = Only(format, "36.1395\t0.1\t89500\t0.000051\t1300.0000000000001\t0.30000000000000004\t-2.5");

        Assert.Equal(
            ["36.1395", "0.1", "89500", "0.000051", "1300", "0.30000000000000004", "-2.5"],
            row.Cells.Select(cell => cell.Text));
        Assert.Equal(0.000051m, row[3].Number());
    }

    [Theory]
    [InlineData("a.xlsx.txt", "")]
    [InlineData("a.xlsx.txt", "@1904\n")]
    [InlineData("a.xls.txt", "")]
    [InlineData("a.xls.txt", "@1904\n")]
    public void Days_are_the_same_in_both_systems(string format, string system)
    {
        var row = Workbook.Sheets(Body(format, system + "# One\n2026-08-20\t1999-12-31\n")).Single().Rows.Single();

        Assert.Equal([new DateOnly(2026, 8, 20), new DateOnly(1999, 12, 31)], row.Cells.Select(cell => cell.Day));
        Assert.Equal("2026-08-20", row[0].Text);
        Assert.Throws<FormatException>(() => row[0].Number());
    }

    [Theory]
    [InlineData("", "46254", "2026-08-20")]
    [InlineData("", "46254.75", "2026-08-20")]
    [InlineData("@1904\n", "44792", "2026-08-20")]
    public void A_number_counts_days_in_an_XLSX(string system, string number, string day) =>
        Assert.Equal(
            day,
            Workbook.Sheets(Body("a.xlsx.txt", $"{system}# One\n{number}\n")).Single().Rows[0][0].Day.ToString("yyyy-MM-dd",
                CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("a.xls.txt", "46254")]
    [InlineData("a.xlsx.txt", "60")]
    [InlineData("a.xlsx.txt", "2026")]
    [InlineData("a.xlsx.txt", "-1")]
    [InlineData("a.xlsx.txt", "1000000")]
    [InlineData("a.xlsx.txt", "'46254")]
    [InlineData("a.xlsx.txt", "'2026-08-20")]
    public void What_counts_no_known_day_is_none(string format, string cell) =>
        Assert.Equal(cell == "2026", TryDay(Only(format, cell)[0]) == new DateOnly(1905, 7, 18));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Sheets_rows_and_texts_are_kept_in_their_places(string format)
    {
        var sheets = Workbook.Sheets(Body(format, "#  One \na\t\t 'b\n\n!1\t2\n# Zwei & drei\nÄ€ \\n x\n")).ToList();

        Assert.Equal(["One", "Zwei & drei"], sheets.Select(sheet => sheet.Name));
        Assert.Equal([(1, false), (3, true)], sheets[0].Rows.Select(row => (row.Number, row.IsHidden)));
        Assert.Equal(["a", "", "'b"], sheets[0].Rows[0].Cells.Select(cell => cell.Text));
        Assert.True(sheets[0].Rows[0][1].IsBlank && sheets[0].Rows[0][99].IsBlank);
        Assert.Equal(0, sheets[1].Rows[0].Find("ä€ X"));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_table_is_found_by_its_headings_wherever_they_stand(string format)
    {
        var sheet = Workbook.Sheets(Body(format, "# One\nTitle\nSell\tBuy\tDate\n2\t1\t2026-08-20\n")).Single();

        var row = Assert.Single(sheet.Table("date", "Buy", "Sell"));

        Assert.Equal(["2026-08-20", "1", "2"], row.Cells.Select(cell => cell.Text));
        Assert.Throws<FormatException>(() => sheet.Table("Date", "Mid").ToList());
        Assert.Throws<FormatException>(
            () => Workbook.Sheets(Body(format, "# One\nBuy\tDate\tBuy\n1\t2\t3\n")).Single().Table("Date", "Buy").ToList());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_workbook_cut_at_any_byte_is_refused(string format)
    {
        var whole = Body(format, "# One\nDate\tUSD\n2026-08-20\t1.5\n# Two\n2\n").Bytes;

        Parallel.For(0, whole.Length, length => Assert.Throws<FormatException>(() => Workbook.Sheets(Body(whole[..length])).ToList()));
    }

    [Fact]
    public void A_byte_of_an_XLSX_that_changed_is_noticed()
    {
        var whole = Body("a.xlsx.txt", "# One\nDate\tUSD\n2026-08-20\t1.5\n").Bytes.ToArray();
        var cells = Show(whole);

        Parallel.For(0, whole.Length, at =>
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x10;

            // The times of the parts and the like may change without any harm; a day without its style is the number that counts it.
            Assert.Equal(cells, Show(damaged) ?? cells);
        });
    }

    [Theory]
    [InlineData("<html><body><table><tr><td>1</td></tr></table></body></html>")]
    [InlineData("PK")]
    [InlineData("")]
    public void What_is_no_workbook_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Workbook.Sheets(Body(System.Text.Encoding.UTF8.GetBytes(text))).ToList());

    private static string? Show(byte[] bytes)
    {
        try
        {
            return string.Join('|', Workbook.Sheets(Body(bytes)).SelectMany(sheet => sheet.Rows).SelectMany(row => row.Cells)
                .Select(cell => TryDay(cell) is { Year: 2026 } day ? $"{day:O}" : cell.Text));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static DateOnly? TryDay(WorkbookCell cell)
    {
        try
        {
            return cell.Day;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static WorkbookRow Only(string format, string row) => Workbook.Sheets(Body(format, $"# One\n{row}\n")).Single().Rows.Single();

    private static ProviderBody Body(string format, string text) => Body(Described.Build(format, text));

    private static ProviderBody Body(ReadOnlyMemory<byte> bytes) => new(new("GET", ""), bytes, null, new DateOnly(2026, 8, 20));
}
