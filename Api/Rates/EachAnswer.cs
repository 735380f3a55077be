using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Writes the answer of <c>/v1/rates</c> with each provider's rates separately, by copying pieces of JSON that were encoded when the rates
/// came in.
/// </summary>
internal static class EachAnswer
{
    /// <summary>Brings the rates that an answer needs into the processor's cache, of all providers at the same time.</summary>
    public static void Load(in RatesQuery query, ReadOnlySpan<ProviderEntry> entries)
    {
        foreach (var index in query.Providers)
        {
            entries[index].Rates?.In(query.Base).Load();
        }
    }

    /// <summary>Writes the requested providers as JSON, in the order of the request.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="query">What was asked.</param>
    /// <param name="entries">Those of the book, or of the requested day.</param>
    public static void WriteJson(ByteBuffer buffer, in RatesQuery query, ReadOnlySpan<ProviderEntry> entries)
    {
        buffer.Append("{\"base\":"u8);
        buffer.Append(CurrencyTable.JsonOf(query.Base));
        buffer.Append(",\"select\":\"each\",\"providers\":["u8);
        Span<ushort> quotes = stackalloc ushort[RatesLimits.Quotes];
        quotes = quotes[..query.Quotes.CopyTo(quotes)];
        foreach (var index in query.Providers)
        {
            WriteEntry(buffer, query, quotes, entries[index]);
        }

        buffer.TrimComma();
        buffer.Append("]}"u8);
    }

    private static void WriteEntry(ByteBuffer buffer, in RatesQuery query, ReadOnlySpan<ushort> quotes, ProviderEntry entry)
    {
        buffer.Append(entry.JsonStart);
        if (entry.Rates?.In(query.Base) is not { CoversBase: true } rates)
        {
            buffer.Append(entry.JsonReasonWhenUncovered);
            buffer.Append(",\"rates\":{}"u8);
            if (entry.Rates is not null)
            {
                buffer.Append(",\"notCovered\":["u8);
                buffer.Append(CurrencyTable.JsonOf(query.Base));
                buffer.Append("]"u8);
            }

            buffer.Append("},"u8);
            return;
        }

        buffer.Append(entry.JsonReason);
        buffer.Append(",\"rates\":{"u8);
        var hasEveryQuote = quotes.IsEmpty;
        if (query.Answer.NumbersAsText)
        {
            WriteAsText(buffer, query, rates);
        }
        else if (quotes.IsEmpty)
        {
            buffer.Append(rates.All);
        }
        else
        {
            buffer.Advance(rates.CopyMembers(quotes, buffer.GetSpan(rates.RoomForMembers), out var count));
            hasEveryQuote = count == quotes.Length;
        }

        buffer.TrimComma();
        buffer.Append("}"u8);
        WriteRemarks(buffer, query, rates, entry, hasEveryQuote);
        buffer.Append("},"u8);
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

    // Which figures are crosses, which nobody has confirmed, which are of an older day, and which are missing.
    private static void WriteRemarks(
        ByteBuffer buffer, in RatesQuery query, EncodedRates rates, ProviderEntry entry, bool hasEveryQuote)
    {
        WriteCodes(buffer, ",\"derived\":["u8, query.Quotes.IsEmpty ? rates.Derived : rates.Derived.And(query.Quotes));
        if (entry.HasUnconfirmed)
        {
            var written = query.Quotes.IsEmpty ? rates.Covered : rates.Covered.And(query.Quotes);
            WriteCodes(buffer, ",\"unconfirmed\":["u8, Unconfirmed(entry, query.Base, written));
        }

        if (rates.HasOlder)
        {
            WriteDays(buffer, query.Base, query.Quotes.IsEmpty ? rates.Older : rates.Older.And(query.Quotes), entry.Rates!.Crosses);
        }

        if (!hasEveryQuote)
        {
            WriteCodes(buffer, ",\"notCovered\":["u8, query.Quotes.Except(rates.Covered));
        }
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
        if (quotes.IsEmpty)
        {
            return;
        }

        buffer.Append(name);
        var span = buffer.GetSpan((quotes.Count * CurrencyTable.JsonNameLength) + CurrencyTable.JsonNameStride);
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
        quote == query.Base && query.Quotes.IsEmpty ? default : rates.FigureOf(quote);
}
