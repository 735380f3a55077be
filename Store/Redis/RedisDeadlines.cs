namespace Rates.Store;

/// <summary>How long one Redis command of each kind may take before the server counts as unreachable.</summary>
/// <param name="Read">Index and sheets; subscribing.</param>
/// <param name="Publish">Claims, publishes and all other writes.</param>
/// <param name="History">Years of days in one command.</param>
internal readonly record struct RedisDeadlines(TimeSpan Read, TimeSpan Publish, TimeSpan History)
{
    /// <summary>The deadlines in use: half a second to read, two seconds to write, ten seconds for history.</summary>
    public static RedisDeadlines Default { get; } = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
}
