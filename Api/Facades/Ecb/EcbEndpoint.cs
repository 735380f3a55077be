using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Answers the requests for the European Central Bank's files of euro reference rates, so that programs that read those files can use this
/// service.
/// </summary>
/// <remarks>
/// The long ones take a good part of a second to make: each is kept until its provider has a new sheet, and at most a minute, because a
/// backfill may change the past.
/// </remarks>
internal sealed class EcbEndpoint(FacadeRates rates, IOptions<FacadeOptions> options, TimeProvider time) : IDisposable
{
    private const string Xml = "text/xml; charset=utf-8";
    private const string Csv = "text/csv; charset=utf-8";
    private const string Zip = "application/zip";

    // The first day with a euro, for a provider that does not say when its history begins.
    private static readonly DateOnly FirstDay = new(1999, 1, 4);

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _making = new(1, 1);

    /// <summary>The newest day as XML.</summary>
    public Task DailyXmlAsync(HttpContext context) => SendAsync(context, "daily.xml", Xml, TodayAsync, EcbFiles.Xml);

    /// <summary>The last 90 days up to the provider's newest as XML, newest first.</summary>
    public Task QuarterXmlAsync(HttpContext context) => SendAsync(
        context, "90d.xml", Xml,
        (book, index, token) =>
        {
            var last = book.Entries[index].AsOf is { } newest && newest < rates.Today ? newest : rates.Today;
            return DaysAsync(book, index, last.DaysBefore(90), token);
        },
        EcbFiles.Xml);

    /// <summary>Every day as XML, newest first.</summary>
    public Task HistoryXmlAsync(HttpContext context) => SendAsync(context, "hist.xml", Xml, AllAsync, EcbFiles.Xml);

    /// <summary>The newest day as CSV in a ZIP archive.</summary>
    public Task DailyZipAsync(HttpContext context) => SendAsync(
        context, "daily.zip", Zip, TodayAsync, (_, days) => EcbFiles.Zipped("eurofxref.csv", EcbFiles.DailyCsv(days), days));

    /// <summary>Every day as CSV in a ZIP archive, newest first.</summary>
    public Task HistoryZipAsync(HttpContext context) => SendAsync(
        context, "hist.zip", Zip, AllAsync, (_, days) => EcbFiles.Zipped("eurofxref-hist.csv", EcbFiles.HistoryCsv(days), days));

    /// <summary>Every day as CSV, newest first.</summary>
    public Task HistoryCsvAsync(HttpContext context) =>
        SendAsync(context, "hist.csv", Csv, AllAsync, (_, days) => EcbFiles.HistoryCsv(days));

    /// <inheritdoc/>
    public void Dispose() => _making.Dispose();

    private async Task SendAsync(
        HttpContext context, string file, string contentType,
        Func<RateBook, ushort, CancellationToken, Task<IReadOnlyList<EcbDay>>> read,
        Func<string, IReadOnlyList<EcbDay>, byte[]> write)
    {
        var book = rates.Book;
        var index = FacadeRates.Indexes(book, options.Value.Ecb, "ecb")[0];
        if (!IsCurrent(file, book, index, out var kept))
        {
            // One at a time: two would do the same work.
            await _making.WaitAsync(context.RequestAborted);
            try
            {
                if (!IsCurrent(file, book, index, out kept))
                {
                    kept = await MakeAsync(book, index, contentType, read, write, context.RequestAborted);
                    _kept[file] = kept;
                }
            }
            finally
            {
                _making.Release();
            }
        }

        var unconfirmed = book.Entries[index].Sheet?.Unconfirmed ?? [];
        HeaderValues.NameUnconfirmed(context.Response.Headers, unconfirmed.Select(pair => pair.Quote));
        await AnswerSender.SendAsync(context, kept.Body, kept.Headers, time.GetUtcNow());
    }

    private bool IsCurrent(string file, RateBook book, ushort index, [NotNullWhen(true)] out Kept? kept) =>
        _kept.TryGetValue(file, out kept) && kept.Version == book.Entries[index].ContentVersion && kept.Until > time.GetUtcNow();

    private async Task<Kept> MakeAsync(
        RateBook book, ushort index, string contentType,
        Func<RateBook, ushort, CancellationToken, Task<IReadOnlyList<EcbDay>>> read,
        Func<string, IReadOnlyList<EcbDay>, byte[]> write, CancellationToken cancellationToken)
    {
        var entry = book.Entries[index];
        var days = await read(book, index, cancellationToken);
        if (days.Count == 0)
        {
            throw new ProblemException(StatusCodes.Status404NotFound, $"{entry.Name} has no rates of the euro here");
        }

        var body = write(entry.Name, days);
        var headers = AnswerHeaders.Of(contentType, body, BookLifetime.Of(book, [index]));
        return new(entry.ContentVersion, time.GetUtcNow() + PastDayReader.CacheTime, new(body, headers.ETag), headers);
    }

    private async Task<IReadOnlyList<EcbDay>> TodayAsync(RateBook book, ushort index, CancellationToken cancellationToken)
    {
        var latest = await rates.OfDayAsync(book, [index], Selection.First, Currency.Eur, null, null, cancellationToken);
        var newest = latest.Others.Select(rate => rate.Day).DefaultIfEmpty().Max();
        return latest.Others.Any()
            ? [new(newest, [.. latest.Others.Where(rate => rate.Day == newest).Select(rate => (rate.Quote, rate.Shown))])]
            : [];
    }

    private Task<IReadOnlyList<EcbDay>> AllAsync(RateBook book, ushort index, CancellationToken cancellationToken) =>
        DaysAsync(book, index, book.Entries[index].Stored.Profile.HistoryFrom ?? FirstDay, cancellationToken);

    private async Task<IReadOnlyList<EcbDay>> DaysAsync(RateBook book, ushort index, DateOnly from, CancellationToken cancellationToken)
    {
        var series = await rates.SeriesAsync(book, [index], Currency.Eur, null, from, rates.Today, cancellationToken);
        return [.. series.Reverse().Select(day => new EcbDay(day.Key, [.. day.Value.Select(rate => (rate.Key, rate.Value))]))];
    }

    /// <summary>A file that was written for an earlier request and is sent again.</summary>
    /// <param name="Version">Version of the sheet that it was made with.</param>
    /// <param name="Until">When it is made again.</param>
    /// <param name="Body">The file.</param>
    /// <param name="Headers">Its headers.</param>
    private sealed record Kept(string? Version, DateTimeOffset Until, EncodedBody Body, AnswerHeaders Headers);
}

/// <summary>The rates of the euro on one day, for the files in the European Central Bank's form.</summary>
/// <param name="Day">The day.</param>
/// <param name="Rates">Quote units for 1 euro, by quote in alphabetical order.</param>
internal sealed record EcbDay(DateOnly Day, IReadOnlyList<(Currency Quote, decimal Rate)> Rates);
