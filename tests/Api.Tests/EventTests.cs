using System.Net;
using Rates.Testing;

namespace Rates.Api.Tests;

public sealed partial class EventTests
{
    [Fact]
    public async Task A_publication_is_told_as_it_comes_in_and_a_revision_is_called_one()
    {
        await using var api = new ApiFixture();
        using var reader = await FollowAsync(api);

        var published = api.Store.Publish(Sample.EcbSheet with { FetchedAt = Sample.Now });
        await api.RefreshAsync();
        Assert.Equal("event: published", await reader.NextAsync());
        Assert.Equal($"id: {published.Epoch}:{published.Version}", await reader.NextAsync());
        Assert.Contains("\"provider\":\"ecb\"", await reader.NextAsync(), StringComparison.Ordinal);

        api.Store.Publish(Sample.EcbSheet with { FetchedAt = Sample.Now, Revised = true });
        await api.RefreshAsync();
        Assert.Equal("event: revised", await reader.NextAsync());
    }

    [Fact]
    public async Task A_sheet_that_its_source_only_confirmed_is_not_told()
    {
        await using var api = new ApiFixture();
        using var reader = await FollowAsync(api);

        api.Store.Publish(Sample.EcbSheet with { CheckedAt = Sample.Now.AddMinutes(1), NextExpectedAt = Sample.Now.AddDays(1) });
        await api.RefreshAsync();
        api.Store.Publish(Sample.BocSheet with { FetchedAt = Sample.Now });
        await api.RefreshAsync();

        Assert.Equal("event: published", await reader.NextAsync());
        Assert.StartsWith("id: ", await reader.NextAsync(), StringComparison.Ordinal);
        Assert.Contains("\"provider\":\"boc\"", await reader.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stored_day_is_told_where_it_changes_the_latest_rates_and_no_other_is()
    {
        var store = Sample.Store();
        store.Add(Sample.Known("bank"));
        await using var api = new ApiFixture(store);
        using var reader = await FollowAsync(api);

        // Beside a sheet, and before the day that is the newest of a provider without one, nothing becomes the latest.
        await RememberAsync(api, "bank", Sample.Today.AddDays(-3));
        await RememberAsync(api, "bank", Sample.Today.AddDays(-4));
        await RememberAsync(api, "ecb", Sample.Today.AddYears(-20));
        await RememberAsync(api, "ecb", Sample.Today);
        await RememberAsync(api, "bank", Sample.Today.AddDays(-1));

        List<string> lines = [];
        while (lines.Count(line => line == "event: published") < 2 || lines[^1].StartsWith("event", StringComparison.Ordinal))
        {
            lines.Add(await reader.NextAsync());
        }

        var told = lines.Index().Where(one => one.Item == "event: published").Select(one => lines[one.Index + 1]);
        Assert.Collection(
            told,
            data => Assert.Matches("^data: .*\"bank\".*\"asOf\":\"2026-08-17\"", data),
            data => Assert.Matches("^data: .*\"bank\".*\"asOf\":\"2026-08-19\"", data));
        Assert.DoesNotContain(lines, line => line.Contains("version", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_last_id_may_come_as_a_parameter_and_nothing_else_may()
    {
        await using var api = new ApiFixture();
        await api.TextAsync("/v1/rates");
        var last = api.Book.Find("boc")!.Sheet!;
        var missed = api.Store.Publish(Sample.EcbSheet with { FetchedAt = Sample.Now, Version = last.Version + 60_000 });
        await api.RefreshAsync();

        using var reader = await FollowAtAsync(api, $"/v1/events?lastEventId={last.Epoch}:{last.Version + 30_000}");

        Assert.Equal("event: published", await reader.NextAsync());
        Assert.Equal($"id: {missed.Epoch}:{missed.Version}", await reader.NextAsync());
        await api.ProblemAsync("/v1/events?since=1", HttpStatusCode.BadRequest);
        foreach (var wrong in (string[])["abc", "1-a:b", "1-a:1:2", "zzz:5", "1-a:-1", ""])
        {
            var problem = await api.ProblemAsync($"/v1/events?lastEventId={wrong}", HttpStatusCode.BadRequest);
            Assert.Equal("lastEventId", problem.GetProperty("parameter").GetString());
            if (wrong.Length > 0)
            {
                problem = await api.ProblemAsync("/v1/events", HttpStatusCode.BadRequest, ("Last-Event-ID", wrong));
                Assert.Equal("Last-Event-ID", problem.GetProperty("parameter").GetString());
            }
            Assert.Equal(wrong, problem.GetProperty("value").GetString());
        }
    }

    [Fact]
    public async Task A_proxy_is_told_not_to_collect_events()
    {
        await using var api = new ApiFixture();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/v1/events");

        using var response = await api.CreateClient().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
    }

    [Fact]
    public async Task Going_stale_and_failing_are_told_without_an_id()
    {
        await using var api = new ApiFixture(settings: ("Rates:Api:LongestEventStream", "2.00:00:00"));
        using var reader = await FollowAsync(api);

        api.Store.Add(Sample.Google with { Health = new() { Failures = 4, Reason = "status 503" } });
        await api.RefreshAsync();
        Assert.Equal("event: failed", await reader.NextAsync());
        Assert.Contains("status 503", await reader.NextAsync(), StringComparison.Ordinal);

        api.Time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(4));
        await api.RefreshAsync();
        Assert.Equal("event: stale", await reader.NextAsync());
    }

    private static async Task RememberAsync(ApiFixture api, string provider, DateOnly day)
    {
        api.Store.Remember(provider, Sample.Figures(day, "EUR/USD 1.15"));
        api.Store.HistoryRevision++;
        api.Time.Advance(TimeSpan.FromSeconds(10));
        await api.RefreshAsync();
    }

    private static Task<Follower> FollowAsync(ApiFixture api, params (string Name, string Value)[] headers) =>
        FollowAtAsync(api, "/v1/events", headers);

    private static async Task<HttpResponseMessage> StartAsync(ApiFixture api, string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await api.CreateClient().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream;q=0, */*")]
    [InlineData("image/png, text/html")]
    [InlineData("nothing")]
    public async Task Who_accepts_no_event_stream_is_told_what_is_offered(string accept)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync("/v1/events", HttpStatusCode.NotAcceptable, ("Accept", accept));

        Assert.EndsWith(
            " asks for none of the formats that are offered: text/event-stream", problem.GetProperty("detail").GetString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("*/*")]
    [InlineData("text/*;q=0.1")]
    [InlineData("text/event-stream")]
    [InlineData("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8")]
    public async Task Who_accepts_an_event_stream_follows(string? accept)
    {
        await using var api = new ApiFixture();

        using var reader = await FollowAtAsync(api, "/v1/events", accept is null ? [] : [("Accept", accept)]);
    }

    private static async Task<Follower> FollowAtAsync(ApiFixture api, string address, params (string Name, string Value)[] headers)
    {
        var response = await StartAsync(api, address, headers);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var follower = new Follower(
            response, new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
        Assert.Equal("retry: 2000", await follower.NextAsync());
        return follower;
    }

    private sealed class Follower(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        /// <summary>The next line that says something.</summary>
        public async Task<string> NextAsync()
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(Eventually.Limit);
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
