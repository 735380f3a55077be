using System.Collections.Frozen;
using Microsoft.Extensions.Configuration;

namespace Rates.Providers;

/// <summary>Every adapter by key. Found once by type: no list to keep, no switch over providers anywhere.</summary>
public sealed class ProviderCatalog
{
    private readonly FrozenDictionary<string, RateProvider> _providers;

    private ProviderCatalog(IEnumerable<RateProvider> providers) =>
        _providers = providers.ToFrozenDictionary(provider => provider.Key, StringComparer.Ordinal);

    /// <summary>Every adapter, in order of its key.</summary>
    public IEnumerable<RateProvider> All => _providers.Values.OrderBy(provider => provider.Key, StringComparer.Ordinal);

    /// <summary>The adapter with that key; null when there is none.</summary>
    public RateProvider? Find(string key) => _providers.GetValueOrDefault(key);

    /// <summary>The adapters with the blocks they ship with.</summary>
    public static ProviderCatalog Shipped() => new(Instances());

    /// <summary>The adapters with the settings of <c>Rates:Providers:&lt;key&gt;</c> over their blocks.</summary>
    /// <exception cref="InvalidDataException">Unknown provider, unknown setting or bad value; every problem is named, one a line.</exception>
    public static ProviderCatalog Configured(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection("Rates:Providers");
        List<string> problems = [];
        List<RateProvider> providers = [];
        foreach (var provider in Instances())
        {
            try
            {
                var overrides = section.GetSection(provider.Key);
                var block = overrides.Exists() ? ProviderBlock.Read(provider.GetType(), overrides) : provider.Block;
                problems.AddRange(block.Problems().Select(problem => $"Rates:Providers:{provider.Key}: {problem}"));
                providers.Add(provider.With(block));
            }
            catch (InvalidDataException problem)
            {
                problems.Add(problem.Message);
            }
        }

        var known = providers.Select(provider => provider.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        problems.AddRange(section.GetChildren().Where(child => problems.Count == 0 && !known.Contains(child.Key))
            .Select(child => $"Rates:Providers:{child.Key}: there is no provider '{child.Key}'"));
        return problems.Count == 0 ? new(providers) : throw new InvalidDataException(string.Join(Environment.NewLine, problems));
    }

    private static IEnumerable<RateProvider> Instances() => typeof(RateProvider).Assembly.GetTypes()
        .Where(type => type is { IsSealed: true, IsAbstract: false } && type.IsSubclassOf(typeof(RateProvider)))
        .Select(type => (RateProvider)Activator.CreateInstance(type)!);
}
