using System.Text;

namespace Rates.Store.Tests;

/// <summary>
/// Sheets that a released version has stored stay readable. A file in <c>Golden/</c> is never changed, only joined by others.
/// </summary>
public sealed class GoldenPayloadTests
{
    private static readonly byte[] Payload = Load("sheet-1.json");

    [Fact]
    public void A_sheet_of_schema_1_is_read()
    {
        var sheet = SheetPayload.Read("ecb", Payload);

        Assert.Equal(new DateOnly(2026, 8, 20), sheet.AsOf);
        Assert.Equal(new(2026, 8, 20, 14, 0, 3, TimeSpan.Zero), sheet.PublishedAt);
        Assert.Equal(new(2026, 8, 20, 14, 15, 3, TimeSpan.Zero), sheet.FetchedAt);
        Assert.Equal(new(2026, 8, 20, 15, 15, 3, TimeSpan.Zero), sheet.CheckedAt);
        Assert.Equal(new(2026, 8, 21, 14, 0, 0, TimeSpan.Zero), sheet.NextExpectedAt);
        Assert.Equal(("https://example.org/daily.xml", true, false), (sheet.Source, sheet.Revised, sheet.Seeded));
        Assert.Equal(("1787235300000-00112233445566aa", 1787235303001), (sheet.Epoch, sheet.Version));
        Assert.Equal(
            ["2026-08-20 EUR/JPY 171.25 Reference", "2026-08-20 EUR/USD 1.1730 Reference", "2026-08-20 EUR/USD 1.17295 Bid"],
            sheet.Observations.Select(observation => observation.ToString()));
        Assert.Equal(new DateTimeOffset(2026, 8, 20, 14, 0, 0, TimeSpan.Zero), sheet.Observations[2].At);
    }

    [Fact]
    public void A_member_that_a_later_version_added_to_the_body_is_ignored()
    {
        var text = Encoding.UTF8.GetString(Payload);
        var body = SheetPayload.Split("ecb", text)!.Value.Body.Replace(
            "\"revised\"", "\"added\":{\"later\":[1]},\"revised\"", StringComparison.Ordinal);
        SheetHeader head = new("ecb", "1787235300000-00112233445566aa", 7, 7, 6, Sheets.FetchedAt, Sheets.FetchedAt, null);

        var sheet = SheetPayload.Read("ecb", Encoding.UTF8.GetBytes(SheetPayload.Compose(head, SheetPayload.Digest(body), body)));

        Assert.Equal((7, 3), (sheet.Version, sheet.Observations.Count));
    }

    [Fact]
    public void Every_changed_byte_is_noticed()
    {
        for (var i = 0; i < Payload.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. Payload];
                changed[i] ^= (byte)(1 << bit);

                Assert.Throws<CorruptSheetException>(() => SheetPayload.Read("ecb", changed));
            }
        }
    }

    private static byte[] Load(string name)
    {
        using var file = typeof(GoldenPayloadTests).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
