using System.Text;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Writes the rates of each provider as rows: one row per rate, and one without a rate for each requested quote that a provider lacks. One
/// without a quote stands for a provider that has no figures at all, or lacks the base where no quotes were requested. What the rows of a
/// provider share is encoded once, and then copied.
/// </summary>
internal static class EachRows
{
    private const int QuoteColumn = 5;
    private const int RateColumn = 6;
    private const int DerivedColumn = 7;

    private static readonly RowShape Shape = new(
        "rates", "rate", "provider", "name", "status", "asOf", "base", "quote", "rate", "derived", "fetchedAt", "nextExpectedAt", "kind",
        "reason", "unconfirmed");

    /// <summary>Writes the requested providers, in the order of the request.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="format">The format; not JSON.</param>
    /// <param name="query">What was asked.</param>
    /// <param name="entries">Those of the book, or of the requested day.</param>
    public static void Write(ByteBuffer buffer, AnswerFormat format, in RatesQuery query, ReadOnlySpan<ProviderEntry> entries)
    {
        var rows = new RowWriter(buffer, format, query.Answer, Shape);
        rows.Start();
        foreach (var index in query.Providers)
        {
            var entry = entries[index];
            if (entry.Rates?.In(query.Base) is not { } rates)
            {
                rows.Buffer.Append(RowWithout(rows, query, entry, entry.Reason, hasQuote: false).Bytes);
                continue;
            }

            WriteCovered(rows, format, query, entry, rates);
            WriteLacking(rows, query, entry, rates.Covered);
        }

        rows.End();
    }

    private static void WriteCovered(
        RowWriter rows, AnswerFormat format, in RatesQuery query, ProviderEntry entry, EncodedRates rates)
    {
        SharedCells? shared = null;
        foreach (var quote in query.Quotes.IsEmpty ? rates.Covered : rates.Covered.And(query.Quotes))
        {
            var figure = EachAnswer.FigureOf(rates, quote, query);
            if (figure.IsEmpty)
            {
                continue;
            }

            if (entry.HasUnconfirmed || rates.Kind is null || quote == query.Base || rates.Older.Contains(quote)
                || query.Answer.Csv.HasDecimalCommas)
            {
                WriteRow(rows, query, entry, quote, figure, rates);
            }
            else
            {
                shared ??= SharedCellsOf(rows, format, query, entry, rates.Kind.Value);
                var code = CurrencyTable.JsonOf(quote)[1..^1];
                shared.WriteRow(rows.Buffer, code, figure, rates.Derived.Contains(quote));
            }
        }
    }

    private static void WriteLacking(RowWriter rows, in RatesQuery query, ProviderEntry entry, in CurrencySet covered)
    {
        var lacking = query.Quotes.Except(covered);
        if (lacking.IsEmpty && !covered.IsEmpty)
        {
            return;
        }

        var why = covered.Contains(query.Base) ? entry.WhyNoRate : entry.WhyNoBase;
        var (row, place) = RowWithout(rows, query, entry, why, hasQuote: !query.Quotes.IsEmpty);
        if (query.Quotes.IsEmpty)
        {
            rows.Buffer.Append(row);
        }

        foreach (var quote in lacking)
        {
            rows.Buffer.Append(row.AsSpan(0, place));
            rows.Buffer.Append(CurrencyTable.JsonOf(quote)[1..^1]);
            rows.Buffer.Append(row.AsSpan(place));
        }
    }

    private static void WriteRow(
        RowWriter rows, in RatesQuery query, ProviderEntry entry, int quote, ReadOnlySpan<byte> figure, EncodedRates rates)
    {
        var pair = entry.Rates!.Crosses.Find(new(CurrencyTable.At(query.Base), CurrencyTable.At(quote)))!;
        rows.StartRow();
        WriteStart(rows, query, entry, pair.AsOf);
        rows.Write(QuoteColumn, CurrencyTable.At(quote).Code);
        rows.Write(RateColumn, Cell.OfDecimal(Encoding.ASCII.GetString(figure)));
        rows.Write(DerivedColumn, rates.Derived.Contains(quote));
        WriteEnd(rows, entry, pair.Kind, entry.ReasonFor(pair), pair.IsUnconfirmed);
    }

