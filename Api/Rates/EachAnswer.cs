using System.Runtime.CompilerServices;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Writes the answer of <c>/v1/rates</c> with each provider's rates separately, by copying pieces of JSON that were encoded when the rates
/// came in.
/// </summary>
[SkipLocalsInit]
internal static class EachAnswer
{
    // Most of what stands before the rates of a provider.
    private const int UsualStart = 256;

    /// <summary>Brings the rates that an answer needs into the processor's cache, of all providers at the same time.</summary>
    public static void Load(in RatesQuery query, ReadOnlySpan<ProviderPieces> providers)
    {
        foreach (var index in query.Providers)
        {
            ref readonly var pieces = ref providers[index];
            if (pieces.HasRates)
            {
                pieces.FiguresIn(query.Base).Load();
                ProcessorCache.Load(pieces.JsonStart, 0, UsualStart);
            }
        }
    }

    /// <summary>Writes the requested providers as JSON, in the order of the request.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="query">What was asked.</param>
    /// <param name="providers">Those of the book, or of the requested day.</param>
    /// <returns>False when none of them has any of the rates.</returns>
    public static bool WriteJson(ByteBuffer buffer, in RatesQuery query, ReadOnlySpan<ProviderPieces> providers)
    {
        buffer.Append("{\"base\":"u8);
        buffer.Append(CurrencyTable.JsonOf(query.Base));
        buffer.Append(",\"select\":\"each\",\"providers\":["u8);
        Span<ushort> quotes = stackalloc ushort[RatesLimits.Quotes];
        quotes = quotes[..query.Quotes.CopyTo(quotes)];
        Span<ushort> derived = stackalloc ushort[RatesLimits.Quotes + 1];
        var any = false;
        foreach (var index in query.Providers)
        {
            ref readonly var pieces = ref providers[index];
            if (pieces.HasRates && pieces.FiguresIn(query.Base) is { CoversBase: true } figures)
            {
                buffer.Append(pieces.JsonStart);
                any |= quotes.IsEmpty || query.Answer.NumbersAsText
                    ? WriteRates(buffer, query, pieces.Entry)
                    : WriteRates(buffer, query, pieces, figures, quotes, derived);
                buffer.Append("},"u8);
            }
            else
            {
                WriteUncovered(buffer, query, pieces.Entry);
            }
        }

        buffer.TrimComma();
        buffer.Append("]}"u8);
        return any;
    }

    private static void WriteUncovered(ByteBuffer buffer, in RatesQuery query, ProviderEntry entry)
    {
        buffer.Append(entry.JsonWithoutRates);
        if (entry.Rates is not null)
        {
            buffer.Append(",\"notCovered\":["u8);
            buffer.Append(CurrencyTable.JsonOf(query.Base));
            buffer.Append("]"u8);
        }

        buffer.Append("},"u8);
    }

    // Requested quotes as numbers, the usual query.
    private static bool WriteRates(
        ByteBuffer buffer, in RatesQuery query, in ProviderPieces pieces, EncodedFigures figures, ReadOnlySpan<ushort> quotes,
        Span<ushort> derived)
    {
        var copied = figures.CopyMembers(quotes, buffer.GetSpan(figures.RoomForMembers), derived);
        buffer.Advance(copied.Length);
        buffer.TrimComma();
        buffer.Append("}"u8);
        WriteCodes(buffer, ",\"derived\":["u8, derived[..copied.Derived]);
        if (copied.Count < quotes.Length || figures.HasOlder || pieces.HasUnconfirmed)
        {
            WriteRemarks(buffer, query, pieces.Entry.Rates!.In(query.Base), pieces.Entry);
        }

        return copied.Count > 0;
    }

    // Every quote, or numbers as texts.
    private static bool WriteRates(ByteBuffer buffer, in RatesQuery query, ProviderEntry entry)
    {
        var rates = entry.Rates!.In(query.Base);
        if (query.Answer.NumbersAsText)
        {
            WriteAsText(buffer, query, rates);
        }
        else
        {
            buffer.Append(rates.All);
        }

        buffer.TrimComma();
        buffer.Append("}"u8);
        WriteCodes(buffer, ",\"derived\":["u8, query.Quotes.IsEmpty ? rates.Derived : rates.Derived.And(query.Quotes));
        WriteRemarks(buffer, query, rates, entry);
        return query.Quotes.IsEmpty || query.Quotes.Overlaps(rates.Covered);
    }

