using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Looks every ten seconds at all providers and sends alerts about them. Of all workers one does each look: the one that the store lets.
/// </summary>
internal sealed partial class AlertRunner(
    IReadOnlyList<IAlertChannel> channels, AlertOptions options, ProviderWatch watch, IClaims claims, IOperatorDocuments documents,
    StoreAvailability availability, WorkerOptions worker, WorkerMetrics metrics, StoreClock time, ILogger<AlertRunner> logger)
    : BackgroundService
{
    /// <summary>The name that looks are claimed under, beside the keys of providers.</summary>
    public const string ClaimName = "rates-alerts";

    /// <summary>The kind of the document that holds the memory.</summary>
    public const string Kind = "alert";

    private const string Document = "state";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SendDeadline = TimeSpan.FromSeconds(15);

    // A look, with all its sending, is over long before its claim could be given to another worker.
    private static readonly TimeSpan LookDeadline = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan GiveUp = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(15);

    private readonly string[] _names = [.. channels.Select(channel => channel.Name)];

    /// <summary>When a message is tried again after <paramref name="attempts"/> failures: 10, 20, 40 … s, at most 15 min.</summary>
    public static TimeSpan BackOff(int attempts) =>
        Interval * (1 << Math.Min(attempts - 1, 7)) is var wait && wait < LongestBackOff ? wait : LongestBackOff;

    /// <summary>One look: claims it, decides what to tell, and sends what is due. Does nothing when another worker has the claim.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var slot = new DateTimeOffset(now.Ticks - now.Ticks % Interval.Ticks, TimeSpan.Zero);
        var claim = await claims.ClaimAsync(ClaimName, slot, new(worker.Id, Lease, TimeSpan.Zero, MaxAttempts: 2), cancellationToken);
        if (claim.Verdict != ClaimVerdict.Granted)
        {
            return;
        }

        using var deadline = new CancellationTokenSource(LookDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await LookUnderClaimAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.TooLong(logger, LookDeadline.TotalSeconds);
        }
        finally
        {
            await claims.FinishAsync(
                claim, new(SlotDone: true, Failed: false, null, null, null, null), CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (channels.Count == 0)
        {
            return;
        }

        using var tick = new PeriodicTimer(Interval, time);
        while (await tick.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
                availability.Found();
            }
            catch (StoreUnavailableException problem)
            {
                availability.Lost(problem);
            }
            catch (CorruptSheetException problem)
            {
                Log.Corrupt(logger, problem.Message);
            }
        }
    }

    private async Task LookUnderClaimAsync(CancellationToken cancellationToken)
    {
        var stored = (await documents.ReadDocumentsAsync(Kind, cancellationToken)).GetValueOrDefault(Document);
        var memory = stored is null ? new() : Read(stored.Json);
        var next = AlertDecision.Next(memory, await watch.ReadAsync(cancellationToken), options, _names, time.GetUtcNow());
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

        foreach (var message in next.Outbox.Where(message => message.NotBefore <= time.GetUtcNow()))
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

        var now = time.GetUtcNow();
        if (now - message.At > GiveUp)
        {
            Log.GivenUp(logger, message.Subject, GiveUp.TotalHours, string.Join(", ", left));
            return null;
        }

        return message with { Channels = left, Attempts = message.Attempts + 1, NotBefore = now + BackOff(message.Attempts + 1) };
    }

    private async Task<bool> SendAsync(IAlertChannel channel, AlertMessage message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(SendDeadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await channel.SendAsync(message, either.Token);
            Log.Sent(logger, channel.Name, message.Subject);
            return true;
        }
        catch (AlertException problem)
        {
            Log.NotSent(logger, channel.Name, problem.Message, message.Subject);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotSent(logger, channel.Name, $"no answer within {SendDeadline.TotalSeconds} s", message.Subject);
        }

        return false;
    }

    private Task<long?> StoreAsync(AlertMemory memory, long revision, CancellationToken cancellationToken) =>
        documents.EditDocumentAsync(
            new(Kind, Document, revision, JsonSerializer.Serialize(memory, AlertJson.Default.AlertMemory), worker.Id, Note: null),
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
            Log.Damaged(logger, damaged.Message);
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

        [LoggerMessage(Level = LogLevel.Warning, Message = "Sending alerts took more than {Seconds} s and goes on with the next look")]
        public static partial void TooLong(ILogger logger, double seconds);

        [LoggerMessage(Level = LogLevel.Warning, Message = "What was told by alerts cannot be read and is forgotten: {Problem}")]
        public static partial void Damaged(ILogger logger, string problem);

        [LoggerMessage(Level = LogLevel.Error, Message = "No alerts: {Problem}")]
        public static partial void Corrupt(ILogger logger, string problem);
    }
}
