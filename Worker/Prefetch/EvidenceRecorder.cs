using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Stores the bodies behind published sheets and behind days that a back-fill stored. A failure is logged and affects no figure.
/// </summary>
internal sealed partial class EvidenceRecorder(IEvidence evidence, ILogger<EvidenceRecorder> logger)
{
    // A message of an error is shorter. Rates are only searched for the secrets of their own provider: it takes time.
    private const int LongestMessage = 64 * 1024;

    /// <summary>Stores what <paramref name="sheet"/> was read from.</summary>
    public Task WriteAsync(
        ProviderBlock block, RateSheet sheet, FetchWindow window, IReadOnlyList<ReceivedBody> received,
        CancellationToken cancellationToken) =>
        WriteAsync(
            block,
            new(sheet.Provider, sheet.Epoch, sheet.Version, sheet.FetchedAt, window.From, window.To, window.Today, []), received,
            null, cancellationToken);

    /// <summary>Stores what the days of <paramref name="window"/> were read from, which were stored at <paramref name="at"/>.</summary>
    public Task WriteBackfillAsync(
        RateProvider provider, FetchWindow window, DateTimeOffset at, IReadOnlyList<ReceivedBody> received,
        CancellationToken cancellationToken) =>
        WriteAsync(
            provider.Block,
            new(provider.Key, "", at.ToUnixTimeMilliseconds(), at, window.From, window.To, window.Today, []) { IsBackfill = true },
            received, null, cancellationToken);

    /// <summary>Stores what refused figures were read from: an operator may release them, and then they are to be proved as well.</summary>
    public Task WriteRefusedAsync(
        RateProvider provider, string id, FetchWindow window, DateTimeOffset at, IReadOnlyList<ReceivedBody> received,
        CancellationToken cancellationToken) =>
        WriteAsync(
            provider.Block, new(provider.Key, "", 0, at, window.From, window.To, window.Today, []), received, id,
            cancellationToken);

    /// <summary>Stores the evidence of a refused sheet as that of the sheet that its figures were published with.</summary>
    public Task ReleaseAsync(string id, string provider, string epoch, long version, CancellationToken cancellationToken) =>
        GuardAsync(provider, version, async () =>
        {
            if (await evidence.ReadRefusedAsync(provider, id, cancellationToken) is { } known)
            {
                await CopyAsync(known, epoch, version, cancellationToken);
            }
        });

    /// <summary>Stores evidence once more, as that of another sheet which was read from the same bodies.</summary>
    public async Task CopyAsync(SheetEvidence known, string epoch, long version, CancellationToken cancellationToken)
    {
        Dictionary<string, ReadOnlyMemory<byte>> bodies = new(StringComparer.Ordinal);
        foreach (var digest in known.Bodies.Where(body => body.IsStored).Select(body => body.Digest).Distinct(StringComparer.Ordinal))
        {
            if (await evidence.ReadBodyAsync(digest, cancellationToken) is { } bytes)
            {
                bodies[digest] = bytes;
            }
        }

        await evidence.WriteAsync(known with { Epoch = epoch, Version = version }, bodies, cancellationToken);
    }

    private async Task WriteAsync(
        ProviderBlock block, SheetEvidence sheet, IReadOnlyList<ReceivedBody> received, string? refusedId,
        CancellationToken cancellationToken)
    {
        if (!evidence.IsKept)
        {
            return;
        }

        var secrets = SafeText.SecretsOf(block);
        Dictionary<string, ReadOnlyMemory<byte>> bodies = new(StringComparer.Ordinal);
        List<EvidenceBody> answers = [];
        foreach (var one in received)
        {
            var body = one.Response.Body!;
            var digest = Convert.ToHexStringLower(SHA256.HashData(body.Bytes.Span));
            var isStored = !SafeText.Contains(
                Encoding.Latin1.GetString(body.Bytes.Span), body.Bytes.Length <= LongestMessage ? secrets : SafeText.OwnSecretsOf(block));
            if (isStored)
            {
                bodies[digest] = body.Bytes;
            }

            answers.Add(Answer(one, digest, isStored, secrets));
        }

        sheet = sheet with { Bodies = answers };
        await GuardAsync(sheet.Provider, sheet.Version, () => refusedId is null
            ? evidence.WriteAsync(sheet, bodies, cancellationToken)
            : evidence.WriteRefusedAsync(refusedId, sheet, bodies, cancellationToken));
    }

    private async Task GuardAsync(string provider, long version, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception problem) when (problem is StoreUnavailableException or InvalidDataException)
        {
            Log.NotStored(logger, provider, version, problem.Message);
        }
    }

    private static EvidenceBody Answer(ReceivedBody one, string digest, bool isStored, IReadOnlyList<string> secrets) =>
        new(
            SafeText.Redact(one.Response.Address.AbsoluteUri, secrets), one.At,
            one.Response.Headers.ToDictionary(header => header.Key, header => SafeText.Redact(header.Value, secrets)), digest,
            one.Response.Body!.Bytes.Length)
        {
            Method = one.Request.Method,
            Path = SafeText.Redact(one.Request.Path, secrets),
            Origin = one.Request.Origin,
            RequestBody = one.Request.Body is { } text ? SafeText.Redact(text, secrets) : null,
            RequestType = one.Request.ContentType,
            IsStep = one.Request.IsStep,
            EndsKnown = one.Response.Body.EndsKnown,
            IsStored = isStored,
        };

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider}: the evidence of version {Version} is not stored: {Problem}")]
        public static partial void NotStored(ILogger logger, string provider, long version, string problem);
    }
}
