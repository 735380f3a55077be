using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Stores the original documents that published rates were read from. A failure is logged and does not affect the rates.</summary>
internal sealed partial class EvidenceRecorder(IEvidence evidence, ILogger<EvidenceRecorder> logger)
{
    /// <summary>Stores what <paramref name="sheet"/> was read from.</summary>
    public async Task WriteAsync(
        ProviderBlock block, RateSheet sheet, FetchWindow window, IReadOnlyList<ReceivedBody> received, CancellationToken cancellationToken)
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
            var isStored = !SafeText.Contains(Encoding.Latin1.GetString(body.Bytes.Span), secrets);
            if (isStored)
            {
                bodies[digest] = body.Bytes;
            }

            answers.Add(Answer(one, digest, isStored, secrets));
        }

        try
        {
            await evidence.WriteAsync(
                new(sheet.Provider, sheet.Epoch, sheet.Version, sheet.FetchedAt, window.From, window.To, window.Today, answers), bodies,
                cancellationToken);
        }
        catch (StoreUnavailableException problem)
        {
            Log.NotStored(logger, sheet.Provider, sheet.Version, problem.Message);
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