    private static void WriteAsText(ByteBuffer buffer, in RatesQuery query, EncodedRates rates)
    {
        foreach (var quote in query.Quotes.IsEmpty ? CurrencySet.All : query.Quotes)
        {
            var figure = FigureOf(rates, quote, query);
            if (figure.IsEmpty)
            {
                continue;
            }

            buffer.Append(CurrencyTable.JsonOf(quote));
            buffer.Append(":\""u8);
            buffer.Append(figure);
            buffer.Append("\","u8);
        }
    }

    // Which figures nobody has confirmed, which are of an older day, and which are missing.
    private static void WriteRemarks(ByteBuffer buffer, in RatesQuery query, EncodedRates rates, ProviderEntry entry)
    {
        if (entry.HasUnconfirmed)
        {
            var written = query.Quotes.IsEmpty ? rates.Covered : rates.Covered.And(query.Quotes);
            WriteCodes(buffer, ",\"unconfirmed\":["u8, Unconfirmed(entry, query.Base, written));
        }

        WriteDays(buffer, query.Base, query.Quotes.IsEmpty ? rates.Older : rates.Older.And(query.Quotes), entry.Rates!.Crosses);
        WriteCodes(buffer, ",\"notCovered\":["u8, query.Quotes.Except(rates.Covered));
    }

    private static CurrencySet Unconfirmed(ProviderEntry entry, int from, in CurrencySet quotes)
    {
        CurrencySet found = default;
        foreach (var quote in quotes)
        {
            if (entry.Rates!.Crosses.Find(new(CurrencyTable.At(from), CurrencyTable.At(quote))) is { IsUnconfirmed: true })
            {
                found.Add(quote);
            }
        }

        return found;
    }

    private static void WriteCodes(ByteBuffer buffer, ReadOnlySpan<byte> name, in CurrencySet quotes)
    {
        Span<ushort> ordinals = stackalloc ushort[CurrencySet.Capacity];
        WriteCodes(buffer, name, ordinals[..quotes.CopyTo(ordinals)]);
    }

    private static void WriteCodes(ByteBuffer buffer, ReadOnlySpan<byte> name, ReadOnlySpan<ushort> quotes)
    {
        if (quotes.IsEmpty)
        {
            return;
        }

        buffer.Append(name);
        var span = buffer.GetSpan((quotes.Length * CurrencyTable.JsonNameLength) + CurrencyTable.JsonNameStride);
        var length = 0;
        foreach (var quote in quotes)
        {
            CurrencyTable.CopyJsonName(quote, ref span[length]);
            length += CurrencyTable.JsonNameLength;
            span[length - 1] = (byte)',';
        }

        span[length - 1] = (byte)']';
        buffer.Advance(length);
    }

    private static void WriteDays(ByteBuffer buffer, int from, in CurrencySet older, CrossRates crosses)
    {
        if (older.IsEmpty)
        {
            return;
        }

        Span<byte> day = stackalloc byte[10];
        buffer.Append(",\"older\":{"u8);
        foreach (var quote in older)
        {
            crosses.Find(new(CurrencyTable.At(from), CurrencyTable.At(quote)))!.AsOf.TryFormat(day, out _, "yyyy-MM-dd");
            buffer.Append(CurrencyTable.JsonOf(quote));
            buffer.Append(":\""u8);
            buffer.Append(day);
            buffer.Append("\","u8);
        }

        buffer.TrimComma();
        buffer.Append("}"u8);
    }

    /// <summary>The encoded rate of one quote; empty when there is none. The base itself is 1, and only written when it is requested
    /// by name.</summary>
    public static ReadOnlySpan<byte> FigureOf(EncodedRates rates, int quote, in RatesQuery query) =>
        quote == query.Base && query.Quotes.IsEmpty ? default : rates.Figures.FigureOf(quote);
}
