namespace Rates.Api.Tests;

/// <summary>What a client is told that comes back with the id of the last event that it has read.</summary>
public sealed partial class EventTests
{
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
    public async Task Who_comes_back_is_told_nothing_twice()
    {
        await using var api = new ApiFixture();
        await api.TextAsync("/v1/rates");
        var boc = api.Store.Publish(Sample.BocSheet with { FetchedAt = Sample.Now });
        var ecb = api.Store.Publish(Sample.EcbSheet with { FetchedAt = Sample.Now });

        // Only confirmed by its source.
        api.Store.Publish(boc with { Version = ecb.Version + 1, PublishedVersion = boc.Version });
        await api.RefreshAsync();

        using var reader = await FollowAsync(api, ("Last-Event-ID", $"{ecb.Epoch}:{ecb.Version}"));
        var next = api.Store.Publish(Sample.EcbSheet with { FetchedAt = Sample.Now.AddMinutes(1), Version = ecb.Version + 2 });
        await api.RefreshAsync();
        Assert.Equal("event: published", await reader.NextAsync());
        Assert.Equal($"id: {next.Epoch}:{next.Version}", await reader.NextAsync());

        using var other = await FollowAsync(api, ("Last-Event-ID", $"{boc.Epoch}:{boc.Version}"));
        Assert.Equal("event: published", await other.NextAsync());
        Assert.Equal($"id: {next.Epoch}:{next.Version}", await other.NextAsync());
    }

    [Theory]
    [InlineData("1700000000000-b:1")]
    [InlineData("1700000000000-a:9000000000000000000")]
    public async Task Who_has_the_id_of_another_store_is_told_every_sheet(string id)
    {
        await using var api = new ApiFixture();
        await api.TextAsync("/v1/rates");

        using var reader = await FollowAsync(api, ("Last-Event-ID", id));

        Assert.Equal("event: published", await reader.NextAsync());
    }

    [Fact]
    public void An_api_that_is_behind_tells_nothing_that_its_client_has_read()
    {
        RateEvent Published(string provider, long version)
        {
            var sheet = Sample.EcbSheet with { Provider = provider, Epoch = "1700000000000-a", Version = version };
            return RateEvent.OfSheet(ProviderEntry.Of(StoreChangeReader.Unannounced(provider), sheet, null, Sample.Now, "", Sample.Now));
        }

        var since = new ChangesSince(
            new([Published("ecb", 10).Entry, Published("nbp", 11).Entry], []), new("1700000000000-a", 13, default));

        Assert.Empty(since.Missed);
        Assert.Equal([false, false, true, true], ((string, long)[])[("ecb", 12), ("boc", 13), ("cnb", 14), ("rba", 9)] switch
        {
            var events => events.Select(one => since.IsNew(Published(one.Item1, one.Item2))),
        });
    }
}
