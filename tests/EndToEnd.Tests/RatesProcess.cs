using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rates.EndToEnd.Tests;

/// <summary>A program of the product as a user runs it: its own process, settings by environment, ended by its process id.</summary>
internal sealed class RatesProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private RatesProcess(Process process)
    {
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += EndWithTheTests;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything it wrote so far, both streams.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts <c>Worker</c>, <c>Api</c> or <c>Standalone</c>, as built beside these tests.</summary>
    public static RatesProcess Start(string program, IEnumerable<KeyValuePair<string, string>> settings, params string[] arguments)
    {
        // artifacts/bin/EndToEnd.Tests/<configuration>/ and artifacts/bin/<program>/<configuration>/ are built together.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var file = Path.Combine(configuration.Parent!.Parent!.FullName, program, configuration.Name, $"Rates.{program}.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments.Prepend(file))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!);
    }

    /// <summary>A port of 127.0.0.1 that nobody listens on.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Waits until it has ended and returns its exit code.</summary>
    public async Task<int> EndAsync(TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits until its output has <paramref name="text"/>.</summary>
    public async Task SaysAsync(string text, TimeSpan limit) => await Eventually.TrueAsync(
        () => Task.FromResult(Output.Contains(text, StringComparison.Ordinal)), limit, () => $"'{text}' was not said:\n{Output}");

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithTheTests;
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void EndWithTheTests(object? sender, EventArgs e) => _process.Kill();

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
