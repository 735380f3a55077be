using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Rates.Testing;

/// <summary>A real redis-server of the test's own: on a free loopback port, in a folder of its own, ended by its process id.</summary>
/// <remarks>Every write is on disk before it is acknowledged, so what was acknowledged must be there after
/// <see cref="KillAsync"/>.</remarks>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly string? Program = OnPath("redis-server");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-redis-");
    private readonly string[] _settings;
    private Process? _process;

    private RedisServer(string[] settings)
    {
        _settings = settings;
        AppDomain.CurrentDomain.ProcessExit += EndWithTheTests;
    }

    /// <summary>Whether there is a redis-server to start.</summary>
    public static bool IsInstalled => Program is not null;

    /// <summary>Why a test that needs the server was skipped.</summary>
    public static string Missing => "redis-server is not on PATH (Debian: apt-get install redis-server)";

    /// <summary>The port it listens on; the same after a restart.</summary>
    public int Port { get; private set; }

    /// <summary>The address in StackExchange.Redis's form, without options.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <param name="settings">More settings, as <c>--name</c> and value; they win over those of this class.</param>
    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken, params string[] settings)
    {
        var server = new RedisServer(settings);
        try
        {
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// A port of 127.0.0.1 that nobody listens on, below those that systems hand out by themselves: nobody is given it meanwhile.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(15_000, 32_000);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: another.
            }
        }
    }

    /// <summary>Ends the server as a crash would: SIGKILL, nothing saved on the way out.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.EndAsync();
        }
    }

    /// <summary>Starts the server again after <see cref="KillAsync"/>, on the same port with what is on its disk.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Eventually.Limit);
        while (true)
        {
            // Another process may take the port between the look and the start; a server that has had one keeps it.
            var port = Port == 0 ? FreePort() : Port;
            _process = Launch(port);
            while (!_process.HasExited)
            {
                if (await AnswersAsync(port, limit.Token))
                {
                    Port = port;
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>
    /// Stops the server in place (SIGSTOP): connections stay open and nothing answers, until <see cref="ContinueAsync"/>.
    /// </summary>
    public Task StopAsync() => SignalAsync("-STOP");

    /// <summary>Lets a stopped server go on (SIGCONT).</summary>
    public Task ContinueAsync() => SignalAsync("-CONT");

    /// <summary>Ends the server and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithTheTests;
        await KillAsync();
        await _folder.RemoveAsync();
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            var answer = new byte[64];
            var length = await client.GetStream().ReadAsync(answer, cancellationToken);

            // -LOADING while it reads its disk; -NOAUTH is an answer too.
            return length > 0 && !answer.AsSpan(0, length).StartsWith("-LOADING"u8);
        }
        catch (SocketException)
        {
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private Process Launch(int port)
    {
        var start = new ProcessStartInfo(Program ?? throw new InvalidOperationException(Missing)) { WorkingDirectory = _folder.FullName };
        string[] settings =
        [
            "--port", $"{port}", "--bind", "127.0.0.1", "--dir", _folder.FullName, "--logfile", "redis.log", "--daemonize", "no",
            "--appendonly", "yes", "--appendfsync", "always", "--save", "", "--maxmemory-policy", "noeviction", .. _settings,
        ];
        foreach (var setting in settings)
        {
            start.ArgumentList.Add(setting);
        }

        return Process.Start(start)!;
    }

    private async Task SignalAsync(string signal)
    {
        var id = _process?.Id ?? throw new InvalidOperationException("the server is not running");
        using var kill = Process.Start("kill", [signal, $"{id}"]);
        await kill.WaitForExitAsync(CancellationToken.None);
    }

    private void EndWithTheTests(object? sender, EventArgs e) => _process?.Kill();
}
