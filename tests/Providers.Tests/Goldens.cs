namespace Rates.Providers.Tests;

/// <summary>Files of the tree that are made from the adapters. <c>RATES_UPDATE=1</c> writes them anew instead of checking them.</summary>
internal static class Goldens
{
    public static bool Update { get; } = Environment.GetEnvironmentVariable("RATES_UPDATE") is "1";
}
