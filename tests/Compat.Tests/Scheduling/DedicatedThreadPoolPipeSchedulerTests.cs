using System.Collections.Concurrent;
using Pipelines.Sockets.Unofficial;
using Rates.Compat.Tests.Sockets;
using Rates.Testing;

namespace Rates.Compat.Tests.Scheduling;

public class DedicatedThreadPoolPipeSchedulerTests
{
    [Fact]
    public async Task Work_runs_on_the_dedicated_threads()
    {
        using var scheduler = new DedicatedThreadPoolPipeScheduler("io", workerCount: 2, useThreadPoolQueueLength: 1000);
        var threads = new ConcurrentBag<string?>();

        for (int i = 0; i < 100; i++) scheduler.Schedule(_ => threads.Add(Thread.CurrentThread.Name), null);

        await Eventually.IsAsync(() => scheduler.TotalServicedByQueue == 100, TestContext.Current.CancellationToken);
        Assert.Equal(100, threads.Count);
        Assert.All(threads, name => Assert.Matches("^io:[01]$", name));
        Assert.Equal(0, scheduler.TotalServicedByPool);
    }

    [Fact]
    public async Task A_single_thread_keeps_the_order()
    {
        using var scheduler = new DedicatedThreadPoolPipeScheduler(workerCount: 1, useThreadPoolQueueLength: 1000);
        var order = new ConcurrentQueue<int>();

        for (int i = 0; i < 100; i++) scheduler.Schedule(state => order.Enqueue((int)state!), i);

        await Eventually.IsAsync(() => order.Count == 100, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 100), order);
    }

    [Fact]
    public async Task The_thread_pool_helps_out_when_the_queue_is_long()
    {
        using var scheduler = new DedicatedThreadPoolPipeScheduler(workerCount: 1, useThreadPoolQueueLength: 3);
        using var release = new ManualResetEventSlim();
        int done = 0;
        var busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scheduler.Schedule(
            _ =>
            {
                busy.SetResult();
                release.Wait(Pipes.Patience);
            },
            null);
        await busy.Task.WaitAsync(Pipes.Patience, TestContext.Current.CancellationToken);

        for (int i = 0; i < 10; i++) scheduler.Schedule(_ => Interlocked.Increment(ref done), null);

        await Eventually.IsAsync(() => scheduler.TotalServicedByPool >= 7, TestContext.Current.CancellationToken);
        release.Set();
        await Eventually.IsAsync(() => Volatile.Read(ref done) == 10, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Counts_tell_how_many_threads_are_free()
    {
        using var scheduler = new DedicatedThreadPoolPipeScheduler(workerCount: 3);
        using var release = new ManualResetEventSlim();
        await Eventually.IsAsync(() => scheduler.AvailableCount == 3, TestContext.Current.CancellationToken);

        scheduler.Schedule(_ => release.Wait(Pipes.Patience), null);

        await Eventually.IsAsync(() => scheduler.AvailableCount == 2, TestContext.Current.CancellationToken);
        Assert.Equal(3, scheduler.WorkerCount);
        release.Set();
        await Eventually.IsAsync(() => scheduler.AvailableCount == 3, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Work_that_comes_after_disposal_is_not_lost()
    {
        var scheduler = new DedicatedThreadPoolPipeScheduler(workerCount: 2);
        int done = 0;
        for (int i = 0; i < 5; i++) scheduler.Schedule(_ => Interlocked.Increment(ref done), null);
        scheduler.Dispose();

        for (int i = 0; i < 5; i++) scheduler.Schedule(_ => Interlocked.Increment(ref done), null);

        await Eventually.IsAsync(() => Volatile.Read(ref done) == 10, TestContext.Current.CancellationToken);
        await Eventually.IsAsync(() => scheduler.AvailableCount == 0, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Senseless_counts_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DedicatedThreadPoolPipeScheduler(workerCount: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DedicatedThreadPoolPipeScheduler(useThreadPoolQueueLength: -1));
    }
}
