using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace Rates.Store;

/// <summary>One connection to Redis for one purpose, so that a large answer does not delay small ones.</summary>
/// <param name="options">The server, and the settings of the connection.</param>
/// <param name="server">The server's address for messages.</param>
/// <param name="purpose">Shown in the server's list of clients.</param>
/// <param name="deadline">How long one command may take.</param>
/// <param name="time">Measures it.</param>
internal sealed class RedisConnection(
    ConfigurationOptions options, string server, string purpose, TimeSpan deadline, TimeProvider time) : IAsyncDisposable
{
    // The first command waits for the connection as well.
    private readonly TimeSpan _connectDeadline = deadline + TimeSpan.FromSeconds(1.5);
    private readonly ConfigurationOptions _options = Own(options, purpose, deadline);
    private readonly Lock _lock = new();
    private Task<ConnectionMultiplexer>? _connected;
    private bool _closed;

    /// <summary>Begins to connect; without this call the first command does.</summary>
    /// <exception cref="ObjectDisposedException">The connection was closed before.</exception>
    public void Connect() => _ = ConnectedAsync();

    /// <summary>Sends a command and waits for its answer, at most as long as the deadline. The call is measured.</summary>
    /// <param name="command">What to send.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="operation">The name of the call in metrics: the calling method.</param>
    /// <exception cref="StoreUnavailableException">
    /// There was no answer in time, the connection broke, or the server refused the command.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The connection was closed before.</exception>
    public async Task<T> AskAsync<T>(
        Func<IDatabase, Task<T>> command, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        await (Task<T>)await AnsweredAsync(command, operation, cancellationToken);

    // For any type of answer: what waits is compiled once, not for each of them when the program runs.
    private Task<Task> AnsweredAsync(Func<IDatabase, Task> command, string operation, CancellationToken cancellationToken) =>
        StoreMetrics.MeasureAsync("redis", operation, () => SendAsync(command, cancellationToken));

    private async Task<Task> SendAsync(Func<IDatabase, Task> command, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        try
        {
            var redis = await ConnectedAsync().WaitAsync(_connectDeadline, time, cancellationToken);
            var answer = command(redis.GetDatabase());
            await answer.WaitAsync(deadline, time, cancellationToken);
            return answer;
        }
        catch (TimeoutException late)
        {
            throw Unavailable($"no answer in time ({purpose}, {deadline.TotalSeconds} s)", late);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure) when (RedisFailure.Reason(failure) is { } why)
        {
            throw Unavailable(why, failure);
        }
    }

    /// <summary>Sends a command about one provider's keys.</summary>
    /// <exception cref="CorruptSheetException">One of them holds another type of value.</exception>
    /// <inheritdoc cref="AskAsync{T}(Func{IDatabase, Task{T}}, CancellationToken, string)"/>
    public async Task<T> AskAsync<T>(
        string provider, Func<IDatabase, Task<T>> command, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        await (Task<T>)await AnsweredAsync(provider, command, operation, cancellationToken);

    private async Task<Task> AnsweredAsync(
        string provider, Func<IDatabase, Task> command, string operation, CancellationToken cancellationToken)
    {
        try
        {
            return await AnsweredAsync(command, operation, cancellationToken);
        }
        catch (StoreUnavailableException refused) when (
            refused.InnerException is RedisServerException wrong && wrong.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal))
        {
            throw new CorruptSheetException(provider, $"a key holds another type of value ({wrong.Message})");
        }
    }

    /// <summary>
    /// Hands every message of <paramref name="channel"/> on until the result is disposed. Waits for the
    /// server no longer than for a command; when it cannot be reached, the subscription is made later.
    /// </summary>
    public async Task<IAsyncDisposable> SubscribeAsync(string channel, Action<string> handle, CancellationToken cancellationToken)
    {
        var subscription = new RedisSubscription(ConnectedAsync(), RedisChannel.Literal(channel), handle, time);
        await Task.WhenAny(subscription.Begun, Task.Delay(deadline, time, cancellationToken));
        return subscription;
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _closed = true;
        }

        if (_connected is { } connected)
        {
            try
            {
                await (await connected).DisposeAsync();
            }
            catch (RedisException)
            {
                // It never came to a connection.
            }
        }
    }

    private static ConfigurationOptions Own(ConfigurationOptions shared, string purpose, TimeSpan deadline)
    {
        var own = shared.Clone();
        own.ClientName = $"rates-{purpose}";
        own.AsyncTimeout = own.SyncTimeout = (int)deadline.TotalMilliseconds;
        return own;
    }

    private StoreUnavailableException Unavailable(string why, Exception failure) =>
        new($"{server}: {RedisConfiguration.CertificateProblem(_options) ?? why}", failure);

    // When the server cannot be reached, the connection is made in the background later.
    private Task<ConnectionMultiplexer> ConnectedAsync()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return _connected = _connected is null or { IsFaulted: true } or { IsCanceled: true }
                ? ConnectionMultiplexer.ConnectAsync(_options)
                : _connected;
        }
    }
}
