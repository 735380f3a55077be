using System.Net;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;
using Rates.Testing;

namespace Rates.Compat.Tests.Sockets;

[Collection(Alone.Name)]
public class ChurnTests
{
    private const int Connections = 10_000;
    private const int AtOnce = 20;
    private const long MemoryAllowance = 8 * 1024 * 1024;

    [Fact]
    public async Task Ten_thousand_connections_leave_neither_handles_nor_memory_behind()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Open handles are counted in /proc.");
        await RunAsync(Connections / 20);
        (int handles, long memory) before = InUse();

        await RunAsync(Connections);

        await Eventually.IsAsync(() => InUse().Handles <= before.handles + 5, TestContext.Current.CancellationToken);
        Assert.InRange(InUse().Memory, 0, before.memory + MemoryAllowance);
    }

    private static Task RunAsync(int connections) => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        for (int i = 0; i < connections / AtOnce; i++) await OnceAsync(listener, i % 4);
    })));

    private static async Task OnceAsync(Socket listener, int way)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        SocketConnection.SetRecommendedClientOptions(socket);
        Task<Socket> accepting = listener.AcceptAsync();
        await socket.ConnectAsync(listener.LocalEndPoint!);
        using SocketConnection connection = SocketConnection.Create(socket);
        using Socket peer = await accepting;

        await connection.Output.WriteInTimeAsync([1, 2, 3]);
        await peer.SendAsync(new byte[] { 4, 5, 6 });
        await connection.Input.ReadAtLeastAsync(3).AsTask().WaitAsync(Pipes.Patience);

        switch (way)
        {
            case 0: connection.Dispose(); break;
            case 1: peer.LingerState = new LingerOption(enable: true, seconds: 0); break;
            case 2: await connection.Output.CompleteAsync(); break;
            case 3: await connection.Input.CompleteAsync(); break;
            default: throw new ArgumentOutOfRangeException(nameof(way));
        }
    }

    private static (int Handles, long Memory) InUse() =>
        (Directory.GetFiles("/proc/self/fd").Length, GC.GetTotalMemory(forceFullCollection: true));
}
