using Rates.Testing;

namespace Rates.EndToEnd.Tests;

/// <summary>What a test needs beside the SDK: it skips and says what is missing.</summary>
internal static class Need
{
    /// <summary>A redis-server to start.</summary>
    public static void Redis() => Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
}
