using System.Buffers;
using System.Globalization;
using System.Text;
using Rates.Core;

namespace Rates.Store;

/// <summary>Writes a day of history as text, in the form that <see cref="DayTextReader"/> reads.</summary>
/// <remarks>
/// One line for the day, then one for each revision, newest first. A line has an instant, then a kind and its figures for each kind, such
/// as <c>2026-08-20T14:15:03Z reference EUR/JPY171.25USD1.1730</c>, then <c>added</c> and <c>unconfirmed</c>, each with a kind and its
/// pairs. Where a base is missing, it is that of the figure before; where a quote is missing, it is that of the figure before.
/// </remarks>
internal static class DayTextWriter
{
    /// <summary>The word before the pairs that a change added.</summary>
    public const string Added = "added";

    /// <summary>The word before the pairs that nobody has confirmed.</summary>
    public const string Unconfirmed = "unconfirmed";

    private const int LongestNumber = 32;

    /// <summary>Writes the text of a day to <paramref name="to"/>.</summary>
    public static void Write(HistoryDay day, IBufferWriter<byte> to)
    {
        WriteLine(day, to);
        foreach (var revision in day.Revisions ?? [])
        {
            Add(to, "\n");
            WriteLine(revision, to);
        }
    }

    private static void WriteLine(HistoryDay day, IBufferWriter<byte> to)
    {
        Add(to, Instant(day.FetchedAt));
        foreach (var (kind, figures) in day.Figures.Where(kind => kind.Value.Count > 0))
        {
            Add(to, $" {RateKindNames.Of(kind)} ");
            CurrencyPair before = default;
            foreach (var (text, figure) in figures)
            {
                before = WritePair(to, before, CurrencyPair.Parse(text), canOmitQuote: true);
                figure.Rate.TryFormat(to.GetSpan(LongestNumber), out var written, default, CultureInfo.InvariantCulture);
                to.Advance(written);
                if (figure.At is { } at)
                {
                    Add(to, $"@{Instant(at)},");
                }
            }
        }

        WritePairs(to, Added, day.Added);
        WritePairs(to, Unconfirmed, day.Unconfirmed);
    }

    private static void WritePairs(IBufferWriter<byte> to, string word, SortedDictionary<RateKind, SortedSet<string>>? kinds)
    {
        foreach (var (kind, pairs) in (kinds ?? []).Where(kind => kind.Value.Count > 0))
        {
            Add(to, $" {word} {RateKindNames.Of(kind)} ");
            CurrencyPair before = default;
            foreach (var text in pairs)
            {
                before = WritePair(to, before, CurrencyPair.Parse(text), canOmitQuote: false);
            }
        }
    }

    private static CurrencyPair WritePair(IBufferWriter<byte> to, CurrencyPair before, CurrencyPair pair, bool canOmitQuote)
    {
        if (pair.Base == before.Base)
        {
            Add(to, pair.Quote.Code);
            return pair;
        }

        Add(to, pair.Base.Code);
        Add(to, "/");
        if (!canOmitQuote || pair.Quote != before.Quote)
        {
            Add(to, pair.Quote.Code);
        }

        return pair;
    }

    // The offset of a source's own clock is kept.
    private static string Instant(DateTimeOffset instant) => instant.Offset == TimeSpan.Zero
        ? StoreFormat.Text(instant)
        : instant.ToString(DayTextReader.InstantForm, CultureInfo.InvariantCulture);

    private static void Add(IBufferWriter<byte> to, string text) => Encoding.ASCII.GetBytes(text, to);
}
