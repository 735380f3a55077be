using System.Text;
using Rates.Core;

namespace Rates.Api;

/// <summary>Writes what each provider says for itself, by gathering pieces that were encoded when the sheet came in.</summary>
internal static class EachAnswer
{
    /// <summary>Writes JSON.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="query">What was asked.</param>
    /// <param name="entries">Of the book, or of the day asked for.</param>
    /// <param name="places">Whom to write, in order.</param>
    public static void WriteJson(ByteBuffer buffer, in ApiQuery query, ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> places)
    {
        buffer.Append("{\"base\":"u8);
        buffer.Append(CurrencyTable.JsonOf(query.Base));
        buffer.Append(",\"select\":\"each\",\"providers\":["u8);
        foreach (var place in places)
        {
            WriteEntry(buffer, query, entries[place]);
        }

        buffer.TrimComma();
        buffer.Append("]}"u8);
    }

    /// <summary>The same as rows: one a rate, and one without a rate for a provider that has none.</summary>
    public static Table ToTable(in ApiQuery query, ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> places)
    {
        var table = new Table("rates", "rate", "provider", "name", "status", "asOf", "base", "quote", "#rate", "derived", "fetchedAt", "nextExpectedAt", "kind", "reason");
        foreach (var place in places)
        {
            var entry = entries[place];
            var any = false;
            if (entry.Page?.In(query.Base) is { } rates)
            {
                foreach (var quote in query.Quotes.IsEmpty ? CurrencySet.All : query.Quotes)
                {
                    var piece = PieceOf(rates, quote, query);
                    if (!piece.IsEmpty)
                    {
                        any = true;
                        AddRow(table, entry, query.Base, quote, piece, rates);
                    }
                }
            }

            if (!any)
            {
                AddRow(table, entry, query.Base, -1, default, null);
            }
        }

        return table;
    }

    private static void WriteEntry(ByteBuffer buffer, in ApiQuery query, ProviderEntry entry)
    {
        buffer.Append(entry.Head);
        if (entry.Page?.In(query.Base) is not { CoversBase: true } rates)
        {
            buffer.Append(entry.WhyUncovered);
            buffer.Append(",\"rates\":{}"u8);
            if (entry.Page is not null)
            {
                buffer.Append(",\"notCovered\":["u8);
                buffer.Append(CurrencyTable.JsonOf(query.Base));
                buffer.Append("]"u8);
            }

            buffer.Append("},"u8);
            return;
        }

        buffer.Append(entry.Why);
        buffer.Append(",\"rates\":{"u8);
        if (query.NumbersAsText)
        {
            WriteAsText(buffer, query, rates);
        }
        else if (query.Quotes.IsEmpty)
        {
            buffer.Append(rates.All);
        }
        else
        {
            WriteSome(buffer, query, rates);
        }

        buffer.TrimComma();
        buffer.Append("}"u8);
        WriteRemarks(buffer, query, rates, entry.Page);
        buffer.Append("},"u8);
    }

    // Room for all is reserved at once: what is left per rate is a copy of some fifteen bytes.
    private static void WriteSome(ByteBuffer buffer, in ApiQuery query, EncodedRates rates)
    {
        var span = buffer.GetSpan(rates.All.Length + rates.Itself.Length);
        var written = 0;
        foreach (var quote in query.Quotes)
        {
            var piece = PieceOf(rates, quote, query);
            piece.CopyTo(span[written..]);
            written += piece.Length;
        }

        buffer.Advance(written);
    }

    private static void WriteAsText(ByteBuffer buffer, in ApiQuery query, EncodedRates rates)
    {
        foreach (var quote in query.Quotes.IsEmpty ? CurrencySet.All : query.Quotes)
        {
            var piece = PieceOf(rates, quote, query);
            if (piece.IsEmpty)
            {
                continue;
            }

            buffer.Append(CurrencyTable.JsonOf(quote));
            buffer.Append(":\""u8);
            buffer.Append(EncodedRates.FigureIn(piece));
            buffer.Append("\","u8);
        }
    }

    // What a reader must know of the figures: which are crosses, which are of an older day, which are not there.
    private static void WriteRemarks(ByteBuffer buffer, in ApiQuery query, EncodedRates rates, RatePage page)
    {
        WriteCodes(buffer, ",\"derived\":["u8, query.Quotes.IsEmpty ? rates.Derived : rates.Derived.And(query.Quotes));
        var older = query.Quotes.IsEmpty ? rates.Older : rates.Older.And(query.Quotes);
        if (!older.IsEmpty)
        {
            WriteDays(buffer, query.Base, older, page.Crosses);
        }

        if (!query.Quotes.IsEmpty)
        {
            WriteCodes(buffer, ",\"notCovered\":["u8, query.Quotes.Except(rates.Covered));
        }
    }

    private static void WriteCodes(ByteBuffer buffer, ReadOnlySpan<byte> name, in CurrencySet quotes)
    {
        if (quotes.IsEmpty)
        {
            return;
        }

        buffer.Append(name);
        foreach (var quote in quotes)
        {
            buffer.Append(CurrencyTable.JsonOf(quote));
            buffer.Append(","u8);
        }

        buffer.TrimComma();
        buffer.Append("]"u8);
    }

    private static void WriteDays(ByteBuffer buffer, int from, in CurrencySet older, CrossRates crosses)
    {
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

    // A currency in itself is 1 for whoever covers it, and only told when asked for by name.
    private static ReadOnlySpan<byte> PieceOf(EncodedRates rates, int quote, in ApiQuery query) =>
        quote == query.Base && rates.CoversBase && !query.Quotes.IsEmpty ? rates.Itself : rates.Of(quote);

    private static void AddRow(Table table, ProviderEntry entry, int from, int quote, ReadOnlySpan<byte> piece, EncodedRates? rates)
    {
        var pair = quote < 0 ? null : entry.Page?.Crosses.Find(new(CurrencyTable.At(from), CurrencyTable.At(quote)));
        table.Add(
            entry.Key,
            entry.Name,
            entry.Status.ToText(),
            (pair?.AsOf ?? entry.AsOf)?.ToText(),
            CurrencyTable.At(from).Code,
            quote < 0 ? null : CurrencyTable.At(quote).Code,
            piece.IsEmpty ? null : Encoding.ASCII.GetString(EncodedRates.FigureIn(piece)),
            rates is null ? null : rates.Derived.Contains(quote) ? "true" : "false",
            entry.Sheet?.FetchedAt.ToText(),
            entry.ExpectedAt?.ToText(),
            (pair?.Kind ?? entry.Stored.Profile.Kind).ToText(),
            entry.Reason.Length > 0 ? entry.Reason : quote < 0 && entry.Page is not null ? "does not cover the pair" : null);
    }
}
