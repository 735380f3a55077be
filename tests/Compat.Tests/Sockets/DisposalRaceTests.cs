using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;
using Rates.Testing;

namespace Rates.Compat.Tests.Sockets;

/// <summary>Both sides end the connection at the same time, in every way there is, over and over.</summary>
[Collection(Alone.Name)]
public class DisposalRaceTests
{
    private const int Seed = 4711;
    private const int Rounds = 2000;

    [Fact]
    public async Task However_both_sides_end_it_both_pipes_end_and_nothing_escapes()
    {
        // What earlier tests left behind is told before anybody listens.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var escaped = new List<Exception>();
        EventHandler<UnobservedTaskExceptionEventArgs> record = (_, unobserved) =>
        {
            // Tests that run before may still leave a task of their own.
            if (!$"{unobserved.Exception}".Contains(nameof(Pipelines), StringComparison.Ordinal)) return;
            lock (escaped) escaped.Add(unobserved.Exception);
        };
        TaskScheduler.UnobservedTaskException += record;

        for (int round = 0; round < Rounds; round++)
        {
            var random = new Random(Seed + round);
            var options = (SocketConnectionOptions)random.Next(0, 8);
            using Loopback pair = await Loopback.ConnectAsync(options: options);
            Task reading = TolerateAsync(() => pair.Connection.Input.ReadToEndAsync());
            Task writing = TolerateAsync(() => pair.Connection.Output.FlushUntilCompletedAsync());

            await Task.WhenAll(Owner(pair, random.Next(4)), Peer(pair, random.Next(5), random.Next(200_000)));
            pair.Connection.Dispose();

            await Task.WhenAll(reading, writing).WaitAsync(Pipes.Patience, TestContext.Current.CancellationToken);
            Assert.NotEqual(PipeShutdownKind.None, pair.Connection.ShutdownKind);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= record;
        Assert.Empty(escaped);
    }

    private static Task Owner(Loopback pair, int way) => Task.Run(() => TolerateAsync(async () =>
    {
        switch (way)
        {
            case 0: pair.Connection.Dispose(); break;
            case 1: pair.Client.Dispose(); break;
            case 2: Parallel.Invoke(pair.Connection.Dispose, pair.Connection.Dispose, pair.Client.Dispose); break;
            case 3: pair.Connection.Input.CancelPendingRead(); pair.Connection.Output.CancelPendingFlush(); break;
            default: throw new ArgumentOutOfRangeException(nameof(way));
        }

        await Task.Yield();
    }));

    private static Task Peer(Loopback pair, int way, int bytes) => Task.Run(() => TolerateAsync(async () =>
    {
        switch (way)
        {
            case 0: pair.Peer.Dispose(); break;
            case 1: pair.ResetByPeer(); break;
            case 2: pair.Peer.Shutdown(SocketShutdown.Send); break;
            case 3: await pair.Peer.SendAsync(new byte[bytes]); break;
            case 4: await pair.Peer.SendAsync(new byte[bytes]); pair.ResetByPeer(); break;
            default: throw new ArgumentOutOfRangeException(nameof(way));
        }
    }));

    // What the two sides meet depends on who comes first; that they end, and that nothing else is thrown, does not.
    private static async Task TolerateAsync(Func<Task> action)
    {
        try
        {
            await action().WaitAsync(Pipes.Patience);
        }
        catch (Exception expected) when (expected is IOException or SocketException or ObjectDisposedException)
        {
            Assert.IsNotType<TimeoutException>(expected);
        }
    }
}
