using System.Globalization;
using Rates.Core;

namespace Rates.Api;

/// <summary>How figures, days and names are written for people.</summary>
internal static class PageText
{
    private const char NarrowSpace = '\u202f';
    private const int NamesShown = 3;

    /// <summary>What a spread is.</summary>
    public const string SpreadMeaning = "The difference between the highest and the lowest figure, divided by their average";

    /// <summary>A day and how long ago it is, such as <c>20 August 2026 (today)</c>.</summary>
    public static string Day(string? day, DateOnly today) => IsoText.TryParseDay(day, out var read)
        ? string.Create(CultureInfo.InvariantCulture, $"{read:d MMMM yyyy} ({Age(read, today)})")
        : "no day";

    /// <summary>How long ago a day is, such as <c>yesterday</c>; empty for no day.</summary>
    public static string Age(string? day, DateOnly today) => IsoText.TryParseDay(day, out var read) ? Age(read, today) : "";

    private static string Age(DateOnly day, DateOnly today) => (today.DayNumber - day.DayNumber) switch
    {
        < 0 => "a coming day",
        0 => "today",
        1 => "yesterday",
        var days => string.Create(CultureInfo.InvariantCulture, $"{days} days ago"),
    };

    /// <summary>A figure with its thousands parted by narrow spaces: 1234567.50 is <c>1 234 567.50</c>.</summary>
    public static string Grouped(decimal figure)
    {
        var text = figure.ToText();
        var point = text.IndexOf('.') is var found and >= 0 ? found : text.Length;
        var first = text[0] == '-' ? 1 : 0;
        for (var at = point - 3; at > first; at -= 3)
        {
            text = text.Insert(at, NarrowSpace.ToString());
        }

        return text;
    }

    /// <summary>An amount of money with all decimal places of its currency: 1160 and 160.5 in a currency of two are 1 160.00 and 160.50.
    /// </summary>
    /// <param name="amount">The amount; further digits that it has are kept.</param>
    /// <param name="code">The code of its currency; one without decimal places of its own gets no zeros.</param>
    public static string Money(decimal amount, string? code) => Grouped(
        CurrencyOf(code ?? "")?.MinorDigits is { } places ? amount + new decimal(0, 0, 0, isNegative: false, (byte)places) : amount);

    /// <summary>A spread, a fraction, in percent with two significant digits or so.</summary>
    public static string Percent(decimal fraction) =>
        (fraction * 100).ToString(fraction >= 0.00095m ? "0.0" : "0.000", CultureInfo.InvariantCulture) + " %";

    /// <summary>A note as a sentence: with a capital and a full stop.</summary>
    public static string Sentence(string note) =>
        note.Length == 0 ? "" : $"{char.ToUpperInvariant(note[0])}{note[1..]}{(note[^1] is '.' or '?' or '!' ? "" : ".")}";

    /// <summary>The note of a combined rate with the names of providers in place of their keys, which readers do not know.</summary>
    public static string Named(string note, RateBook book)
    {
        const string Before = $"{EntryReasons.Shipped}: ";
        if (note.IndexOf(Before, StringComparison.Ordinal) is not (>= 0 and var at))
        {
            return note;
        }

        var keys = note[(at + Before.Length)..].Split(", ");
        return note[..(at + Before.Length)] + Names([.. keys.Select(key => book.Find(key)?.Name ?? key)]);
    }

    /// <summary>Names in one phrase: the first three, and how many more there are.</summary>
    public static string Names(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "nobody",
        1 => names[0],
        <= NamesShown => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
        _ => string.Create(
            CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(NamesShown))} and {names.Count - NamesShown} more"),
    };

    /// <summary>An instant for people: <c>2026-08-20T14:02:11Z</c> is <c>2026-08-20 14:02 UTC</c>.</summary>
    public static string Instant(string instant) => instant.Length >= 16 ? $"{instant[..10]} {instant[11..16]} UTC" : instant;

    /// <summary>The name of a currency; its code when it is not registered.</summary>
    public static string CurrencyName(string code) => CurrencyOf(code)?.Name ?? code;

    /// <summary>What is registered of a currency; null when it is not registered.</summary>
    public static CurrencyRecord? CurrencyOf(string code) =>
        Currency.TryParse(code, out var currency) ? CurrencyRegistry.Find(currency) : null;

    /// <summary>The address, when a browser may follow it: only HTTP and HTTPS.</summary>
    public static string? Link(string? address) => WebAddress.IsOne(address) ? address : null;
}
