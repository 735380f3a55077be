using System.Net;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>The answers of long histories that are kept in the distributed cache.</summary>
public sealed partial class HistoryAnswersTests
{
    private const string Long = "/v1/history?quotes=GBP,USD&providers=ecb&from=2015-01-01&to=2026-08-20";

    // Every calendar day in rows: more than a quarter of a megabyte.
    private const string Streamed = "/v1/history?quotes=GBP,USD&providers=ecb&from=1980-01-01&to=2026-08-20&filled=true&format=csv";

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("ndjson")]
    public async Task A_long_history_is_made_once_and_then_found(string format)
    {
        var cache = new CountingCache();
        await using var api = Api(cache, out var store);
        using var made = await api.GetAsync($"{Long}&format={format}");
        var first = await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await Eventually.IsAsync(() => cache.Sets == 1, TestContext.Current.CancellationToken);

        // Another order of the parameters is the same query.
        using var found = await api.GetAsync(
            $"/v1/history?from=2015-01-01&providers=ecb&to=2026-08-20&format={format}&quotes=USD,GBP");
        var second = await found.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(first, second);
        Assert.Equal((1, 1), (cache.Sets, cache.Hits));
        Assert.NotNull(made.Headers.ETag);
        Assert.Equal(made.Headers.ETag, found.Headers.ETag);
        Assert.Equal(made.Content.Headers.ContentType, found.Content.Headers.ContentType);
    }

    [Theory]
    [InlineData($"{Long}&filled=true&group=month", "br")]
    [InlineData($"{Long}&filled=true&group=month", "gzip")]
    [InlineData(Streamed, "br")]
    [InlineData(Streamed, "gzip")]
    public async Task A_history_has_one_tag_in_each_coding_made_or_kept(string query, string coding)
    {
        var cache = new CountingCache();
        await using var api = Api(cache, out _);
        using var made = await api.GetAsync(query, ("Accept-Encoding", coding));
        var text = await CompressedText.UnpackAsync(made, coding);
        await Eventually.IsAsync(() => cache.Sets == 1, TestContext.Current.CancellationToken);

        using var kept = await api.GetAsync(query, ("Accept-Encoding", coding));
        using var again = await api.GetAsync(query, ("Accept-Encoding", coding), ("If-None-Match", made.Headers.ETag!.Tag));
        using var plain = await api.GetAsync(query, ("If-None-Match", made.Headers.ETag.Tag));

        Assert.Equal(query != Streamed, made.Content.Headers.NonValidated.Contains("Content-Length"));
        Assert.EndsWith($"-{coding}\"", made.Headers.ETag.Tag, StringComparison.Ordinal);
        Assert.Equal(made.Headers.ETag, kept.Headers.ETag);
        Assert.Equal(made.Headers.ETag.Tag, $"{plain.Headers.ETag!.Tag[..^1]}-{coding}\"");
        Assert.Equal(text, await CompressedText.UnpackAsync(kept, coding));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(again.Content.Headers.ContentEncoding);
        Assert.Equal(text, await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_has_a_long_history_is_told_so_without_making_or_reading_it()
    {
        var cache = new CountingCache();
        await using var api = Api(cache, out var store);
        using var made = await api.GetAsync(Streamed);
        await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await Eventually.IsAsync(() => cache.Sets == 1, TestContext.Current.CancellationToken);
        var gets = cache.Gets;

        using var again = await api.GetAsync(Streamed, ("If-None-Match", made.Headers.ETag!.Tag));
        Assert.Equal((HttpStatusCode.NotModified, gets), (again.StatusCode, cache.Gets));
        Assert.Equal(made.Headers.ETag, again.Headers.ETag);

        using var any = await api.GetAsync(Streamed.Replace("1980", "1981", StringComparison.Ordinal), ("If-None-Match", "*"));
        Assert.Equal(HttpStatusCode.NotModified, any.StatusCode);
        using var none = await api.GetAsync(
            Streamed.Replace("quotes=GBP,USD", "quotes=XAU", StringComparison.Ordinal), ("If-None-Match", "*"));
        Assert.NotEqual(HttpStatusCode.InternalServerError, none.StatusCode);

        // A back-fill changes the days without a new sheet.
        store.Remember("ecb", Sample.Figures(new(2020, 5, 4), "EUR/USD 1.0942"));
        store.HistoryRevision++;
        api.Time.Advance(TimeSpan.FromSeconds(2));
        using var changed = await api.GetAsync(Streamed, ("If-None-Match", made.Headers.ETag.Tag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Contains("1.0942", await changed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.NotEqual(made.Headers.ETag, changed.Headers.ETag);
    }

    [Theory]
    [InlineData("1980")]
    [InlineData("2020")]
    public async Task A_history_that_is_wanted_unchanged_is_refused_where_it_changed_kept_or_made_anew(string from)
    {
        await using var api = Api(new CountingCache(), out var store);
        var address = Streamed.Replace("1980", from, StringComparison.Ordinal);
        using var made = await api.GetAsync(address);
        var tag = made.Headers.ETag!.Tag;
        using var again = await api.GetAsync(address, ("If-Match", tag));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);

        store.Remember("ecb", Sample.Figures(new(2020, 5, 4), "EUR/USD 1.0942"));
        store.HistoryRevision++;
        api.Time.Advance(TimeSpan.FromSeconds(2));
        await api.ProblemAsync(address, HttpStatusCode.PreconditionFailed, ("If-Match", tag));
        using var any = await api.GetAsync(address, ("If-Match", "*"));
        Assert.Equal(HttpStatusCode.OK, any.StatusCode);
    }

    [Fact]
    public async Task A_sheet_that_its_source_only_confirmed_leaves_the_tag_and_the_kept_history()
    {
        var cache = new CountingCache();
        await using var api = Api(cache, out var store);
        using var before = await api.GetAsync(Streamed);
        await Eventually.IsAsync(() => cache.Sets == 1, TestContext.Current.CancellationToken);

        store.Publish(Sample.EcbSheet with { CheckedAt = Sample.Now.AddMinutes(5) });
        await api.RefreshAsync();
        using var after = await api.GetAsync(Streamed);

        Assert.Equal(before.Headers.ETag, after.Headers.ETag);
        Assert.Equal(1, cache.Hits);
    }

    [Fact]
    public async Task Whatever_changes_the_answer_changes_its_key()
    {
        var cache = new CountingCache();
        await using var api = Api(cache, out var store);
        string[] queries =
        [
            Long, $"{Long}&numbers=string", $"{Long}&format=csv", $"{Long}&format=csv&separator=semicolon", $"{Long}&filled=true",
            $"{Long}&group=month", $"{Long}&base=USD", $"{Long.Replace("2015", "2014", StringComparison.Ordinal)}",
            Long.Replace("GBP,", "", StringComparison.Ordinal).Replace("2015", "2005", StringComparison.Ordinal), $"{Long}&group=week",
            $"{Long}&revisions=true", $"{Long}&select=first", $"{Long}&select=median",
            Long.Replace("providers=ecb", "providers=ecb,boc&select=median", StringComparison.Ordinal),
            Long.Replace("providers=ecb", "providers=boc,ecb&select=median", StringComparison.Ordinal),
            Long.Replace("providers=ecb", "select=median", StringComparison.Ordinal),
            $"{Long.Replace("providers=ecb", "policy=vat-eu", StringComparison.Ordinal)}",
        ];
        foreach (var query in queries)
        {
            await api.TextAsync(query);
        }

        await Eventually.IsAsync(() => cache.Sets == queries.Length, TestContext.Current.CancellationToken);
        Assert.Equal(0, cache.Hits);

        // A back-fill changes the days without a new sheet; the revision is asked for at most once a second.
        store.Remember("ecb", Sample.Figures(new(2020, 5, 4), "EUR/USD 1.0942"));
        store.HistoryRevision++;
        api.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains("1.0942", await api.TextAsync(Long), StringComparison.Ordinal);

        // And so does a new sheet.
        store.Publish(Sample.Sheet("ecb", Sample.Today, api.Time.GetUtcNow(), null, "EUR/GBP 0.8654", "EUR/USD 1.1699"));
        await api.RefreshAsync();
        await Eventually.IsAsync(() => cache.Sets == queries.Length + 1, TestContext.Current.CancellationToken);
        await api.TextAsync(Long);
        await Eventually.IsAsync(() => cache.Sets == queries.Length + 2, TestContext.Current.CancellationToken);
        Assert.Equal(0, cache.Hits);
    }

    [Fact]
    public async Task A_combined_history_is_made_again_when_any_of_its_providers_changes()
    {
        var cache = new CountingCache();
        await using var api = Api(cache, out var store);
        var query = Long.Replace("providers=ecb", "providers=ecb,boc&select=mean", StringComparison.Ordinal);
        var before = await api.TextAsync(query);
        await Eventually.IsAsync(() => cache.Sets == 1, TestContext.Current.CancellationToken);
        Assert.Equal(before, await api.TextAsync(query));
        Assert.Equal(1, cache.Hits);

        store.Publish(Sample.Sheet("boc", Sample.Today, api.Time.GetUtcNow(), null, "EUR/CAD 1.6095", "USD/CAD 1.3000"));
        await api.RefreshAsync();

        Assert.NotEqual(before, await api.TextAsync(query));
        Assert.Equal(1, cache.Hits);
    }

    [Fact]
    public async Task A_short_history_and_one_as_it_was_known_are_not_kept()
    {
        var cache = new CountingCache();
        await using var api = Api(cache, out _);

        await api.TextAsync("/v1/history?quotes=USD&providers=ecb&from=2026-01-01&to=2026-08-20");
        await api.TextAsync($"{Long}&knownAt=2026-08-20T10:00:00Z");

        Assert.Equal(0, cache.Gets);
    }

    [Fact]
    public async Task Without_a_revision_of_the_history_nothing_is_kept()
    {
        var cache = new CountingCache();
        await using var api = Api(cache, out var store);
        store.HistoryRevision = 0;

        await api.TextAsync(Long);

        Assert.Equal(0, cache.Gets);
    }

    [Fact]
    public async Task A_cache_that_fails_fails_no_request_and_is_left_alone_for_a_while()
    {
        var cache = new CountingCache { Fails = true };
        await using var api = Api(cache, out _);

        Assert.Contains("1.1634", await api.TextAsync(Long), StringComparison.Ordinal);
        await api.TextAsync(Long);
        Assert.Equal(1, cache.Gets);

        api.Time.Advance(TimeSpan.FromSeconds(11));
        cache.Fails = false;
        await api.TextAsync(Long);
        Assert.Equal(2, cache.Gets);
    }

    [Fact]
    public async Task A_cache_that_does_not_answer_holds_no_request_up_for_long()
    {
        var cache = new CountingCache { Hangs = true };
        await using var api = Api(cache, out _);
        var answer = api.TextAsync(Long);
        await Eventually.IsAsync(() => cache.Gets == 1, TestContext.Current.CancellationToken);

        await Eventually.IsAsync(
            () =>
            {
                api.Time.Advance(TimeSpan.FromMilliseconds(500));
                return answer.IsCompleted;
            },
            TestContext.Current.CancellationToken);

        Assert.Contains("1.1634", await answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(100)]
    public async Task A_cut_answer_is_made_again(int length)
    {
        var cache = new CountingCache();
        await using var api = Api(cache, out _);
        var first = await api.TextAsync(Long);
        await Eventually.IsAsync(() => cache.Sets == 1, TestContext.Current.CancellationToken);
        cache.Cut(length);

        Assert.Equal(first, await api.TextAsync(Long));
    }

    private static ApiFixture Api(CountingCache cache, out InMemoryRates store)
    {
        store = Sample.Store();
        store.HistoryRevision = 1;
        return new ApiFixture(store) { Change = services => services.Replace(ServiceDescriptor.Singleton<IDistributedCache>(cache)) };
    }
}
