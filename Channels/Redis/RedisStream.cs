using Rates.Api;
using StackExchange.Redis;

namespace Rates.Channels;

/// <summary>
/// Adds each published or revised sheet to a Redis stream, once, also when several processes do so: a script compares the version with the
/// last one of that provider in the hash beside the stream.
/// </summary>
internal sealed class RedisStream(ChannelServices channel) : IChannel
{
    private const int DeadlineMilliseconds = 5_000;

    // KEYS: the stream, the hash. ARGV: provider, version, length, then names and values. An epoch is a text that rises, a version a number
    // that rises within its epoch.
    private const string Script =
        """
        local seen = redis.call('HGET', KEYS[2], ARGV[1])
        local epoch, number = string.match(ARGV[2], '^(.*):(%-?%d+)$')
        if seen then
          local lastEpoch, last = string.match(seen, '^(.*):(%-?%d+)$')
          if lastEpoch > epoch or (lastEpoch == epoch and tonumber(last) >= tonumber(number)) then return 0 end
        end
        redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], '*', unpack(ARGV, 4))
        redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
        return 1
        """;

    private readonly SecretFile _password = new(channel.Options.PasswordFile);

    /// <summary>Its settings.</summary>
    public static ChannelType Type { get; } = new(
        "redis",
        [nameof(ChannelOptions.Stream), nameof(ChannelOptions.Length), nameof(ChannelOptions.User), nameof(ChannelOptions.PasswordFile)],
        Problems,
        channel => new RedisStream(channel))
    { AnswersRequests = false, SendsChanges = _ => true };

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var failure = new Failure();
        await using var connection = await ConnectAsync();
        connection.ConnectionFailed += (_, end) => failure.Report(
            end.Exception ?? new IOException($"The connection to Redis failed: {end.FailureType}"));
        channel.Record.Opened();

        // The stream itself knows what it has: whatever happened while nobody ran is added now.
        channel.Changes.Forget();
        var following = channel.FollowAsync(failure, (change, _) => AddAsync(connection.GetDatabase(), change), ended.Token);
        await failure.ThrowAsync(following, ended, cancellationToken);
    }

    private static IEnumerable<(string Setting, string Problem)> Problems(ChannelOptions options)
    {
        if (options.Address.Contains('=', StringComparison.Ordinal) || options.Address.Length == 0)
        {
            yield return (nameof(options.Address), "is not one or more servers such as 127.0.0.1:6379, without options");
        }

        if (options.Stream.Length == 0)
        {
            yield return (nameof(options.Stream), "is empty: name the key of the stream");
        }

        if (options.Length is < 100 or > 10_000_000)
        {
            yield return (nameof(options.Length), $"'{options.Length}' is not between 100 and 10000000");
        }
    }

    // The braces keep both keys on one server of a cluster.
    private static string VersionsOf(string stream) =>
        stream.Contains('{', StringComparison.Ordinal) ? $"{stream}:versions" : $"{{{stream}}}:versions";

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        try
        {
            return await ConnectionMultiplexer.ConnectAsync(Settings());
        }
        catch (RedisConnectionException away)
        {
            throw new IOException($"Redis cannot be reached or refuses the user: {away.FailureType}", away.InnerException);
        }
    }

    private ConfigurationOptions Settings()
    {
        var redis = ConfigurationOptions.Parse(channel.Options.Address);
        redis.ClientName = $"rates-{channel.Block.Name}";
        redis.AbortOnConnectFail = true;
        redis.AsyncTimeout = DeadlineMilliseconds;
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        redis.ConfigurationChannel = "";
        redis.TieBreaker = "";
        redis.User = channel.Options.User.Length > 0 ? channel.Options.User : null;
        redis.Password = channel.Options.PasswordFile.Length > 0 ? _password.Read() : null;
        return redis;
    }

    private async Task<bool> AddAsync(IDatabase redis, ChangeMessage change)
    {
        // The age of figures and failed fetches are what each process sees for itself; a sheet is the same for all.
        if (change.Id.Length == 0)
        {
            return false;
        }

        return (bool)await redis.ScriptEvaluateAsync(
            Script, [channel.Options.Stream, VersionsOf(channel.Options.Stream)],
            [
                change.Provider, change.Id, channel.Options.Length, "event", change.Name, "provider", change.Provider, "version", change.Id,
                "data", change.Json,
            ]);
    }
}
