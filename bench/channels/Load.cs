namespace Rates.Channels.Bench;

/// <summary>Several clients that ask as fast as they are answered.</summary>
internal static class Load
{
    /// <summary>How many clients ask at the same time.</summary>
    public const int Clients = 16;

    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    /// <summary>Runs them and returns the answers of one second.</summary>
    public static async Task<long> RunAsync(Func<Task<IClient>> connect)
    {
        using var stop = new CancellationTokenSource();
        var answers = 0L;
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => connect()));
        Task[] running = [.. clients.Select(client => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await client.AskAsync();
                Interlocked.Increment(ref answers);
            }
        }))];
        await Task.Delay(Warmup, TimeProvider.System, CancellationToken.None);
        var (before, mark) = (Interlocked.Read(ref answers), TimeProvider.System.GetTimestamp());
        await Task.Delay(Length, TimeProvider.System, CancellationToken.None);
        var (count, time) = (Interlocked.Read(ref answers) - before, TimeProvider.System.GetElapsedTime(mark));
        await stop.CancelAsync();
        await Task.WhenAll(running);
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        return (long)(count / (decimal)time.TotalSeconds);
    }
}
