using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Rates.Testing;

namespace Rates.Api.Tests;

public sealed partial class EventTests
{
    [Fact]
    public async Task One_client_cannot_take_every_stream()
    {
        await using var api = new ApiFixture();
        var streams = new List<Follower>();
        for (var number = 0; number < ChangeFollowers.MaxPerClient; number++)
        {
            streams.Add(await FollowAsync(api));
        }

        var problem = await api.ProblemAsync("/v1/events", HttpStatusCode.TooManyRequests);
        Assert.Contains("20", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);

        streams[0].Dispose();
        await Eventually.IsAsync(async () =>
        {
            using var response = await StartAsync(api, "/v1/events");
            return response.StatusCode == HttpStatusCode.OK;
        }, () => "a free place", TestContext.Current.CancellationToken);
        streams.ForEach(stream => stream.Dispose());
    }

    [Fact]
    public async Task A_client_that_has_fewer_streams_takes_the_place_of_the_oldest_of_one_that_has_most()
    {
        await using var api = new ApiFixture();
        var followers = (ChangeFollowers)api.Services.GetService(typeof(ChangeFollowers))!;
        List<Task> streams = [];
        var (most, ended) = (CurrentBook.MaxFollowers / ChangeFollowers.MaxPerClient, new ConcurrentQueue<string>());
        async Task FollowAsync(string name, string client) => await followers.FollowAsync(client, async changes =>
        {
            await changes.WaitToReadAsync(TestContext.Current.CancellationToken);
            ended.Enqueue(name);
        });
        for (var number = 0; number < CurrentBook.MaxFollowers; number++)
        {
            streams.Add(FollowAsync($"{number}", $"client {number % most}"));
        }

        var (one, other) = (FollowAsync("one", "new"), FollowAsync("other", "new"));

        await Eventually.IsAsync(() => Task.FromResult(ended.Count == 2), () => "two streams end", TestContext.Current.CancellationToken);
        Assert.Equal(["0", "1"], ended.Order());
        Assert.False(one.IsCompleted || other.IsCompleted);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_off()
    {
        var store = Sample.Store();
        await using var api = await KestrelApi.StartAsync(store);
        var (current, refresher, time) = (
            api.Services.GetRequiredService<CurrentBook>(), api.Services.GetRequiredService<BookRefresher>(),
            (FakeTimeProvider)api.Services.GetRequiredService<TimeProvider>());
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 2048 };
        await deaf.ConnectAsync(IPAddress.Loopback, api.Port, TestContext.Current.CancellationToken);
        await deaf.SendAsync("GET /v1/events HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await Eventually.IsAsync(
            () => Task.FromResult(current.Followers == 1), () => "it follows", TestContext.Current.CancellationToken);

        // More than the system and the server keep for it.
        for (var number = 0; number < 1000; number++)
        {
            store.Publish(Sample.EcbSheet with { FetchedAt = Sample.Now.AddSeconds(number), Version = 0 });
            await refresher.RefreshAsync(TestContext.Current.CancellationToken);
        }

        await Eventually.IsAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(current.Followers == 0);
            },
            () => "it is cut off", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_stream_ends_after_an_hour()
    {
        await using var api = new ApiFixture();
        using var reader = await FollowAsync(api);

        api.Time.Advance(TimeSpan.FromHours(1));

        await Assert.ThrowsAsync<EndOfStreamException>(reader.NextAsync);
    }

    [Fact]
    public async Task Who_falls_behind_is_cut_off_and_so_is_one_follower_too_many()
    {
        await using var api = new ApiFixture();
        await api.TextAsync("/v1/rates");
        var current = (CurrentBook)api.Services.GetService(typeof(CurrentBook))!;
        var slow = System.Threading.Channels.Channel.CreateBounded<RateEvent>(1);
        Assert.True(current.TryFollow(slow.Writer));

        api.Store.Publish(Sample.EcbSheet with { FetchedAt = Sample.Now });
        api.Store.Publish(Sample.BocSheet with { FetchedAt = Sample.Now });
        await api.RefreshAsync();

        Assert.True(slow.Reader.TryRead(out _));
        Assert.False(await slow.Reader.WaitToReadAsync(TestContext.Current.CancellationToken));

        while (current.TryFollow(System.Threading.Channels.Channel.CreateBounded<RateEvent>(1).Writer))
        {
        }

        await api.ProblemAsync("/v1/events", HttpStatusCode.ServiceUnavailable);
    }
}
