using System.Text;
using System.Text.RegularExpressions;

namespace Rates.Providers.Tests;

/// <summary>A body that is not what the source sends is refused or gives nothing; it never gives a wrong figure.</summary>
public sealed partial class MangledBodyTests
{
    private const string MaintenancePage = """
        <!DOCTYPE html>
        <html><head><title>503</title></head><body><h1>Service Unavailable</h1><p>2026-08-20 EUR USD 1.2345, reference 17</p></body></html>
        """;

    private static readonly byte[][] Foreign =
    [
        .. new[]
        {
            "", " \r\n\t ", MaintenancePage, "{}", "[]", "null", "true", "42", "\"ok\"", "{\"success\":false}",
            "{\"error\":{\"code\":500,\"message\":\"Internal\"}}",
            "Service temporarily unavailable, try again in 5 minutes.", "<html/>", "<?xml version=\"1.0\"?><error><code>500</code></error>",
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">"
            + "<s:Body><s:Fault><faultstring>no</faultstring></s:Fault></s:Body></s:Envelope>",
            "Day,Value\n2026-08-20,1.2345\n", "a;b;c\n1;2;3\n", "one\ttwo\n",
        }.Select(Encoding.UTF8.GetBytes),
        [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13],
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3],
        [(byte)'P', (byte)'K', 5, 6, .. new byte[18]],
        [0xFF, 0xFE, 0x00],
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[504]],
        .. new[] { 0, 0xFF, 0x0A }.Select(value => Enumerable.Repeat((byte)value, 600).ToArray()),
    ];

    [Theory]
    [MemberData(nameof(OwnDocument.Keys), MemberType = typeof(OwnDocument))]
    public void Foreign_content_gives_no_figure(string key) =>
        Assert.All(OwnDocument.Of(key), document =>
            Assert.All(Foreign, content => Assert.Empty(document.With(content) ?? [])));

    [Theory]
    [MemberData(nameof(OwnDocument.Keys), MemberType = typeof(OwnDocument))]
    public void A_closed_format_cut_anywhere_is_refused(string key) =>
        Assert.All(OwnDocument.Of(key).Where(document => ClosesItself(document.Body.Bytes.Span)), document =>
        {
            for (var place = 1; place <= 20; place++)
            {
                var read = document.With(document.Body.Bytes[..(document.Body.Bytes.Length * place / 21)]);

                // What follows the end may be padding.
                Assert.True(
                    read is null or [] || document.Figures.SequenceEqual(read),
                    $"{document} cut at {place}/21 reads {read?.Count} figures");
            }
        });

    [Theory]
    [MemberData(nameof(OwnDocument.Keys), MemberType = typeof(OwnDocument))]
    public void A_cut_body_whose_end_is_not_known_is_never_taken_for_whole(string key) =>
        Assert.All(OwnDocument.Of(key), document =>
        {
            var whole = document.Figures.ToHashSet();

            Parallel.For(0, document.Body.Bytes.Length, length =>
            {
                var read = document.With(document.Body.Bytes[..length], endsKnown: false);

                Assert.True(read is null || whole.SetEquals(read),
                    $"{document} cut after {length} bytes reads {read?.Count} figures of {whole.Count}");
            });
        });

    [Fact]
    public void A_column_that_moved_in_a_workbook_changes_no_figure() =>
        Assert.All(Workbooks(), document =>
        {
            var lines = document.Text!.Split('\n');
            var width = lines.Max(line => line.Split('\t').Length);
            for (var column = 0; column < width; column++)
            {
                Holds(document, $"a blank before column {column + 1}", lines, cells => [.. cells[..column], "", .. cells[column..]]);
                Holds(document, $"without column {column + 1}", lines, cells => [.. cells[..column], .. cells[(column + 1)..]]);
                Holds(document, $"columns {column + 1} and {column + 2} in each other's place", lines, cells => column + 1 < cells.Length
                    ? [.. cells[..column], cells[column + 1], cells[column], .. cells[(column + 2)..]]
                    : cells);
            }
        });

    [Fact]
    public void A_workbook_without_its_headings_or_with_others_gives_no_other_figure() =>
        Assert.All(Workbooks(), document =>
        {
            var lines = document.Text!.Split('\n');
            foreach (var (at, line) in lines.Index().Where(line => line.Item.Any(char.IsLetter) && line.Item[0] != '#').Take(12))
            {
                Holds(document, $"without line {at + 1}", [.. lines[..at], .. lines[(at + 1)..]], cells => cells);
                Holds(document, $"line {at + 1} of other words", [.. lines[..at], Word().Replace(line, "Other"), .. lines[(at + 1)..]],
                    cells => cells);
            }
        });

    [Fact]
    public void A_document_of_another_layout_gives_no_other_figure() =>
        Assert.All(Documents(), document =>
        {
            var lines = document.Text!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            foreach (var column in lines.Select(line => line.Split(' ')[0]).Distinct())
            {
                foreach (var distance in new[] { -110, -55, -20, 20, 55, 110 })
                {
                    HoldsText(document, $"column {column} moved by {distance}", lines.Select(line =>
                        line.StartsWith(column + " ", StringComparison.Ordinal)
                            ? $"{Described.Number(column) + distance} {line[(column.Length + 1)..]}"
                            : line));
                }
            }

            for (var at = 0; at < lines.Length; at++)
            {
                HoldsText(document, $"without '{lines[at]}'", [.. lines[..at], .. lines[(at + 1)..]]);
                if (lines[at].Split(' ')[2].All(char.IsLetter))
                {
                    HoldsText(document, $"another word in '{lines[at]}'", [.. lines[..at], lines[at] + "x", .. lines[(at + 1)..]]);
                }
            }
        });

    private static IEnumerable<OwnDocument> Documents() => OwnDocument.Keys().SelectMany(key => OwnDocument.Of(key.Data))
        .Where(document => document.File.EndsWith(".pdf.txt", StringComparison.Ordinal));

    private static IEnumerable<OwnDocument> Workbooks() => OwnDocument.Keys().SelectMany(key => OwnDocument.Of(key.Data))
        .Where(document => document.Text is not null && !document.File.EndsWith(".pdf.txt", StringComparison.Ordinal));

    private static void Holds(OwnDocument document, string damage, string[] lines, Func<string[], string[]> change)
    {
        var text = string.Join('\n', lines.Select(line => line.StartsWith("# ", StringComparison.Ordinal)
            ? line
            : line.StartsWith('!') ? '!' + string.Join('\t', change(Padded(line[1..]))) : string.Join('\t', change(Padded(line)))));
        HoldsText(document, damage, [text]);
    }

    private static void HoldsText(OwnDocument document, string damage, IEnumerable<string> lines)
    {
        var text = string.Join('\n', lines);
        var wrong = (document.Described(text) is { } bytes ? document.With(bytes) ?? [] : []).Except(document.Figures).ToList();

        Assert.True(wrong.Count == 0, $"{document}, {damage}: {wrong.Count} wrong figures, the first {wrong.FirstOrDefault()}");
    }

    private static string[] Padded(string line) =>
        [.. line.Split('\t'), .. Enumerable.Repeat("", Math.Max(0, 64 - line.Split('\t').Length))];

    [GeneratedRegex(@"\p{L}[\p{L}/$]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    private static bool ClosesItself(ReadOnlySpan<byte> bytes) =>
        bytes is [(byte)'{' or (byte)'[', ..] || bytes.StartsWith("PK"u8) || bytes.StartsWith("%PDF"u8) || bytes is [0xD0, 0xCF, ..]
        || Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 10)])
            .Contains('<', StringComparison.Ordinal);
}
