using System.Collections.Frozen;
using Rates.Providers;

namespace Rates.Worker;

/// <summary>
/// Holds the providers in force in this worker: those of the program under its settings, with what operators set at run time. Replaced as a
/// whole when something changes; a fetch that is under way goes on with the provider that it began with.
/// </summary>
internal sealed class ProviderTable
{
    private volatile Snapshot _snapshot;

    /// <param name="configured">The providers under the settings of this machine.</param>
    public ProviderTable(ProviderCatalog configured)
    {
        Configured = configured;
        _snapshot = new(Beside([.. configured.All.Select(provider => new ProviderInForce(provider, provider, ""))]));
    }

    /// <summary>The providers under the settings of this machine, without what operators set at run time.</summary>
    public ProviderCatalog Configured { get; }

    /// <summary>Every provider, fetched or not, in order of its key.</summary>
    public IEnumerable<RateProvider> All => _snapshot.All.Values.Select(entry => entry.Provider).OrderBy(
        provider => provider.Key, StringComparer.Ordinal);

    /// <summary>The providers that this worker fetches now, by key.</summary>
    public IReadOnlyDictionary<string, RateProvider> Fetched => _snapshot.Fetched;

    /// <summary>The provider with that key; null when there is none.</summary>
    public RateProvider? Find(string key) => _snapshot.All.TryGetValue(key, out var entry) ? entry.Provider : null;

    /// <summary>The provider without what operators set of its endpoint; null when there is none.</summary>
    public RateProvider? Base(string key) => _snapshot.All.TryGetValue(key, out var entry) ? entry.Base : null;

    /// <summary>True for a provider that operators declared.</summary>
    public bool IsDeclared(string key) => Configured.Find(key) is null;

    /// <summary>What was made for that key and state before; null when it is another state.</summary>
    public ProviderInForce? Find(string key, string state) =>
        _snapshot.All.TryGetValue(key, out var entry) && entry.State == state ? entry : null;

    /// <summary>Puts providers in force in place of all before. Returns the keys of those that are new or changed.</summary>
    public IReadOnlyList<string> Replace(IReadOnlyList<ProviderInForce> entries)
    {
        // Files are looked at every few seconds, and nearly always nothing has changed.
        var before = _snapshot;
        if (entries.Count == before.All.Count
            && entries.All(entry => ReferenceEquals(before.All.GetValueOrDefault(entry.Provider.Key), entry)))
        {
            return [];
        }

        var now = new Snapshot(Beside(entries));
        _snapshot = now;
        return [.. now.All.Where(entry => before.All.GetValueOrDefault(entry.Key) != entry.Value).Select(entry => entry.Key)];
    }

    // Every provider knows the secrets of all, so that no source's text shows them.
    private static IEnumerable<ProviderInForce> Beside(IReadOnlyList<ProviderInForce> entries)
    {
        string[] secrets =
        [
            .. entries.SelectMany(entry => SafeText.OwnSecretsOf(entry.Base.Block).Concat(SafeText.OwnSecretsOf(entry.Provider.Block)))
                .Where(secret => secret.Length >= SafeText.LeastForName).Distinct().Order(StringComparer.Ordinal),
        ];
        return entries.Select(entry => entry.Provider.Block.SecretsOfOthers.SequenceEqual(secrets)
            ? entry
            : entry with { Provider = entry.Provider.With(entry.Provider.Block.Beside(secrets)) });
    }

    /// <summary>All providers in force at one time.</summary>
    private sealed class Snapshot(IEnumerable<ProviderInForce> entries)
    {
        public FrozenDictionary<string, ProviderInForce> All { get; } =
            entries.ToFrozenDictionary(entry => entry.Provider.Key, StringComparer.Ordinal);

        public FrozenDictionary<string, RateProvider> Fetched => field ??= All.Values.Select(entry => entry.Provider)
            .Where(provider => provider.Block.Profile(provider.Key).Enabled)
            .ToFrozenDictionary(provider => provider.Key, StringComparer.Ordinal);
    }
}

/// <summary>A provider that this worker uses now, with a text of the settings that it was made of.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Base">The same without what operators set of its endpoint.</param>
/// <param name="State">What it was made of; equal texts mean the same provider. It may hold secrets and is never shown.</param>
internal sealed record ProviderInForce(RateProvider Provider, RateProvider Base, string State)
{
    /// <summary>The provider's key: the state may hold secrets.</summary>
    public override string ToString() => Provider.Key;
}
