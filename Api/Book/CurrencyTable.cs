using System.Runtime.CompilerServices;
using System.Text;
using Rates.Core;

namespace Rates.Api;

/// <summary>Gives each known currency a number, its index in alphabetical order from 0, and finds the currency of a number.</summary>
/// <remarks>
/// With ordinals a set of currencies is a few words of bits, and the text of a currency is found at a known offset. Loops make the tables:
/// queries over a type of our own would be compiled at every start.
/// </remarks>
internal static class CurrencyTable
{
    private static readonly Currency[] ByOrdinal = MakeByOrdinal();
    private static readonly short[] Ordinals = MakeOrdinals();
    private static readonly byte[] JsonNames = MakeJsonNames();

    // Roughly by turnover in the Triennial Central Bank Survey of the BIS, then alphabetical. Only speed depends on it.
    private const string AskedMost =
        "EUR USD JPY GBP CNY CHF AUD CAD HKD SGD INR KRW SEK MXN NZD NOK TWD BRL ZAR PLN DKK IDR TRY THB ILS HUF CZK CLP PHP COP MYR "
        + "AED SAR RON PEN BGN ISK";

    /// <summary>The number of currencies that are asked for most, those of the first ranks: at most 64.</summary>
    public static readonly int UsualCount = (AskedMost.Length + 1) / 4;

    private static readonly ushort[] ByRank = MakeByRank();

    private static readonly ushort[] Ranks = MakeRanks();

    /// <summary>The number of bytes of a name in JSON with its colon, such as <c>"USD":</c>.</summary>
    public const int JsonNameLength = 6;

    /// <summary>The number of bytes that <see cref="CopyJsonName"/> writes.</summary>
    public const int JsonNameStride = sizeof(ulong);

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
    public static ReadOnlySpan<byte> JsonOf(int ordinal) => JsonNames.AsSpan(ordinal * JsonNameStride, JsonNameLength - 1);

    /// <summary>Copies the name of a member, such as <c>"USD":</c>, and two more bytes that have no meaning.</summary>
    /// <param name="ordinal">The currency's.</param>
    /// <param name="to">The first of 8 bytes.</param>
    public static void CopyJsonName(int ordinal, ref byte to) =>
        Unsafe.WriteUnaligned(ref to, Unsafe.ReadUnaligned<ulong>(ref JsonNames[ordinal * JsonNameStride]));

    /// <summary>The place of a currency, from 0, in the order of how often currencies are asked for.</summary>
    public static int RankOf(int ordinal) => Ranks[ordinal];

    /// <summary>The ordinal of the currency at a place of <see cref="RankOf"/>.</summary>
    public static int AtRank(int rank) => ByRank[rank];

    private static Currency[] MakeByOrdinal()
    {
        var isKnown = new bool[Currency.Count];
        foreach (var record in CurrencyRegistry.All)
        {
            isKnown[record.Code.Index] = true;
        }

        var currencies = new Currency[CurrencyRegistry.All.Count];
        var ordinal = 0;
        for (var index = 0; index < isKnown.Length; index++)
        {
            if (isKnown[index])
            {
                currencies[ordinal++] = Currency.FromIndex(index);
            }
        }

        return currencies;
    }

    private static byte[] MakeJsonNames()
    {
        var names = new byte[ByOrdinal.Length * JsonNameStride];
        for (var ordinal = 0; ordinal < ByOrdinal.Length; ordinal++)
        {
            Encoding.ASCII.GetBytes($"\"{ByOrdinal[ordinal].Code}\":".PadRight(JsonNameStride), names.AsSpan(ordinal * JsonNameStride));
        }

        return names;
    }

    private static ushort[] MakeByRank()
    {
        var ranks = new ushort[ByOrdinal.Length];
        var isRanked = new bool[ByOrdinal.Length];
        var rank = 0;
        foreach (var code in AskedMost.Split(' '))
        {
            var ordinal = OrdinalOfCapitals(code);
            isRanked[ordinal] = true;
            ranks[rank++] = (ushort)ordinal;
        }

        for (var ordinal = 0; ordinal < isRanked.Length; ordinal++)
        {
            if (!isRanked[ordinal])
            {
                ranks[rank++] = (ushort)ordinal;
            }
        }

        return ranks;
    }

    private static ushort[] MakeRanks()
    {
        var ranks = new ushort[ByRank.Length];
        for (var rank = 0; rank < ByRank.Length; rank++)
        {
            ranks[ByRank[rank]] = (ushort)rank;
        }

        return ranks;
    }

    private static short[] MakeOrdinals()
    {
        if (ByOrdinal.Length > CurrencySet.Capacity)
        {
            throw new InvalidOperationException($"{ByOrdinal.Length} currencies are registered, {CurrencySet.Capacity} fit");
        }

        var ordinals = new short[Currency.Count];
        Array.Fill(ordinals, (short)-1);
        for (var ordinal = 0; ordinal < ByOrdinal.Length; ordinal++)
        {
            ordinals[ByOrdinal[ordinal].Index] = (short)ordinal;
        }

        return ordinals;
    }
}
