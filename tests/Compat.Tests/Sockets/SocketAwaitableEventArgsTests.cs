using System.IO.Pipelines;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;

namespace Rates.Compat.Tests.Sockets;

public class SocketAwaitableEventArgsTests
{
    [Fact]
    public async Task One_instance_serves_a_series_of_operations()
    {
        (Socket client, Socket peer) = await Loopback.SocketsAsync();
        using Socket client1 = client, peer1 = peer;
        using var args = new SocketAwaitableEventArgs(null);
        args.SetBuffer(new byte[16]);

        for (byte i = 1; i < 100; i++)
        {
            bool pending = client.ReceiveAsync(args);
            if (!pending) args.Complete();
            await peer.SendAsync(new[] { i }, TestContext.Current.CancellationToken);

            Assert.Equal(1, await args);
            Assert.Equal(i, args.MemoryBuffer.Span[0]);
        }
    }

    [Fact]
    public async Task An_abort_ends_the_await_with_its_error()
    {
        using var args = new SocketAwaitableEventArgs(null);
        Task waiting = AwaitAsync(args);

        args.Abort(SocketError.TimedOut);
        args.Complete();

        var thrown = await Assert.ThrowsAsync<SocketException>(() => waiting);
        Assert.Equal(SocketError.TimedOut, thrown.SocketErrorCode);
    }

    [Fact]
    public void An_aborted_instance_takes_no_further_operation()
    {
        using var args = new SocketAwaitableEventArgs(null);
        args.Abort();
        Assert.Throws<SocketException>(() => args.GetResult());

        Assert.True(args.IsCompleted);
        Assert.Throws<SocketException>(() => args.GetResult());
    }

    [Fact]
    public async Task An_abort_after_completion_changes_nothing()
    {
        using var args = new SocketAwaitableEventArgs(null);
        args.Complete();

        args.Abort(SocketError.TimedOut);

        Assert.Equal(0, await args);
    }

    [Fact]
    public void Neither_an_early_result_nor_a_second_await_is_answered_wrongly()
    {
        using var args = new SocketAwaitableEventArgs(null);

        Assert.False(args.IsCompleted);
        Assert.Throws<InvalidOperationException>(() => args.GetResult());
        args.UnsafeOnCompleted(static () => { });
        Assert.Throws<InvalidOperationException>(() => args.UnsafeOnCompleted(static () => { }));
    }

    [Fact]
    public async Task However_completion_abort_and_await_interleave_the_await_ends_once()
    {
        for (int round = 0; round < 5000; round++)
        {
            using var args = new SocketAwaitableEventArgs(PipeScheduler.ThreadPool);
            int resumed = 0;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Action resume = () =>
            {
                Interlocked.Increment(ref resumed);
                done.TrySetResult();
            };

            CancellationToken token = TestContext.Current.CancellationToken;
            await Task.WhenAll(
                Task.Run(() => args.UnsafeOnCompleted(resume), token),
                Task.Run(args.Complete, token),
                Task.Run(() => args.Abort(), token));
            await done.Task.WaitAsync(Pipes.Patience, TestContext.Current.CancellationToken);

            Assert.Equal(1, resumed);
        }
    }

    [Fact]
    public async Task The_await_resumes_on_the_scheduler()
    {
        using var scheduler = new DedicatedThreadPoolPipeScheduler("here", workerCount: 1);
        using var args = new SocketAwaitableEventArgs(scheduler);
        Task<string?> resumedOn = ResumedOnAsync(args);

        args.Complete();

        Assert.Equal("here:0", await resumedOn);
    }

    private static async Task AwaitAsync(SocketAwaitableEventArgs args) => await args;

    private static async Task<string?> ResumedOnAsync(SocketAwaitableEventArgs args)
    {
        await args;
        return Thread.CurrentThread.Name;
    }
}
