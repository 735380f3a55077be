using System.Text.Json;
using Microsoft.Extensions.Logging;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Looks every ten seconds at all providers and sends alerts about them. Of all workers one does each look: the one that the store lets.
/// </summary>
internal sealed partial class AlertRunner(
    IReadOnlyList<IAlertChannel> channels, AlertOptions options, ProviderWatch watch, IClaims claims, IOperatorDocuments documents,
    StoreAvailability availability, WorkerOptions worker, WorkerMetrics metrics, StoreClock time, ILogger<AlertRunner> logger)
    : ClaimedLooks(ClaimName, Interval, Lease, claims, availability, worker, time, logger)
{
    /// <summary>The name that looks are claimed under, beside the keys of providers.</summary>
    public const string ClaimName = "rates-alerts";

    /// <summary>The kind of the document that holds the memory.</summary>
    public const string Kind = "alert";

    private const string Document = "state";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SendDeadline = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GiveUp = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(15);

    private readonly string[] _names = [.. channels.Select(channel => channel.Name)];

    /// <inheritdoc/>
    protected override ValueTask<bool> HasReceiversAsync(CancellationToken cancellationToken) => new(channels.Count > 0);

    /// <summary>When a message is tried again after <paramref name="attempts"/> failures: 10, 20, 40 … s, at most 15 min.</summary>
    public static TimeSpan BackOff(int attempts) =>
        Interval * (1 << Math.Min(attempts - 1, 7)) is var wait && wait < LongestBackOff ? wait : LongestBackOff;

    /// <inheritdoc/>
    protected override async Task LookUnderClaimAsync(CancellationToken cancellationToken)
    {
        var stored = (await documents.ReadDocumentsAsync(Kind, cancellationToken)).GetValueOrDefault(Document);
        var memory = stored is null ? new() : Read(stored.Json);
        var next = AlertDecision.Next(memory, await watch.ReadAsync(cancellationToken), options, _names, Time.GetUtcNow());
        var revision = stored?.Revision ?? 0;
        if (!AlertDecision.Same(memory, next))
        {
            // Stored before anything is sent, so that a message survives this worker.
            if (await StoreAsync(next, revision, cancellationToken) is not { } first)
            {
                return;
            }

            revision = first;
        }

        foreach (var message in next.Outbox.Where(message => message.NotBefore <= Time.GetUtcNow()))
        {
            var sent = await SendAsync(message, cancellationToken);
            next = next with { Outbox = [.. next.Outbox.Select(one => one.Id == message.Id ? sent : one).OfType<AlertMessage>()] };
            if (await StoreAsync(next, revision, cancellationToken) is not { } stays)
            {
                return;
            }

            revision = stays;
        }
    }

    /// <summary>Sends a message to each receiver that has not got it. Returns what is left to do; null for nothing.</summary>
    private async Task<AlertMessage?> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        List<string> left = [];
        foreach (var channel in channels.Where(channel => message.Channels.Contains(channel.Name)))
        {
            var isSent = await SendAsync(channel, message, cancellationToken);
            metrics.AlertSent(channel.Name, isSent);
            if (!isSent)
            {
                left.Add(channel.Name);
            }
        }

        if (left.Count == 0)
        {
            return null;
        }

        var now = Time.GetUtcNow();
        if (now - message.At > GiveUp)
        {
            Log.GivenUp(Logger, message.Subject, GiveUp.TotalHours, string.Join(", ", left));
            return null;
        }

        return message with { Channels = left, Attempts = message.Attempts + 1, NotBefore = now + BackOff(message.Attempts + 1) };
    }

    private async Task<bool> SendAsync(IAlertChannel channel, AlertMessage message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(SendDeadline, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await channel.SendAsync(message, either.Token);
            Log.Sent(Logger, channel.Name, message.Subject);
            return true;
        }
        catch (AlertException problem)
        {
            Log.NotSent(Logger, channel.Name, problem.Message, message.Subject);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotSent(Logger, channel.Name, $"no answer within {SendDeadline.TotalSeconds} s", message.Subject);
        }

        return false;
    }

    private Task<long?> StoreAsync(AlertMemory memory, long revision, CancellationToken cancellationToken) =>
        documents.EditDocumentAsync(
            new(Kind, Document, revision, JsonSerializer.Serialize(memory, AlertJson.Default.AlertMemory), WorkerId, Note: null),
            cancellationToken);

    private AlertMemory Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, AlertJson.Default.AlertMemory) ?? new();
        }
        catch (JsonException damaged)
        {
            // All that is lost is who was told what: states that hold are told again.
            Log.Damaged(Logger, damaged.Message);
            return new();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Alert sent by {Channel}: {Subject}")]
        public static partial void Sent(ILogger logger, string channel, string subject);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Alert not sent by {Channel}, tried again later: {Problem}; it says: {Subject}")]
        public static partial void NotSent(ILogger logger, string channel, string problem, string subject);

        [LoggerMessage(Level = LogLevel.Error,
            Message = "Alert given up after {Hours} h, not delivered by {Channels}; it says: {Subject}")]
        public static partial void GivenUp(ILogger logger, string subject, double hours, string channels);

        [LoggerMessage(Level = LogLevel.Warning, Message = "What was told by alerts cannot be read and is forgotten: {Problem}")]
        public static partial void Damaged(ILogger logger, string problem);
    }
}
