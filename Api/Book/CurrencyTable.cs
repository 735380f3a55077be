using System.Text;
using Rates.Core;

namespace Rates.Api;

/// <summary>Gives each known currency a number, its index in alphabetical order from 0, and finds the currency of a number.</summary>
/// <remarks>With ordinals a set of currencies is a few words of bits, and the text of a currency is found at a known offset.</remarks>
internal static class CurrencyTable
{
    private static readonly Currency[] ByOrdinal = [.. CurrencyRegistry.All.Select(record => record.Code).Order()];
    private static readonly short[] Ordinals = MakeOrdinals();
    private static readonly byte[] Quoted = [.. ByOrdinal.SelectMany(
        currency => "\""u8.ToArray().Concat(Encoding.ASCII.GetBytes(currency.Code)).Append((byte)'"'))];

    /// <summary>The number of registered currencies.</summary>
    public static int Count => ByOrdinal.Length;

    /// <summary>The ordinal of a currency; -1 when it is not registered.</summary>
    public static int OrdinalOf(Currency currency) => currency.IsNone ? -1 : Ordinals[currency.Index];

    /// <summary>The ordinal of a code of three capitals; -1 when it is not registered or not written so.</summary>
    public static int OrdinalOfCapitals(ReadOnlySpan<char> code)
    {
        if (code.Length != 3 || !char.IsAsciiLetterUpper(code[0]) || !char.IsAsciiLetterUpper(code[1])
            || !char.IsAsciiLetterUpper(code[2]))
        {
            return -1;
        }

        return Ordinals[((((code[0] - 'A') * 26) + (code[1] - 'A')) * 26) + (code[2] - 'A')];
    }

    /// <summary>The currency with that ordinal.</summary>
    public static Currency At(int ordinal) => ByOrdinal[ordinal];

    /// <summary>The code as JSON, such as <c>"USD"</c> with its quotation marks.</summary>
    public static ReadOnlySpan<byte> JsonOf(int ordinal) => Quoted.AsSpan(ordinal * 5, 5);

    private static short[] MakeOrdinals()
    {
        if (ByOrdinal.Length > CurrencySet.Capacity)
        {
            throw new InvalidOperationException($"{ByOrdinal.Length} currencies are registered, {CurrencySet.Capacity} fit");
        }

        var ordinals = new short[Currency.Count];
        Array.Fill(ordinals, (short)-1);
        foreach (var (ordinal, currency) in ByOrdinal.Index())
        {
            ordinals[currency.Index] = (short)ordinal;
        }

        return ordinals;
    }
}