    // A row without a rate, and where in it the quote belongs.
    private static (byte[] Bytes, int Quote) RowWithout(
        RowWriter rows, in RatesQuery query, ProviderEntry entry, string why, bool hasQuote)
    {
        Cell none = default;
        var buffer = rows.Buffer;
        var from = buffer.Written.Length;
        rows.StartRow();
        WriteStart(rows, query, entry, entry.AsOf);
        var place = 0;
        if (hasQuote)
        {
            rows.StartCell(QuoteColumn, CellKind.Text);
            place = buffer.Written.Length - from;
            rows.EndCell(CellKind.Text);
        }
        else
        {
            rows.Write(QuoteColumn, none);
        }

        rows.Write(RateColumn, none);
        rows.Write(DerivedColumn, none);
        WriteEnd(rows, entry, entry.Stored.Profile.Kind, why, isUnconfirmed: false);
        return (buffer.TakeBack(from), place);
    }

    private static void WriteStart(RowWriter rows, in RatesQuery query, ProviderEntry entry, DateOnly? asOf)
    {
        rows.Write(0, entry.Key);
        rows.Write(1, entry.Name);
        rows.Write(2, entry.Status.ToText());
        rows.Write(3, asOf?.ToText());
        rows.Write(4, CurrencyTable.At(query.Base).Code);
    }

    private static void WriteEnd(RowWriter rows, ProviderEntry entry, RateKind kind, string? reason, bool isUnconfirmed)
    {
        rows.Write(8, entry.FetchedAt?.ToText());
        rows.Write(9, entry.ExpectedAt?.ToText());
        rows.Write(10, kind.ToText());
        rows.Write(11, reason);
        rows.Write(12, isUnconfirmed ? true : (bool?)null);
        rows.EndRow();
    }

    private static SharedCells SharedCellsOf(
        RowWriter rows, AnswerFormat format, in RatesQuery query, ProviderEntry entry, RateKind kind)
    {
        var key = new SharedCellsKey(query.Base, kind, query.Answer.NumbersAsText, query.Answer.Csv);
        ref var kept = ref entry.RowCells[(int)format];
        return Volatile.Read(ref kept) is { } cells && cells.Key == key ? cells : kept = MakeSharedCells(rows, query, entry, key);
    }

    private static SharedCells MakeSharedCells(RowWriter rows, in RatesQuery query, ProviderEntry entry, SharedCellsKey key)
    {
        var (published, quote, rate) = SharedRow(rows, query, entry, key.Kind, isDerived: false);
        var derived = SharedRow(rows, query, entry, key.Kind, isDerived: true).Bytes;
        return new(key, published[..quote], published[quote..rate], published[rate..], derived[rate..]);
    }

    // A row without its quote and rate, and where they belong.
    private static (byte[] Bytes, int Quote, int Rate) SharedRow(
        RowWriter rows, in RatesQuery query, ProviderEntry entry, RateKind kind, bool isDerived)
    {
        var buffer = rows.Buffer;
        var from = buffer.Written.Length;
        rows.StartRow();
        WriteStart(rows, query, entry, entry.Rates!.Crosses.AsOf);
        rows.StartCell(QuoteColumn, CellKind.Text);
        var quote = buffer.Written.Length - from;
        rows.EndCell(CellKind.Text);
        rows.StartCell(RateColumn, CellKind.Decimal);
        var rate = buffer.Written.Length - from;
        rows.EndCell(CellKind.Decimal);
        rows.Write(DerivedColumn, isDerived);
        WriteEnd(rows, entry, kind, entry.ReasonFor(null), isUnconfirmed: false);
        return (buffer.TakeBack(from), quote, rate);
    }
}
