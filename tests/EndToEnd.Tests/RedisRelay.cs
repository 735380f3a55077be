using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rates.EndToEnd.Tests;

/// <summary>Where a command is held up.</summary>
internal enum HoldPoint
{
    /// <summary>Before the server has it.</summary>
    Command,

    /// <summary>When the server has done it, before its answer comes back.</summary>
    Answer,
}

/// <summary>A relay before Redis that holds up one kind of command, so that a test knows how far a process has come.</summary>
internal sealed class RedisRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentBag<Task> _serving = [];
    private readonly int _server;
    private readonly string _mark;
    private readonly HoldPoint _point;
    private readonly Task _accepting;

    /// <param name="server">The port of the server.</param>
    /// <param name="mark">Text that only the command to hold up has, such as the name of a key.</param>
    /// <param name="point">
    /// Where it is held up; each such command until <see cref="Release"/>, for a client that gave the first one up may send it again.
    /// </param>
    public RedisRelay(int server, string mark, HoldPoint point)
    {
        (_server, _mark, _point) = (server, mark, point);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Its address in StackExchange.Redis's form.</summary>
    public string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Whether a command is held up, or was.</summary>
    public bool IsHeld => _held.Task.IsCompleted;

    /// <summary>Lets what is held go on, and holds nothing up from now on.</summary>
    public void Release() => _released.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_serving);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        using var client = accepted;
        using var server = new TcpClient { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server, _stop.Token);
            var gate = new Gate();
            var back = CopyBackAsync(server.GetStream(), client.GetStream(), gate);
            await ForwardAsync(client.GetStream(), server.GetStream(), gate);
            server.Close();
            await back;
        }
        catch (Exception end) when (end is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side has gone, or the test is over.
        }
    }

    private async Task ForwardAsync(Stream from, Stream to, Gate gate)
    {
        while (await ReadCommandAsync(from) is { } command)
        {
            if (Encoding.UTF8.GetString(command).Contains(_mark, StringComparison.Ordinal) && !_released.Task.IsCompleted)
            {
                gate.Closed = true;
                if (_point == HoldPoint.Answer)
                {
                    await to.WriteAsync(command, _stop.Token);
                }

                _held.TrySetResult();
                await _released.Task.WaitAsync(_stop.Token);
                gate.Closed = false;
                if (_point == HoldPoint.Answer)
                {
                    continue;
                }
            }

            await to.WriteAsync(command, _stop.Token);
        }
    }

    private async Task CopyBackAsync(NetworkStream from, NetworkStream to, Gate gate)
    {
        try
        {
            var buffer = new byte[64 << 10];
            for (int read; (read = await from.ReadAsync(buffer, _stop.Token)) > 0;)
            {
                while (gate.Closed)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, _stop.Token);
                }

                await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception end) when (end is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }
    }

    // A client sends arrays of bulk strings and nothing else; null at the end.
    private async Task<byte[]?> ReadCommandAsync(Stream from)
    {
        using var command = new MemoryStream();
        if (await LineAsync(from, command) is not { } head)
        {
            return null;
        }

        for (var left = int.Parse(head.AsSpan(1)); left > 0; left--)
        {
            var length = await LineAsync(from, command) ?? throw new IOException("the command ends early");
            var argument = new byte[int.Parse(length.AsSpan(1)) + 2];
            await from.ReadExactlyAsync(argument, _stop.Token);
            command.Write(argument);
        }

        return command.ToArray();
    }

    private async Task<string?> LineAsync(Stream from, MemoryStream keep)
    {
        List<byte> line = [];
        var one = new byte[1];
        while (line is not [.., (byte)'\r', (byte)'\n'])
        {
            if (await from.ReadAsync(one, _stop.Token) == 0)
            {
                return null;
            }

            line.Add(one[0]);
        }

        keep.Write([.. line]);
        return Encoding.ASCII.GetString([.. line[..^2]]);
    }

    private sealed class Gate
    {
        public volatile bool Closed;
    }
}
