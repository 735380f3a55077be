using System.Text;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>
/// The words of a PDF document are found in their lines and columns; what is no whole document, or of another layout, is refused.
/// </summary>
public sealed class PdfTextTests
{
    private const string Table = """
        50 700 Currency
        200 700 Buy
        300 700 Mean rate
        400 700 Sell
        50 680 1 US Dollar
        200 680 1.10
        300 680 1.15
        400 680 1.20

        """;

    [Fact]
    public void Lines_go_from_the_top_down_and_words_from_the_left()
    {
        var lines = PdfText.Lines(Body(PdfWriter.Write("100 50 last\n300 700.5 (right)\n100 700 left one\n100 690 next\n")));

        Assert.Equal(["left one (right)", "next", "last"], lines.Select(line => line.Text));
        Assert.Equal((100, 1), ((int)lines[0].Words[0].Left, lines[0].Page));
        Assert.True(lines[0].Words[0].Right < lines[0].Words[1].Left);
    }

    [Fact]
    public void Columns_are_found_by_the_places_of_their_headings()
    {
        var lines = PdfText.Lines(Body(PdfWriter.Write(Table)));

        var (label, cells) = lines[0].Columns("Buy", "Mean rate", "Sell")!.Of(lines[1]);

        Assert.Equal("1 US Dollar", label);
        Assert.Equal(["1.10", "1.15", "1.20"], cells);
        Assert.Null(lines[0].Columns("Sell", "Buy"));
        Assert.Null(lines[0].Columns("Bid"));
    }

    [Theory]
    [InlineData("300 680", "350 680")]
    [InlineData("300 680", "400 680")]
    [InlineData("200 680", "250 680")]
    [InlineData("400 680", "480 680")]
    [InlineData("300 680 1.15\n", "")]
    [InlineData("300 680 1.15", "300 680 1.15 1.16")]
    public void A_figure_in_no_column_or_two_in_one_are_refused(string place, string moved)
    {
        var lines = PdfText.Lines(Body(PdfWriter.Write(Table.Replace(place, moved, StringComparison.Ordinal))));

        Assert.Throws<FormatException>(() => lines[0].Columns("Buy", "Mean rate", "Sell")!.Of(lines[1]));
    }

    [Fact]
    public void A_document_cut_at_any_byte_is_refused()
    {
        var whole = PdfWriter.Write(Table);

        // The line end behind the end mark is no part of the document.
        Parallel.For(0, whole.Length - 1, length => Assert.Throws<FormatException>(() => PdfText.Lines(Body(whole.AsMemory(0, length)))));
    }

    [Fact]
    public void A_recorded_document_cut_anywhere_is_refused_or_says_the_same()
    {
        Assert.SkipUnless(Recordings.Captures is not null, Recordings.NoCaptures);
        foreach (var document in OwnDocument.Recorded().Where(document => document.Body.Bytes.Span.StartsWith("%PDF"u8)))
        {
            var bytes = document.Body.Bytes;
            var ends = Encoding.Latin1.GetString(bytes.Span).Split("%%EOF").SkipLast(1)
                .Aggregate(new List<int>(), (places, part) => [.. places, (places.Count == 0 ? 0 : places[^1]) + part.Length + 5]);

            Assert.All(ends.SkipLast(1).Concat(Enumerable.Range(1, 20).Select(part => bytes.Length * part / 21)), length =>
                Assert.Equal(document.Figures, document.With(bytes[..length]) ?? document.Figures));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("%PDF-1.4\n%%EOF")]
    [InlineData("<html><body>Not found %%EOF</body></html>")]
    public void What_is_no_document_is_refused(string text) =>
        Assert.Throws<FormatException>(() => PdfText.Lines(Body(Encoding.Latin1.GetBytes(text))));

    private static ProviderBody Body(ReadOnlyMemory<byte> bytes) => new(new("GET", ""), bytes, null, new DateOnly(2026, 8, 20));
}
