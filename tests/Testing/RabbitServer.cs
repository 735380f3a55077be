using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Rates.Testing;

/// <summary>
/// A real rabbitmq-server of the test's own, with its AMQP 1.0 plugin: on free loopback ports, in a folder of its own, with an epmd of its
/// own, both ended by their process ids. Its user is guest, with the password guest.
/// </summary>
public sealed class RabbitServer : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";


    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-rabbit-");
    private readonly int _distributionPort = RedisServer.FreePort();
    private readonly int _mapperPort = RedisServer.FreePort();
    private Process? _mapper;
    private Process? _process;

    private RabbitServer() => AppDomain.CurrentDomain.ProcessExit += EndWithTheTests;

    /// <summary>Whether there is a rabbitmq-server to start.</summary>
    public static bool IsInstalled => File.Exists(Program);

    /// <summary>Why a test that needs the server was skipped.</summary>
    public static string Missing => $"{Program} is not there (Debian: apt-get install rabbitmq-server)";

    /// <summary>The port it listens on, for both versions of AMQP; the same after a restart.</summary>
    public int Port { get; } = RedisServer.FreePort();

    /// <summary>Its address, for both versions of AMQP.</summary>
    public string Address => $"amqp://127.0.0.1:{Port}";

    /// <summary>Starts a server and waits until it listens.</summary>
    public static async Task<RabbitServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new RabbitServer();
        try
        {
            await File.WriteAllTextAsync(server.PathOf("plugins"), "[rabbitmq_amqp1_0].", cancellationToken);
            await File.WriteAllTextAsync(server.PathOf("environment"), "", cancellationToken);
            await File.WriteAllTextAsync(server.PathOf("rabbitmq.conf"), "log.console.level = error\n", cancellationToken);

            // In the foreground, so that it ends with this process and not with the system.
            server._mapper = server.Launch("epmd", "-port", $"{server._mapperPort}", "-address", "127.0.0.1");
            await server.StartAgainAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
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
        _process = Launch(Program);
        while (!await ListensAsync(limit.Token))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"rabbitmq-server ended with {_process.ExitCode}; its log is in {_folder.FullName}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>Ends the server and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWithTheTests;
        await KillAsync();
        if (_mapper is { } mapper)
        {
            await mapper.EndAsync();
        }

        await _folder.RemoveAsync();
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private async Task<bool> ListensAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // Everything is set, so that nothing of a server of the system is used.
    private Process Launch(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (string Name, string Value)[] environment =
        [
            ("HOME", _folder.FullName), ("ERL_EPMD_PORT", $"{_mapperPort}"), ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_NODENAME", $"rates-{Port}@localhost"), ("RABBITMQ_NODE_PORT", $"{Port}"),
            ("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"), ("RABBITMQ_DIST_PORT", $"{_distributionPort}"),
            ("RABBITMQ_MNESIA_BASE", PathOf("data")), ("RABBITMQ_LOG_BASE", PathOf("log")),
            ("RABBITMQ_CONF_ENV_FILE", PathOf("environment")), ("RABBITMQ_CONFIG_FILE", PathOf("rabbitmq")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", PathOf("plugins")),

            // One scheduler that does not spin while it waits: the processors belong to the tests.
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                "+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}"),
        ];
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void EndWithTheTests(object? sender, EventArgs e)
    {
        _process?.Kill(entireProcessTree: true);
        _mapper?.Kill();
    }
}
