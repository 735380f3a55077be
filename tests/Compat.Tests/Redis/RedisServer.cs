using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Rates.Compat.Tests.Redis;

/// <summary>A redis-server of its own on a free loopback port, ended by process id whatever happens to the test.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(20);
    private readonly string[] _options;
    private Process? _process;

    private RedisServer(int port, string[] options)
    {
        Port = port;
        _options = options;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
    }

    public int Port { get; }

    /// <summary>Starts a server, or skips the test where there is none to start.</summary>
    /// <param name="optionsFor">Further command line words, given the port; null: plain TCP.</param>
    public static async Task<RedisServer> StartAsync(Func<int, string[]>? optionsFor = null)
    {
        Assert.SkipWhen(FindOnPath() is null, "redis-server is not on the PATH; install the redis-server package.");
        int port = FreePort();
        var server = new RedisServer(port, optionsFor?.Invoke(port) ?? ["--port", $"{port}"]);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it on the same port after <see cref="Kill"/>; returns once it accepts connections.</summary>
    public async Task StartAgainAsync()
    {
        string[] words = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", .. _options];
        var start = new ProcessStartInfo(FindOnPath()!, words) { RedirectStandardOutput = true, UseShellExecute = false };
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();

        using var startLimit = new CancellationTokenSource(StartWithin);
        while (!await AcceptsAsync(startLimit.Token))
        {
            Assert.False(_process.HasExited, "redis-server ended at its start.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, startLimit.Token);
        }
    }

    /// <summary>Ends the process at once, as a crash would; also if it is stopped.</summary>
    public void Kill()
    {
        if (_process is null or { HasExited: true }) return;
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Freezes the process: its system still accepts connections and data, nobody answers.</summary>
    public void Stop() => Signal("STOP");

    /// <summary>Lets a frozen process go on.</summary>
    public void Continue() => Signal("CONT");

    public ValueTask DisposeAsync()
    {
        Kill();
        _process?.Dispose();
        _process = null;
        return ValueTask.CompletedTask;
    }

    private static string? FindOnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "redis-server"))
        .FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private void Signal(string name)
    {
        using Process kill = Process.Start("kill", ["-s", name, $"{_process!.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private async Task<bool> AcceptsAsync(CancellationToken cancellationToken)
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
