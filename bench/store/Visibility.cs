using System.Globalization;
using System.Threading.Channels;
using Rates.Api;
using StackExchange.Redis;

namespace Rates.Store.Bench;

/// <summary>How long a published sheet takes until an Api answers from it, beside what Redis alone needs for the same steps.</summary>
internal static class Visibility
{
    // The Api waits 20 ms between two reads of the store, so publishes come farther apart than that.
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(5);

    /// <summary>Publishes so often, each time waiting until the Api has the sheet, and prints the row of the table.</summary>
    public static async Task PrintAsync(string redis, int times)
    {
        await using var store = MadeUpRates.Open(redis);

        // The poll would find what a notification missed; here it must not.
        await using var api = ApiServer.Over(
            "http://127.0.0.1:0", ("Rates:Redis", redis), ("Rates:Api:PollInterval", "00:01:00"),
            ("Rates:DataFolder", Directory.CreateTempSubdirectory("rates-bench-").FullName));
        await api.StartAsync();
        var current = api.Services.GetRequiredService<CurrentBook>();
        var events = Channel.CreateUnbounded<RateEvent>();
        current.TryFollow(events.Writer);
        var waits = new List<double>();
        var missed = 0;
        for (var time = -20; time < times; time++)
        {
            var provider = $"v{Math.Abs(time) % 10:000}";
            var sheet = MadeUpRates.Sheet(provider, 30, time + 100);
            await MadeUpRates.PublishAsync(store, sheet);
            var published = TimeProvider.System.GetTimestamp();
            using var limit = new CancellationTokenSource(TooLong, TimeProvider.System);
            try
            {
                while ((await events.Reader.ReadAsync(limit.Token)).Entry.Key != provider)
                {
                }

                if (time >= 0)
                {
                    waits.Add(TimeProvider.System.GetElapsedTime(published).TotalMilliseconds);
                }
            }
            catch (OperationCanceledException)
            {
                // The first publishes may come before the Api listens.
                missed += time < 0 ? 0 : 1;
            }

            await Task.Delay(Apart, TimeProvider.System);
        }

        await api.StopAsync();
        var bare = await BareAsync(redis, times);
        Console.WriteLine(
            $"| publish to visible, {times} publishes, ms | {Row(waits)}, missed by the notification: {missed} | Redis alone, "
            + $"SET, PUBLISH and GET: {Row(bare)} |");
    }

    private static async Task<List<double>> BareAsync(string redis, int times)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis);
        var keys = connection.GetDatabase();
        var heard = Channel.CreateUnbounded<bool>();
        await connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal("bench"), (_, _) => heard.Writer.TryWrite(true));
        var value = new byte[2048];
        List<double> waits = [];
        for (var time = 0; time < times; time++)
        {
            await keys.StringSetAsync("bench", value);
            var start = TimeProvider.System.GetTimestamp();
            await connection.GetSubscriber().PublishAsync(RedisChannel.Literal("bench"), "");
            await heard.Reader.ReadAsync();
            await keys.StringGetAsync("bench");
            waits.Add(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds);
        }

        return waits;
    }

    private static string Row(List<double> waits)
    {
        waits.Sort();
        double At(double share) => waits[Math.Min(waits.Count - 1, (int)(waits.Count * share))];
        return string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.5):0.00}, p99 {At(0.99):0.00}, worst {waits[^1]:0.00}");
    }
}
