using Rates.Core;
using Rates.Providers;
using Rates.Upstream;

namespace Rates.EndToEnd.Tests;

/// <summary>Settings that keep every program of a test on this machine.</summary>
internal static class Settings
{
    /// <summary>Only these providers, at the test's own upstream.</summary>
    public static Dictionary<string, string> At(UpstreamServer upstream, params string[] providers)
    {
        var settings = Nowhere();
        foreach (var provider in ProviderCatalog.Shipped().All)
        {
            var fetched = providers.Contains(provider.Key);
            settings[$"{Section(provider)}__Enabled"] = fetched ? "true" : "false";
            if (fetched)
            {
                settings[$"{Section(provider)}__Address"] = upstream.AddressOf(provider.Key).ToString();
                foreach (var name in provider.Block.Addresses.Keys)
                {
                    settings[$"{Section(provider)}__Addresses__{name}"] = upstream.AddressOf(provider.Key).ToString();
                }
            }
        }

        settings["DOTNET_ENVIRONMENT"] = "Test";
        settings["Rates__Worker__AllowPrivateAddresses"] = "true";
        settings["Rates__Worker__Spread"] = "00:00:01";
        settings["Rates__Worker__Backfill"] = "0";
        return settings;
    }

    /// <summary>Every provider at an address that is refused before it is dialled: as good as no network, on any machine.</summary>
    public static Dictionary<string, string> Nowhere()
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal);
        foreach (var provider in ProviderCatalog.Shipped().All)
        {
            settings[$"{Section(provider)}__Address"] = "http://127.0.0.1:9/";
            foreach (var name in provider.Block.Addresses.Keys)
            {
                settings[$"{Section(provider)}__Addresses__{name}"] = "http://127.0.0.1:9/";
            }
        }

        return settings;
    }

    // Scripts that start a program drop variables whose name has a dot.
    private static string Section(RateProvider provider) => $"Rates__Providers__{ProviderKey.WithoutDot(provider.Key)}";
}
