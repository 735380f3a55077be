namespace Rates.Api;

/// <summary>What one request is answered from: the providers, their rates and the day.</summary>
/// <param name="Entries">The entries of the book or of a past day; those outside <paramref name="Indexes"/> may be null.</param>
/// <param name="Indexes">Indexes of the requested providers, in order of preference.</param>
/// <param name="Day">The day that the rates are measured against: the requested one, or the last one that a policy allows.</param>
/// <param name="IsNamed">True when the providers were chosen one by one: then each counts whatever its category and cadence.</param>
internal sealed record AnswerScope(ProviderEntry[] Entries, ushort[] Indexes, DateOnly Day, bool IsNamed)
{
    /// <summary>True when the entries are those of the book.</summary>
    public bool IsLatest { get; init; }

    /// <summary>The policy that chose; null when the request chose.</summary>
    public Policy? Policy { get; init; }

    /// <summary>The rule of the policy for the requested day, as answers state it; null without a policy.</summary>
    public string? Rule { get; init; }

    /// <summary>The same for a blend.</summary>
    public BlendScope Blend => new() { Entries = Entries, Indexes = Indexes, Day = Day, IsNamed = IsNamed };

    /// <summary>How long an answer may be cached.</summary>
    public CacheLifetime Lifetime(RateBook book) => IsLatest ? BookLifetime.Of(book, Indexes) : BookLifetime.OfDay(Entries, Indexes);
}

/// <summary>
/// Keeps the past rates that one request has read, so that its rows read each provider and day once, and not without end.
/// </summary>
/// <param name="most">Most reads of the store.</param>
internal sealed class PastReads(int most)
{
    private readonly Dictionary<(ushort Index, FigureDays Days), Task<ProviderEntry>> _reads = [];

    private readonly Dictionary<ushort, Task<ProviderEntry>> _known = [];

    /// <summary>What was known of one provider at the instant of the request; read only once.</summary>
    public Task<ProviderEntry> KnownAsync(ushort index, Func<Task<ProviderEntry>> read)
    {
        lock (_known)
        {
            return _known.TryGetValue(index, out var known) ? known : _known[index] = read();
        }
    }

    /// <summary>The rates of one provider; read only once.</summary>
    /// <exception cref="ProblemException">400: there were too many reads before.</exception>
    public Task<ProviderEntry> ReadAsync(ushort index, FigureDays days, Func<Task<ProviderEntry>> read)
    {
        lock (_reads)
        {
            return _reads.TryGetValue((index, days), out var known) ? known
                : _reads.Count < most ? _reads[(index, days)] = read()
                : throw ProblemException.BadParameter("date", $"the rows ask for more than {most} days x providers; send fewer at once");
        }
    }
}
