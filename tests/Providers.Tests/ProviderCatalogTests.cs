using Microsoft.Extensions.Configuration;

namespace Rates.Providers.Tests;

/// <summary>How settings of <c>Rates:Providers</c> are laid over the blocks.</summary>
public sealed class ProviderCatalogTests
{
    [Theory]
    [InlineData("nbp.b")]
    [InlineData("nbp_b")]
    [InlineData("NBP_B")]
    public void A_dataset_is_set_with_its_dot_or_with_an_underscore(string section)
    {
        List<string> problems = [];

        var catalog = Configured(problems, ($"Rates:Providers:{section}:Enabled", "false"));

        Assert.Empty(problems);
        Assert.False(catalog.Find("nbp.b")!.Block.Enabled);
        Assert.True(catalog.Find("nbp")!.Block.Enabled);
    }

    [Fact]
    public void Two_sections_of_one_dataset_are_refused()
    {
        List<string> problems = [];

        Configured(problems, ("Rates:Providers:nbp.b:Enabled", "false"), ("Rates:Providers:nbp_b:Lookback", "3"));

        Assert.Equal(
            "Rates:Providers:nbp_b: the same provider has the section Rates:Providers:nbp.b: keep one of them", Assert.Single(problems));
    }

    [Theory]
    [InlineData("nbp.z", "Rates:Providers:nbp.z: there is no provider 'nbp.z': did you mean 'nbp.b'?")]
    [InlineData("nbp_b:Lokback", "Rates:Providers:nbp_b:Lokback is not a setting: did you mean 'Lookback'?")]
    public void A_name_that_is_not_known_is_named(string setting, string problem)
    {
        List<string> problems = [];

        Configured(problems, ($"Rates:Providers:{setting}", "3"));

        Assert.Equal(problem, Assert.Single(problems));
    }

    private static ProviderCatalog Configured(List<string> problems, params (string Key, string Value)[] settings) =>
        ProviderCatalog.Configured(
            new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => one.Key, one => (string?)one.Value)).Build(),
            problems);
}
