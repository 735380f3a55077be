using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Rates.Providers.Tests;

/// <summary>Small damages to a body, the same every time for the same seed.</summary>
internal static partial class Mutations
{
    private static readonly string[] Traps =
    [
        "", "0", "-1", "NaN", "null", "1e400", "1e-30", "1,2345", "1.234,5", "1 234", "79228162514264337593543950336", "9999-12-31",
        "0001-01-01", "31.02.2026", "2026-13-45",
        "XXX", "\"", "<", "&amp;", "{", "]", "\0", "\r\n", ";", "2147483648", "99999999999999999999", "true",
    ];

    /// <summary>
    /// One to three damages to a document: to its bytes; in one case of two to what describes it, where something does, or to a part
    /// of an archive, which is packed again with a checksum that is right.
    /// </summary>
    public static byte[] Apply(OwnDocument document, Random random)
    {
        var bytes = document.Body.Bytes;
        return random.Next(2) == 0 ? Apply(bytes, random)
            : document.Text is { } text ? document.Described(Apply(text, random)) ?? []
            : bytes.Span.StartsWith("PK"u8) ? InsideArchive(bytes, random)
            : Apply(bytes, random);
    }

    // Latin-1 maps every byte to one character and back.
    private static byte[] Apply(ReadOnlyMemory<byte> bytes, Random random) =>
        [.. Apply(Encoding.Latin1.GetString(bytes.Span), random).Select(character => (byte)character)];

    private static byte[] InsideArchive(ReadOnlyMemory<byte> bytes, Random random)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes.ToArray()));
        var damaged = random.Next(archive.Entries.Count);
        return XlsxWriter.Pack(archive.Entries.Index().Select(entry =>
        {
            using var reader = new StreamReader(entry.Item.Open(), Encoding.Latin1);
            var text = reader.ReadToEnd();
            return (entry.Item.FullName, Encoding.Latin1.GetBytes(entry.Index == damaged ? Apply(text, random) : text));
        }));
    }

    private static string Apply(string text, Random random)
    {
        for (var left = random.Next(1, 4); left > 0 && text.Length > 0; left--)
        {
            text = random.Next(8) switch
            {
                0 => Replace(text, random.Next(text.Length), 1, at => ((char)(at[0] ^ (1 << random.Next(8)))).ToString()),
                1 => Replace(text, random.Next(text.Length), 1, _ => ((char)random.Next(256)).ToString()),
                2 => Replace(text, random.Next(text.Length), random.Next(1, 40), _ => ""),
                3 => Replace(text, random.Next(text.Length), random.Next(1, 400), part => part + part),
                4 => text[..random.Next(text.Length)],
                5 => Token(text, random, Digits(), digits => string.Concat(digits.Select(_ => (char)('0' + random.Next(10))))),
                6 => Token(text, random, Words(), _ => Traps[random.Next(Traps.Length)]),
                _ => Swap(text, random),
            };
        }

        return text;
    }

    private static string Replace(string text, int at, int length, Func<string, string> with)
    {
        var end = Math.Min(at + length, text.Length);
        return text[..at] + with(text[at..end]) + text[end..];
    }

    private static string Token(string text, Random random, Regex tokens, Func<string, string> with) =>
        Near(text, random, tokens) is { Success: true } token ? Replace(text, token.Index, token.Length, with) : text;

    private static string Swap(string text, Random random)
    {
        if (Near(text, random, Words()) is not { Success: true } first
            || Words().Match(text, first.Index + first.Length) is not { Success: true } second)
        {
            return text;
        }

        return text[..first.Index] + second.Value + text[(first.Index + first.Length)..second.Index] + first.Value
            + text[(second.Index + second.Length)..];
    }

    // From a random place onwards: listing every token of a large body for each damage would take longer than reading it.
    private static Match Near(string text, Random random, Regex tokens) => tokens.Match(text, random.Next(text.Length));

    [GeneratedRegex("[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex Digits();

    [GeneratedRegex("[A-Za-z0-9.,:+-]+", RegexOptions.None, 1000)]
    private static partial Regex Words();
}
