using System.Globalization;
using System.Text.RegularExpressions;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Documents in the form of the ECB's daily file, with made-up figures.</summary>
internal static class EcbDocument
{
    private static readonly (string Currency, decimal Rate)[] Figures =
    [
        ("USD", 1.1412m), ("JPY", 176.21m), ("GBP", 0.8712m), ("CHF", 0.9312m), ("SEK", 11.0815m), ("NOK", 11.6230m), ("PLN", 4.2510m),
        ("CAD", 1.6012m), ("AUD", 1.7712m), ("CZK", 24.310m), ("HUF", 388.15m), ("DKK", 7.4604m),
    ];

    /// <summary>The file of a day; every figure times <paramref name="factor"/>.</summary>
    public static Document Of(DateOnly day, decimal factor = 1m, string? etag = null) =>
        Document.Of(Text([day], (_, _) => factor)) with { ETag = etag };

    /// <summary>The file of a day in which one figure is a dash.</summary>
    public static Document WithDash(DateOnly day, string currency) =>
        Document.Of(
            Regex.Replace(
                Text([day], (_, _) => 1m), $"currency='{currency}' rate='[^']*'", $"currency='{currency}' rate='-'", RegexOptions.None,
                TimeSpan.FromSeconds(1)));

    /// <summary>A file of several days.</summary>
    public static Document Of(IEnumerable<DateOnly> days) => Of(days, (_, _) => 1m);

    /// <summary>A file of several days; the figure of each day and currency times <paramref name="factor"/>.</summary>
    public static Document Of(IEnumerable<DateOnly> days, Func<DateOnly, string, decimal> factor) => Document.Of(Text(days, factor));

    private static string Text(IEnumerable<DateOnly> days, Func<DateOnly, string, decimal> factor) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
        <Cube>
        {string.Concat(days.Select(day => $"<Cube time='{day:yyyy-MM-dd}'>{Rows(currency => factor(day, currency))}</Cube>"))}
        </Cube></gesmes:Envelope>
        """;

    private static string Rows(Func<string, decimal> factor) =>
        string.Concat(Figures.Select(figure => Row(figure.Currency, figure.Rate * factor(figure.Currency))));

    private static string Row(string currency, decimal rate) =>
        $"<Cube currency='{currency}' rate='{rate.ToString("0.####", CultureInfo.InvariantCulture)}'/>";
}
