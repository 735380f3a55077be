using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Rates.Testing;

namespace Rates.EndToEnd.Tests;

/// <summary>
/// A program of the product as a user runs it: its own process and data folder, settings by environment, ended by its process id.
/// </summary>
internal sealed partial class RatesProcess : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly StringBuilder _output = new();

    private RatesProcess(Process process, DirectoryInfo folder)
    {
        (_process, _folder) = (process, folder);
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

    /// <summary>
    /// Starts <c>Worker</c>, <c>Api</c> or <c>Standalone</c>, as built beside these tests; the last two at a free port, unless
    /// <c>ASPNETCORE_URLS</c> says which.
    /// </summary>
    public static RatesProcess Start(string program, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var file = FileOf(program);
        var folder = Directory.CreateTempSubdirectory("rates-e2e-");
        var start = new ProcessStartInfo("dotnet", [file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Rates__DataFolder"] = folder.FullName;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!, folder);
    }

    /// <summary>The program's file, as built beside these tests.</summary>
    public static string FileOf(string program)
    {
        // artifacts/bin/EndToEnd.Tests/<configuration>/ and artifacts/bin/<program>/<configuration>/ are built together.
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(configuration.Parent!.Parent!.FullName, program, configuration.Name, $"Rates.{program}.dll");
    }

    /// <summary>Waits until it listens, and makes a client of it.</summary>
    public async Task<HttpClient> ClientAsync()
    {
        Uri? address = null;
        await Eventually.IsAsync(
            () => Task.FromResult(Uri.TryCreate(Address().Match(Output).Groups["address"].Value, UriKind.Absolute, out address)),
            () => $"it listens\n{Output}", Token);
#pragma warning disable RS0030 // A client of the product, as any user has one.
        return new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
#pragma warning restore RS0030
    }

    /// <summary>Waits until it has ended and returns its exit code.</summary>
    public async Task<int> EndAsync(TimeSpan limit)
    {
        using var deadline = new CancellationTokenSource(limit);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Its data folder, unless the settings named another.</summary>
    public string Folder => _folder.FullName;

    /// <summary>
    /// How long its threads together have waited for a processor although they had work, since it began. Linux counts that; elsewhere 0.
    /// </summary>
    public TimeSpan WaitedForProcessor()
    {
        var nanoseconds = 0L;
        foreach (var thread in Directory.Exists($"/proc/{Id}/task") ? Directory.GetDirectories($"/proc/{Id}/task") : [])
        {
            try
            {
                var counted = File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ');
                nanoseconds += long.Parse(counted[1], CultureInfo.InvariantCulture);
            }
            catch (IOException)
            {
                // The thread ended a moment ago.
            }
        }

        return TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
    }

    /// <summary>Ends it as a crash would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Sends it a signal, such as <c>-TERM</c>, <c>-STOP</c> or <c>-CONT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{Id}"]);
        await kill.WaitForExitAsync(CancellationToken.None);
    }

    /// <summary>Asks it to stop (SIGTERM), waits for its end and returns its exit code.</summary>
    public async Task<int> StopAsync(TimeSpan limit)
    {
        await SignalAsync("-TERM");
        return await EndAsync(limit);
    }

    /// <summary>Waits until its output has <paramref name="text"/>.</summary>
    public Task SaysAsync(string text) => Eventually.IsAsync(
        () => Task.FromResult(Output.Contains(text, StringComparison.Ordinal)), () => $"it says '{text}'\n{Output}", Token);

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithTheTests;
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    // As the Api's host and Standalone say it.
    [GeneratedRegex(
        @"(listening on:|the page is at) (?<address>http://127\.0\.0\.1:\d+)\s", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Address();

    private void EndWithTheTests(object? sender, EventArgs e) => _process.Kill();

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
