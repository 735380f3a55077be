using Rates.Store;

namespace Rates.Api;

/// <summary>
/// A copy in memory of all users and API keys, as last read from the store; it stays in use while the store cannot be reached.
/// </summary>
/// <param name="Users">By name.</param>
/// <param name="Keys">By id.</param>
internal sealed record AccessSnapshot(
    IReadOnlyDictionary<string, WithRevision<AccessUser>> Users, IReadOnlyDictionary<string, WithRevision<AccessKey>> Keys);

/// <summary>Keeps a copy of the store's users and API keys in memory. A change in the store takes effect here within a second.</summary>
internal sealed partial class AccessDirectory(
    AccessStore accessStore, IOperatorDocuments documents, FirstAdmin first, VerifiedCredentials verified, TimeProvider time,
    ILogger<AccessDirectory> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private long _revision = -1;
    private bool _failed;

    /// <summary>Null until the store was read once.</summary>
    public AccessSnapshot? Current { get; private set; }

    /// <summary>Reads the store now, for a change that was just made here.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var revision = await documents.ReadDocumentsRevisionAsync(cancellationToken);
            if (revision == _revision && Current is not null)
            {
                return;
            }

            var users = await accessStore.ReadUsersAsync(cancellationToken);
            if (Current is null && await first.EnsureAsync(users, cancellationToken))
            {
                users = await accessStore.ReadUsersAsync(cancellationToken);
            }

            Current = new(users, await accessStore.ReadKeysAsync(cancellationToken));
            _revision = revision;
            verified.Forget();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var tick = new PeriodicTimer(Poll, time);
        do
        {
            try
            {
                await RefreshAsync(stoppingToken);
                _failed = false;
            }
            catch (StoreUnavailableException problem)
            {
                if (!_failed)
                {
                    Log.Unread(logger, problem.Message);
                }

                _failed = true;
            }
        }
        while (await tick.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Users and keys cannot be read, those read last stay in force: {Problem}")]
        public static partial void Unread(ILogger logger, string problem);
    }
}
