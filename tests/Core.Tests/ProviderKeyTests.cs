namespace Rates.Core.Tests;

/// <summary>Which texts are provider keys, and what their parts mean.</summary>
public sealed class ProviderKeyTests
{
    [Theory]
    [InlineData("ecb")]
    [InlineData("k780")]
    [InlineData("nbp.b")]
    [InlineData("my-bank.at-1130")]
    [InlineData("1a2b3c4d5e6f7g8h9i0j1a2b3c4d5e6f7g8h9i0j1a2b3c4d5e6f7g8h9i0.1234")]
    public void A_key_has_at_most_one_dot(string key)
    {
        Assert.True(ProviderKey.IsOne(key));
        Assert.Equal(key, ProviderKey.Checked(key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ECB")]
    [InlineData("nbp_b")]
    [InlineData("nbp.")]
    [InlineData(".b")]
    [InlineData("nbp.b.c")]
    [InlineData("nbp..b")]
    [InlineData("nbp.-b")]
    [InlineData("../ecb")]
    [InlineData("ecb\n")]
    [InlineData("1a2b3c4d5e6f7g8h9i0j1a2b3c4d5e6f7g8h9i0j1a2b3c4d5e6f7g8h9i0.12345")]
    public void Another_text_is_none(string key)
    {
        Assert.False(ProviderKey.IsOne(key));
        Assert.Contains($"'{key}' is not a provider key", Assert.Throws<ArgumentException>(() => ProviderKey.Checked(key)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nbp", "nbp", false)]
    [InlineData("nbp.b", "nbp", true)]
    public void A_dataset_names_its_institution(string key, string institution, bool isDataset)
    {
        Assert.Equal(institution, ProviderKey.Institution(key));
        Assert.Equal(isDataset, ProviderKey.IsDataset(key));
    }

    [Theory]
    [InlineData("Ecb", "ecb")]
    [InlineData("NbpB", "nbp.b")]
    [InlineData("BnmAt1130", "bnm.at1130")]
    [InlineData("CbrMetals", "cbr.metals")]
    public void A_class_name_stands_for_a_key(string name, string key) => Assert.Equal(key, ProviderKey.OfClass(name));
}
