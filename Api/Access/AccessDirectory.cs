using Rates.Settings;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// A copy in memory of all users and API keys, as last read from the store; it stays in use while the store cannot be reached.
/// </summary>
/// <param name="Users">By name.</param>
/// <param name="Keys">By id.</param>
internal sealed record AccessSnapshot(
    IReadOnlyDictionary<string, WithRevision<AccessUser>> Users, IReadOnlyDictionary<string, WithRevision<AccessKey>> Keys)
{
    /// <summary>Whether some key has providers of its own, so that it may be answered otherwise than somebody without a key.</summary>
    public bool HasProviderLists { get; } = Keys.Values.Any(key => key.Value.DefaultProviders.Count > 0);

    /// <summary>Whether the user or key that signed in is still stored as it was then.</summary>
    public bool Has(Caller caller) => caller.Revision == (caller.Key is null
        ? Users.GetValueOrDefault(caller.Name)?.Revision
        : Keys.GetValueOrDefault(caller.Name[Caller.KeyPrefix.Length..])?.Revision);
}

/// <summary>Keeps a copy of the store's users and API keys in memory. A change in the store takes effect here within a second.</summary>
internal sealed partial class AccessDirectory(
    AccessStore accessStore, IOperatorDocuments documents, FirstAdmin first, VerifiedCredentials verified, CurrentBook book,
    IHostApplicationLifetime lifetime, TimeProvider time, ILogger<AccessDirectory> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly TaskCompletionSource _asked = NewSignal();
    private TaskCompletionSource _changed = NewSignal();
    private long _revision = -1;
    private bool _failed;

    /// <summary>Null until the store was read once.</summary>
    public AccessSnapshot? Current { get; private set; }

    /// <summary>
    /// <see cref="Current"/>, waiting until the store was asked once, right after the start; null when it could not be reached.
    /// </summary>
    public async Task<AccessSnapshot?> FirstAsync(CancellationToken cancellationToken)
    {
        if (Current is null)
        {
            await _asked.Task.WaitAsync(cancellationToken);
        }

        return Current;
    }

    /// <summary>Ends when <see cref="Current"/> is replaced the next time.</summary>
    public Task NextChange => Volatile.Read(ref _changed).Task;

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
            if (HasToBegin(users) && await first.EnsureAsync(users, cancellationToken))
            {
                users = await accessStore.ReadUsersAsync(cancellationToken);
            }

            var keys = await accessStore.ReadKeysAsync(cancellationToken);

            // As long as a key counts, no query of it names a provider that the book does not have.
            string[] named = [.. ProvidersOf(keys)];
            book.Keep(Current is null ? named : named.Concat(ProvidersOf(Current.Keys)));
            Current = new(users, keys);
            book.Keep(named);
            _revision = revision;
            verified.Forget();
            Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
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
        try
        {
            await lifetime.WaitForStartAsync(stoppingToken);
            using var tick = new PeriodicTimer(Poll, time);
            do
            {
                await TryRefreshAsync(stoppingToken);
                _asked.TrySetResult();
            }
            while (await tick.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            _asked.TrySetResult();
        }
    }

    private async Task TryRefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RefreshAsync(cancellationToken);
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

    // At the first start, and when a store that was emptied has no user any more: nobody could sign in until the next start.
    private bool HasToBegin(IReadOnlyDictionary<string, WithRevision<AccessUser>> users) =>
        Current is null || (users.Count == 0 && Current.Users.Count > 0);

    private static IEnumerable<string> ProvidersOf(IReadOnlyDictionary<string, WithRevision<AccessKey>> keys) =>
        keys.Values.SelectMany(key => key.Value.DefaultProviders);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Users and keys cannot be read, those read last stay in force: {Problem}")]
        public static partial void Unread(ILogger logger, string problem);
    }
}
