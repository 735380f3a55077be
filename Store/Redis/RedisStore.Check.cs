using StackExchange.Redis;

namespace Rates.Store;

internal sealed partial class RedisStore
{
    // Memory or disk full, a replica, or too few replicas.
    private static readonly string[] NoWrites = ["OOM", "MISCONF", "READONLY", "NOREPLICAS"];

    private volatile string? _writeProblem;

    /// <inheritdoc/>
    public string? WriteProblem => _writeProblem;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var facts = ToFacts(
                await _publish.AskAsync(redis => redis.Multiplexer.GetServer((RedisKey)_keys.Index).InfoAsync(), cancellationToken));
            List<string> wrong = [];
            if (facts.GetValueOrDefault("maxmemory_policy") is { } policy and not "noeviction")
            {
                wrong.Add($"{Location} may throw rates away when memory is short: maxmemory-policy is {policy}, and should be noeviction");
            }

            if (facts.GetValueOrDefault("aof_enabled") is "0")
            {
                wrong.Add($"{Location} forgets rates when it stops: appendonly is no, and should be yes with appendfsync always");
            }

            if (facts.GetValueOrDefault("role") is "slave")
            {
                wrong.Add($"{Location} is a read-only replica: workers need its primary");
            }

            return wrong;
        }
        catch (StoreUnavailableException unavailable)
        {
            return [unavailable.Message];
        }
    }

    /// <summary>Runs a script that writes, and takes note of whether the server takes writes.</summary>
    private async Task<RedisResult> WriteAsync(Func<Task<RedisResult>> write)
    {
        try
        {
            var answer = await write();
            _writeProblem = null;
            return answer;
        }
        catch (StoreUnavailableException failure) when (
            failure.InnerException is RedisServerException refused && RefusesWrites(refused.Message))
        {
            _writeProblem = refused.Message;
            throw;
        }
    }

    private static bool RefusesWrites(string message) =>
        NoWrites.Any(start => message.StartsWith(start, StringComparison.Ordinal));

    private static Dictionary<string, string> ToFacts(IEnumerable<IEnumerable<KeyValuePair<string, string>>> sections)
    {
        Dictionary<string, string> facts = new(StringComparer.Ordinal);
        foreach (var section in sections)
        {
            foreach (var (name, value) in section)
            {
                facts.TryAdd(name, value);
            }
        }

        return facts;
    }
}
