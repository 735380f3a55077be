using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Reads an exported archive line by line while it arrives, and stores what the store lacks or has older. A line that cannot be used is
/// refused and the others are taken. Importing the same archive again changes nothing.
/// </summary>
internal sealed class ArchiveImport(IArchive archive, IHistory history, IOperatorDocuments documents, TimeProvider time)
{
    private const int LongestLine = 2 * 1024 * 1024;
    private const int MostNamed = 20;
    private const int DaysAtOnce = 64;
    private const int DaysAhead = 2;

    /// <summary>Answers what was taken, kept and refused.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        RequestBody.RefuseCoding(context.Request);

        // The thread that received the request must not do so much work.
        var run = new Run(archive, history, time);
        await Task.Run(() => run.ReadAsync(context.Request.BodyReader, context.RequestAborted), context.RequestAborted);
        var view = run.View;
        await documents.RecordChangeAsync(
            new(
                "archive", "", Caller.Of(context).Name, "",
                $"{view.Taken.Days} days and {view.Taken.Sheets} sheets taken, {view.Refused} lines refused"),
            context.RequestAborted);
        await OpsHttp.SendAsync(context, view, ArchiveLine.Json.ArchiveImportView);
    }

    /// <summary>Carries out one import: counts what is stored, and collects the lines that are refused.</summary>
    private sealed class Run(IArchive archive, IHistory history, TimeProvider time)
    {
        private readonly List<(long Line, ArchivedDay Day)> _waiting = [];
        private readonly List<ArchiveProblem> _problems = [];
        private readonly HashSet<string> _refusedProviders = new(StringComparer.Ordinal);
        private string _provider = "";
        private (long Days, long Sheets) _taken;
        private (long Days, long Sheets) _kept;
        private long _line;
        private long _used;
        private long _refused;
        private bool _begun;
        private bool _isWhole;

        public ArchiveImportView View => new(
            new(_taken.Days, _taken.Sheets), new(_kept.Days, _kept.Sheets), _refused, _problems, _isWhole);

        public async Task ReadAsync(PipeReader input, CancellationToken cancellationToken)
        {
            for (var isWhole = false; !isWhole;)
            {
                var read = await input.ReadAsync(cancellationToken);
                isWhole = read.IsCompleted;
                var (rest, examined) = (read.Buffer, read.Buffer.End);
                try
                {
                    while (rest.PositionOf((byte)'\n') is { } end)
                    {
                        await TakeAsync(rest.Slice(0, end).ToArray(), cancellationToken);
                        rest = rest.Slice(rest.GetPosition(1, end));
                    }

                    if (rest.Length > LongestLine)
                    {
                        throw ProblemException.BadParameter("body", $"line {_line + 1} is longer than {LongestLine} bytes");
                    }

                    if (isWhole)
                    {
                        await TakeAsync(rest.ToArray(), cancellationToken);
                        rest = rest.Slice(rest.End);
                    }
                }
                finally
                {
                    // Also of a body that is refused: the server reads the rest of it, and cannot while a read is open.
                    input.AdvanceTo(rest.Start, examined);
                }
            }

            if (!_begun)
            {
                throw ProblemException.BadParameter("body", "is empty; an archive is needed, as GET of this address writes it");
            }

            await StoreAsync(cancellationToken);
        }

        private async Task TakeAsync(byte[] bytes, CancellationToken cancellationToken)
        {
            _line++;
            if (bytes.AsSpan().Trim(" \r\t"u8).IsEmpty)
            {
                return;
            }

            ArchiveLine? line;
            try
            {
                line = JsonSerializer.Deserialize(bytes, ArchiveLine.Json.ArchiveLine);
            }
            catch (JsonException)
            {
                line = null;
            }

            if (!_begun)
            {
                Begin(line);
                return;
            }

            await UseAsync(line, cancellationToken);
        }

        private void Begin(ArchiveLine? line)
        {
            if (line is not { Kind: "archive", Schema: { } schema })
            {
                throw ProblemException.BadParameter("body", "does not begin with the line of an archive, as GET of this address writes it");
            }

            if (schema != ArchiveLine.CurrentSchema)
            {
                throw ProblemException.BadParameter(
                    "body", $"is of schema {schema}, and this program reads {ArchiveLine.CurrentSchema}");
            }

            _begun = true;
        }

        private async Task UseAsync(ArchiveLine? line, CancellationToken cancellationToken)
        {
            switch (line)
            {
                case { Kind: "day", Provider: { } provider, Day: { } day, Value: { } value } when ProviderKey.IsOne(provider):
                    _used++;
                    if (day > time.UtcToday().AddDays(DaysAhead))
                    {
                        Refuse(_line, provider, $"{day.ToText()} lies in the future: at most {DaysAhead} days after today are taken");
                        break;
                    }

                    if (provider != _provider || _waiting.Count == DaysAtOnce || _waiting.Exists(known => known.Day.Day == day))
                    {
                        await StoreAsync(cancellationToken);
                    }

                    _provider = provider;
                    _waiting.Add((_line, new(day, value.GetRawText())));
                    break;
                case { Kind: "sheet", Provider: { } provider, Sheet: { } sheet } when ProviderKey.IsOne(provider):
                    _used++;
                    await StoreSheetAsync(provider, sheet, cancellationToken);
                    break;
                case { Kind: "backfilled", Provider: { } provider, From: { } from } when ProviderKey.IsOne(provider):
                    await StoreAsync(cancellationToken);
                    await BackfilledAsync(provider, from, cancellationToken);
                    break;
                case { Kind: "end", Lines: { } lines }:
                    _isWhole = lines == _used;
                    break;
                default:
                    Refuse(_line, "", "it is no line of an archive");
                    break;
            }
        }

        private async Task StoreSheetAsync(string provider, string sheet, CancellationToken cancellationToken)
        {
            try
            {
                _ = await archive.RestoreSheetAsync(provider, sheet, cancellationToken) ? _taken.Sheets++ : _kept.Sheets++;
            }
            catch (CorruptSheetException problem)
            {
                Refuse(_line, provider, problem.Message);
            }
        }

        // Where days were refused, history is not complete: it is fetched again.
        private async Task BackfilledAsync(string provider, DateOnly from, CancellationToken cancellationToken)
        {
            if (!_refusedProviders.Contains(provider)
                && await history.ReadBackfilledAsync(provider, cancellationToken) is var known && (known is null || known > from))
            {
                await history.WriteBackfilledAsync(provider, from, cancellationToken);
            }
        }

        private async Task StoreAsync(CancellationToken cancellationToken)
        {
            if (_waiting.Count == 0)
            {
                return;
            }

            try
            {
                Count(await archive.RestoreDaysAsync(_provider, [.. _waiting.Select(one => one.Day)], cancellationToken), _waiting.Count);
            }
            catch (Exception problem) when (problem is FormatException or CorruptSheetException)
            {
                // One by one, so that only what cannot be used is refused.
                foreach (var (line, day) in _waiting)
                {
                    await StoreOneAsync(line, day, cancellationToken);
                }
            }

            _waiting.Clear();
        }

        private async Task StoreOneAsync(long line, ArchivedDay day, CancellationToken cancellationToken)
        {
            try
            {
                Count(await archive.RestoreDaysAsync(_provider, [day], cancellationToken), 1);
            }
            catch (Exception problem) when (problem is FormatException or CorruptSheetException)
            {
                Refuse(line, _provider, $"{day.Day.ToText()}: {problem.Message}");
            }
        }

        private void Count(int changed, int all) => (_taken.Days, _kept.Days) = (_taken.Days + changed, _kept.Days + all - changed);

        private void Refuse(long line, string provider, string why)
        {
            _refused++;
            _refusedProviders.Add(provider);
            if (_problems.Count < MostNamed)
            {
                _problems.Add(new(line, why));
            }
        }
    }
}
