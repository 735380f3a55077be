using System.Net;

namespace Rates.Api.Tests;

public sealed class EventTests
{
    [Fact]
    public async Task A_publication_is_told_as_it_comes_in_and_a_revision_is_called_one()
    {
        await using var api = new ApiFixture();
        using var reader = await FollowAsync(api);

        var published = api.Store.Publish(Sample.EcbSheet);
        await api.RefreshAsync();
        Assert.Equal("event: published", await reader.NextAsync());
        Assert.Equal($"id: {published.Epoch}:{published.Version}", await reader.NextAsync());
        Assert.Contains("\"provider\":\"ecb\"", await reader.NextAsync(), StringComparison.Ordinal);

        api.Store.Publish(Sample.EcbSheet with { Revised = true });
        await api.RefreshAsync();
        Assert.Equal("event: revised", await reader.NextAsync());
    }

    [Fact]
    public async Task Going_stale_and_failing_are_told_without_an_id()
    {
        await using var api = new ApiFixture();
        using var reader = await FollowAsync(api);

        api.Store.Add(Sample.Google with { Health = new() { Failures = 4, Reason = "status 503" } });
        await api.RefreshAsync();
        Assert.Equal("event: failed", await reader.NextAsync());
        Assert.Contains("status 503", await reader.NextAsync(), StringComparison.Ordinal);

        api.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(4));
        await api.RefreshAsync();
        Assert.Equal("event: stale", await reader.NextAsync());
    }

    [Fact]
    public async Task Who_comes_back_is_told_of_what_was_published_since()
    {
        await using var api = new ApiFixture();
        await api.TextAsync("/v1/rates");
        var last = api.Book.Find("boc")!.Sheet!;
        var missed = api.Store.Publish(Sample.EcbSheet with { Version = last.Version + 60_000 });
        await api.RefreshAsync();
        var seen = $"{last.Epoch}:{last.Version + 30_000}";

        using var reader = await FollowAsync(api, ("Last-Event-ID", seen));

        Assert.Equal("event: published", await reader.NextAsync());
        Assert.Equal($"id: {missed.Epoch}:{missed.Version}", await reader.NextAsync());
    }

    [Fact]
    public async Task Who_falls_behind_is_cut_off_and_so_is_one_follower_too_many()
    {
        await using var api = new ApiFixture();
        await api.TextAsync("/v1/rates");
        var current = (CurrentBook)api.Services.GetService(typeof(CurrentBook))!;
        var slow = System.Threading.Channels.Channel.CreateBounded<RateEvent>(1);
        Assert.True(current.TryFollow(slow.Writer));

        api.Store.Publish(Sample.EcbSheet);
        api.Store.Publish(Sample.BocSheet);
        await api.RefreshAsync();

        Assert.True(slow.Reader.TryRead(out _));
        Assert.False(await slow.Reader.WaitToReadAsync(TestContext.Current.CancellationToken));

        while (current.TryFollow(System.Threading.Channels.Channel.CreateBounded<RateEvent>(1).Writer))
        {
        }

        await api.ProblemAsync("/v1/events", HttpStatusCode.ServiceUnavailable);
    }

    private static async Task<Follower> FollowAsync(ApiFixture api, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        var response = await api.CreateClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var follower = new Follower(response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
        Assert.Equal("retry: 2000", await follower.NextAsync());
        return follower;
    }

    private sealed class Follower(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        /// <summary>The next line that says something.</summary>
        public async Task<string> NextAsync()
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromSeconds(30));
            while (true)
            {
                var line = await reader.ReadLineAsync(limit.Token) ?? throw new EndOfStreamException();
                if (line.Length > 0 && line[0] != ':')
                {
                    return line;
                }
            }
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
