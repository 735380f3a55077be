using System.Text.Json;

namespace Rates.Api.Tests;

/// <summary>A disk copy of an earlier release lacks the members that came later.</summary>
public sealed class OlderDiskCopyTests
{
    [Fact]
    public void What_is_missing_has_its_default()
    {
        const string Copy = """[{"stored":{"profile":{"key":"ecb","name":"European Central Bank","calendar":{}},"health":{}}}]""";

        var saved = Assert.Single(JsonSerializer.Deserialize(Copy, DiskCopyJson.Default.SavedProviderArray)!);

        Assert.Equal(new() { Key = "ecb", Name = "European Central Bank" }, saved.Stored.Profile);
        Assert.Equal(new(), saved.Stored.Health);
    }
}
