using System.IO.Compression;
using System.Text.Json;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Writes everything that was published as NDJSON while it is read: one line for each day of history, and one for each provider's latest
/// rates. <c>provider</c> names some providers, <c>from</c> and <c>to</c> limit the days, both included.
/// </summary>
internal sealed class ArchiveExport(IArchive archive, IHistory history, TimeProvider time)
{
    private const int FirstYear = 1900;

    private static readonly byte[] NewLine = "\n"u8.ToArray();

    /// <summary>Answers the archive.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var asked = OpsQuery.Value(context.Request, "provider")?.ToLowerInvariant();
        var first = Day(context.Request, "from") ?? DateOnly.MinValue;
        var last = Day(context.Request, "to") ?? DateOnly.MaxValue;
        if (last < first)
        {
            throw ProblemException.BadValue("to", last.ToText(), $"lies before from, {first.ToText()}");
        }

        var all = await archive.ReadArchivedProvidersAsync(context.RequestAborted);
        string[] wanted = asked is null ? [.. all] : [.. asked.Split(',', StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
        if (wanted.FirstOrDefault(key => !all.Contains(key)) is { } unknown)
        {
            throw ProblemException.Unknown("provider", unknown, "is no known provider; /v1/providers lists them");
        }

        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.CacheControl = "no-store";
        HeaderValues.TellWhatVaries(context.Response.Headers);
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"rates-{time.GetUtcNow():yyyy-MM-dd}.ndjson\"";

        var coding = AnswerCoding.Best(context.Request.Headers.AcceptEncoding);
        if (coding is not null)
        {
            context.Response.Headers.ContentEncoding = coding;
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        // The thread that received the request must not do so much work.
        await Task.Run(() => WriteAsync(context, coding, wanted, first, last), context.RequestAborted);
    }

    private async Task WriteAsync(HttpContext context, string? coding, string[] providers, DateOnly first, DateOnly last)
    {
        var plain = context.Response.BodyWriter.AsStream(leaveOpen: true);
        if (coding is null)
        {
            await WriteAsync(plain, providers, first, last, context.RequestAborted);
            return;
        }

        await using var output = AnswerCoding.Into(plain, coding, CompressionLevel.Fastest);
        await WriteAsync(output, providers, first, last, context.RequestAborted);
    }

    private async Task WriteAsync(
        Stream output, string[] providers, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        await WriteAsync(
            output, new("archive") { Schema = ArchiveLine.CurrentSchema, At = time.GetUtcNow() }, cancellationToken);
        var lines = 0L;
        foreach (var provider in providers)
        {
            // Each year is a read of the store, and others can have nothing.
            for (var year = Math.Max(first.Year, FirstYear); year <= Math.Min(last.Year, time.UtcToday().Year + 1); year++)
            {
                foreach (var day in await archive.ReadArchivedDaysAsync(provider, year, cancellationToken))
                {
                    if (day.Day >= first && day.Day <= last)
                    {
                        LongWork.Yield();
                        using var value = JsonDocument.Parse(day.Json);
                        await WriteAsync(
                            output, new("day") { Provider = provider, Day = day.Day, Value = value.RootElement }, cancellationToken);
                        lines++;
                    }
                }
            }

            if (await archive.ReadArchivedSheetAsync(provider, cancellationToken) is { } sheet)
            {
                await WriteAsync(output, new("sheet") { Provider = provider, Sheet = sheet }, cancellationToken);
                lines++;
            }

            if (await history.ReadBackfilledAsync(provider, cancellationToken) is { } from && from >= first)
            {
                await WriteAsync(output, new("backfilled") { Provider = provider, From = from }, cancellationToken);
            }
        }

        await WriteAsync(output, new("end") { Lines = lines }, cancellationToken);
    }

    private static async Task WriteAsync(Stream output, ArchiveLine line, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(output, line, ArchiveLine.Json.ArchiveLine, cancellationToken);
        await output.WriteAsync(NewLine, cancellationToken);
    }

    private static DateOnly? Day(HttpRequest request, string name) =>
        OpsQuery.Value(request, name) is not { } text ? null
            : IsoText.TryParseDay(text, out var day) ? day
            : throw ProblemException.BadValue(name, text, "is not a day such as 2026-01-31");
}
