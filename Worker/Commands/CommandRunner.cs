using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Takes operators' commands from the store and has them carried out: each by one worker, and by another if that worker stops before the
/// end.
/// </summary>
internal sealed partial class CommandRunner(
    CommandStore commandStore, IOperatorDocuments documents, CommandActions actions, IWorkerReader workers, StoreAvailability availability,
    WorkerOptions options,
    TimeProvider time, ILogger<CommandRunner> logger) : StoreFollower(availability, time)
{
    private const int MostAtOnce = 4;
    private static readonly TimeSpan Progress = TimeSpan.FromSeconds(1);

    // A worker beats every ten seconds: one that missed three is gone.
    private static readonly TimeSpan Gone = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenSearches = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);
    private long _revision = -1;
    private long _searched;
    private bool _full;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_running.Values);
    }

    /// <inheritdoc/>
    protected override Task<IAsyncDisposable> WatchAsync(CancellationToken cancellationToken) =>
        documents.WatchDocumentsAsync(HintOf, cancellationToken);

    /// <inheritdoc/>
    protected override async Task LookAsync(CancellationToken stoppingToken)
    {
        var revision = await documents.ReadDocumentsRevisionAsync(stoppingToken);
        var isSearchDue = Time.GetElapsedTime(_searched) >= BetweenSearches;
        if (revision == _revision && !isSearchDue && !_full)
        {
            return;
        }

        var commands = await commandStore.ReadAsync(stoppingToken);
        IReadOnlyDictionary<string, DateTimeOffset> beats = new Dictionary<string, DateTimeOffset>();
        if (isSearchDue && commands.Values.Any(command => command.Value.State == CommandState.Running))
        {
            (_searched, beats) = (Time.GetTimestamp(), await workers.ReadWorkersAsync(stoppingToken));
        }

        _full = false;
        foreach (var (id, command) in commands)
        {
            if (!_running.ContainsKey(id) && (command.Value.State == CommandState.Queued || IsOrphan(command.Value, beats)))
            {
                await TakeAsync(id, command, stoppingToken);
            }
        }

        _revision = revision;
    }

    private void HintOf(string kind)
    {
        if (kind == CommandStore.Kind)
        {
            Signal();
        }
    }

    // All beats are told by the store's clock; without any beat nothing is known of anybody.
    private bool IsOrphan(OperatorCommand command, IReadOnlyDictionary<string, DateTimeOffset> beats) =>
        command.State == CommandState.Running && beats.Count > 0
        && (command.Worker == options.Id || !beats.TryGetValue(command.Worker, out var beat) || beats.Values.Max() - beat > Gone);

    private async Task TakeAsync(string id, WithRevision<OperatorCommand> command, CancellationToken stoppingToken)
    {
        if (_running.Count >= MostAtOnce)
        {
            _full = true;
            return;
        }

        var taken = command.Value with { State = CommandState.Running, Worker = options.Id };
        if (await commandStore.UpdateAsync(id, command.Revision, taken, stoppingToken) is { } revision)
        {
            Log.Taken(logger, taken.Kind, taken.Provider, taken.By);
            _running[id] = CarryOutAsync(id, revision, taken, stoppingToken);
        }
    }

    private async Task CarryOutAsync(string id, long revision, OperatorCommand command, CancellationToken stoppingToken)
    {
        await Task.Yield();
        var latest = command;
        try
        {
            var running = actions.RunAsync(id, command, progress => latest = progress, stoppingToken);
            var told = command;
            while (await Task.WhenAny(running, Task.Delay(Progress, Time, CancellationToken.None)) != running)
            {
                var progress = latest;
                if (progress != told && await StoreAsync(id, revision, progress) is { } stored)
                {
                    (revision, told) = (stored, progress);
                }
            }

            var (isDone, message) = await running;
            latest = latest with
            {
                State = isDone ? CommandState.Done : CommandState.Failed,
                Message = message,
                EndedAt = Time.GetUtcNow(),
                Percent = isDone ? 100 : latest.Percent,
            };
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Another worker goes on where this one stopped.
            latest = latest with { State = CommandState.Queued, Worker = "" };
        }
        catch (Exception problem)
        {
            // All errors are caught here: a command that cannot be carried out is recorded as failed, and never ends the worker.
            latest = latest with { State = CommandState.Failed, Message = actions.Problem(command, problem), EndedAt = Time.GetUtcNow() };
        }

        await EndAsync(id, revision, latest);
    }

    private async Task EndAsync(string id, long revision, OperatorCommand command)
    {
        // While the store cannot be reached, the end of the command cannot be recorded: it is tried until it can.
        while (await StoreAsync(id, revision, command) is null && !Availability.IsUp)
        {
            await Task.Delay(StoreAvailability.Retry, Time, CancellationToken.None);
        }

        _running.TryRemove(id, out _);
        Log.Ended(logger, command.Kind, command.Provider, command.State, command.Message);
        Signal();
    }

    private async Task<long?> StoreAsync(string id, long revision, OperatorCommand command)
    {
        try
        {
            var stored = await commandStore.UpdateAsync(id, revision, command, CancellationToken.None);
            Availability.Found();
            return stored;
        }
        catch (StoreUnavailableException problem)
        {
            Availability.Lost(problem);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: {Command}, requested by {By}, is carried out here")]
        public static partial void Taken(ILogger logger, CommandKind command, string provider, string by);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: {Command} is {State}: {Text}")]
        public static partial void Ended(ILogger logger, CommandKind command, string provider, CommandState state, string text);
    }
}
