using System.Text;

namespace Rates.Providers.Tests;

/// <summary>Declared providers and bodies of tests.</summary>
internal static class Given
{
    /// <summary>A declaration around a section <c>read</c>.</summary>
    public static string Block(string pivot, string read, string more = "") => $$"""
        {
          "name": "Example Bank", "country": "DE", "pivot": "{{pivot}}", "address": "https://bank.example/",
          "schedule": "0 H 16 ? * MON-FRI",
          {{more}}
          "read": { {{read}} }
        }
        """;

    /// <summary>The provider; the test fails with all problems when it cannot be used.</summary>
    public static RateProvider Declared(string pivot, string read, string more = "")
    {
        var (provider, problems) = Declaration.Read("example", Block(pivot, read, more));
        Assert.True(provider is not null, string.Join("; ", problems));
        return provider;
    }

    /// <summary>An answer, received on 2026-11-20.</summary>
    public static ProviderBody Body(string text, string path = "") =>
        new(new ProviderRequest("GET", path), Encoding.UTF8.GetBytes(text), null, new(2026, 11, 20));

    /// <summary>What was read, one line a figure.</summary>
    public static IReadOnlyList<string> Lines(ParsedSheet sheet) => [.. sheet.Observations.Select(figure => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{figure.AsOf:yyyy-MM-dd} {figure.Pair} {figure.Rate} {figure.Kind}"))];
}
