using System.Collections.Frozen;
using Microsoft.Extensions.Configuration;
using Rates.Core;
using Rates.Settings;

namespace Rates.Providers;

/// <summary>
/// Finds all adapters (classes that read one source each) and holds them by provider key. They are found by their type, so a new adapter
/// needs no entry in a list.
/// </summary>
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
    /// <param name="configuration">Where the section is looked for.</param>
    /// <param name="problems">
    /// Takes one line for each unknown provider, unknown setting and bad value. A provider with a problem is left out of the catalog.
    /// </param>
    public static ProviderCatalog Configured(IConfiguration configuration, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(problems);
        var section = configuration.GetSection("Rates:Providers");
        HashSet<string> known = new(StringComparer.OrdinalIgnoreCase);
        List<RateProvider> providers = [];
        foreach (var provider in Instances())
        {
            var name = ProviderKey.WithoutDot(provider.Key);
            known.Add(provider.Key);
            var overrides = section.GetSection(section.GetSection(provider.Key).Exists() ? provider.Key : name);
            if (name != overrides.Key && section.GetSection(name).Exists())
            {
                problems.Add($"{section.GetSection(name).Path}: the same provider has the section {overrides.Path}: keep one of them");
            }

            if (!overrides.Exists())
            {
                providers.Add(provider);
                continue;
            }

            var read = ProviderBlock.ReadSettings(provider.GetType(), overrides);
            var block = read.ToOptions();
            string[] wrong = [.. read.Problems, .. block.Problems().Select(problem => $"{overrides.Path}: {problem}")];
            foreach (var problem in wrong)
            {
                problems.Add(problem);
            }

            if (wrong.Length == 0)
            {
                providers.Add(provider.With(block));
            }
        }

        foreach (var unknown in section.GetChildren().Where(child => !known.Contains(child.Key.Replace('_', '.'))))
        {
            problems.Add($"{unknown.Path}: there is no provider '{unknown.Key}': {NearestName.Hint(unknown.Key, known)}");
        }

        return new(providers);
    }

    private static IEnumerable<RateProvider> Instances() => typeof(RateProvider).Assembly.GetTypes()
        .Where(type => type is { IsSealed: true, IsAbstract: false } && type.IsSubclassOf(typeof(RateProvider))
            && type != typeof(DeclaredProvider))
        .Select(type => (RateProvider)Activator.CreateInstance(type)!);
}
