using Rates.Testing;

// Most of these tests wait for other processes.
[assembly: Xunit.v3.Parallelization(MaxThreads = 4)]

namespace Rates.EndToEnd.Tests;

/// <summary>What a test needs beside the SDK: it skips and says what is missing.</summary>
internal static class Need
{
    /// <summary>A redis-server to start.</summary>
    public static void Redis() => Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);

    /// <summary>A program on the PATH.</summary>
    /// <param name="name">Its file name.</param>
    /// <param name="package">The Debian package that has it.</param>
    public static void Program(string name, string package) => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name))),
        $"{name} is not on PATH (Debian: apt-get install {package})");
}
