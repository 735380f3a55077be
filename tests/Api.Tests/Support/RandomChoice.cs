namespace Rates.Api.Tests;

/// <summary>Chooses at random among given values.</summary>
internal static class RandomChoice
{
    /// <summary>One of the values.</summary>
    public static T Pick<T>(Random random, params T[] from) => from[random.Next(from.Length)];
}
