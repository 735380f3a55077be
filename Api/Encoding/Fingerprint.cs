using System.Globalization;
using System.Runtime.InteropServices;

namespace Rates.Api;

/// <summary>
/// A 64-bit digest of bytes and texts, for entity tags. It is the same on every machine, and does not resist an attacker.
/// </summary>
internal struct Fingerprint()
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    /// <summary>The digest so far.</summary>
    public ulong Value { get; private set; } = 0xCBF29CE484222325;

    /// <summary>Adds a number.</summary>
    public void Add(ulong part)
    {
        var mixed = unchecked((Value ^ part) * Prime);
        Value = mixed ^ (mixed >> 32);
    }

    /// <summary>Adds a text and its length.</summary>
    public void Add(ReadOnlySpan<char> text) => Add(MemoryMarshal.AsBytes(text));

    /// <inheritdoc cref="Add(ReadOnlySpan{char})"/>
    public void Add(ReadOnlySpan<byte> text)
    {
        Add((ulong)text.Length);
        var words = MemoryMarshal.Cast<byte, ulong>(text);
        foreach (var word in words)
        {
            Add(word);
        }

        foreach (var rest in text[(words.Length * 8)..])
        {
            Add(rest);
        }
    }

    /// <summary>The digest of one text.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var print = new Fingerprint();
        print.Add(text);
        return print.Value;
    }

    /// <summary>The digest as a strong entity tag, with its quotation marks.</summary>
    public readonly string ToETag() => string.Create(CultureInfo.InvariantCulture, $"\"{Value:x16}\"");
}
