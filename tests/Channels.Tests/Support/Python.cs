using System.Diagnostics;
using Rates.Testing;

namespace Rates.Channels.Tests;

/// <summary>Runs Python programs: with Debian's own interpreter, which has Debian's modules.</summary>
internal static class Python
{
    private const string Program = "/usr/bin/python3";

    /// <summary>Skips the test where the interpreter or a module is missing.</summary>
    /// <param name="module">Such as <c>grpc</c>.</param>
    /// <param name="package">The Debian package that has it.</param>
    public static void NeedsModule(string module, string package)
    {
        Assert.SkipUnless(File.Exists(Program), $"{Program} is not there (Debian: apt-get install python3)");
        using var look = Process.Start(new ProcessStartInfo(Program, ["-c", $"import {module}"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        look.WaitForExit();
        Assert.SkipUnless(look.ExitCode == 0, $"{Program} has no module {module} (Debian: apt-get install {package})");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="script">The program.</param>
    /// <param name="folder">Its current folder.</param>
    /// <param name="arguments">What it is given.</param>
    /// <returns>The lines that it printed.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(string script, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, [script, .. arguments]) { WorkingDirectory = folder };
        foreach (var proxy in (string[])["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "grpc_proxy"])
        {
            start.Environment.Remove(proxy);
        }

        var run = await ProgramRun.OfAsync(start, Eventually.Limit, TestContext.Current.CancellationToken);
        Assert.True(run.Code == 0, $"{script} ended with {run.Code}\n{run.Output}\n{run.Error}");
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
