using Rates.Core;
using Rates.Testing;

namespace Rates.Api.Tests;

public sealed class BookTests
{
    private const string Usd = "/v1/rates?quotes=USD&providers=ecb";

    // How long the refresher sleeps between two passes: a clock that has an alarm so near has a refresher that sleeps.
    private static readonly TimeSpan LeastGap = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task Reads_ask_nothing_of_the_store()
    {
        await using var api = new ApiFixture();
        await api.SettleAsync();

        for (var round = 0; round < 3; round++)
        {
            foreach (var address in new[] { Usd, "/v1/rates?select=median", "/v1/rates?providers=all&format=csv", "/v1/rates/EUR/USD",
                "/v1/convert?from=EUR&to=USD", "/v1/providers", "/v1/currencies", "/health/ready", "/" })
            {
                await api.TextAsync(address);
            }
        }

        Assert.Empty(api.Store.Calls);
    }

    [Fact]
    public async Task A_pass_reads_only_the_sheets_that_changed()
    {
        await using var api = new ApiFixture();
        await api.SettleAsync();

        await api.RefreshAsync();
        Assert.Equal(["index"], api.Store.Calls);

        api.Store.Publish(Usd2("1.1700"));
        await api.RefreshAsync();

        Assert.Equal(["index", "index", "sheet ecb"], api.Store.Calls);
        Assert.Contains("1.1700", await api.TextAsync(Usd), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unchanged_store_leaves_the_book_in_place()
    {
        await using var api = new ApiFixture();
        await api.TextAsync(Usd);
        var before = api.Book;

        await api.RefreshAsync();
        Assert.Same(before, api.Book);

        var boc = before.Find("boc");
        api.Store.Publish(Usd2("1.1700"));
        await api.RefreshAsync();

        Assert.NotSame(before, api.Book);
        Assert.Same(boc, api.Book.Find("boc"));
    }

    [Fact]
    public async Task A_hint_brings_the_sheet_without_waiting_for_the_poll()
    {
        var store = Sample.Store();
        await using var api = await KestrelApi.StartAsync(store);
        var time = await AsleepAsync(api, store);
        store.Publish(Usd2("1.1700"));

        store.Hint("ecb");
        time.Advance(LeastGap);

        await ArrivesAsync(api, 1.17m);
    }

    [Fact]
    public async Task The_poll_brings_a_sheet_whose_hint_was_lost()
    {
        var store = Sample.Store();
        await using var api = await KestrelApi.StartAsync(store);
        var time = await AsleepAsync(api, store);
        store.Publish(Usd2("1.1700"));

        time.Advance(TimeSpan.FromSeconds(1.2));

        await ArrivesAsync(api, 1.17m);
    }

    [Fact]
    public async Task A_damaged_sheet_leaves_the_last_good_one_and_the_other_providers_alone()
    {
        await using var api = new ApiFixture();
        await api.TextAsync(Usd);
        api.Store.Corrupt("ecb");
        api.Store.Publish(Sample.BocSheet with { Observations = Sample.Figures(Sample.BocSheet.AsOf, "EUR/CAD 1.7000", "USD/CAD 1.4000") });

        await api.RefreshAsync();

        var ecb = (await api.JsonAsync(Usd)).GetProperty("providers")[0];
        Assert.Equal("1.1634", ecb.GetProperty("rates").GetProperty("USD").GetRawText());
        Assert.Contains("sha256", ecb.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("1.214285714", await api.TextAsync("/v1/rates?quotes=USD&providers=boc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_sheet_is_not_read_again_at_every_pass()
    {
        await using var api = new ApiFixture();
        await api.TextAsync(Usd);
        api.Store.Corrupt("ecb");
        await api.RefreshAsync();
        api.Store.ForgetCalls();

        await api.RefreshAsync();
        Assert.DoesNotContain("sheet ecb", api.Store.Calls);

        api.Store.Publish(Usd2("1.1700"));
        await api.RefreshAsync();

        Assert.DoesNotContain("reason", await api.TextAsync(Usd), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_version_or_epoch_never_replaces_what_is_served()
    {
        await using var api = new ApiFixture();
        await api.TextAsync(Usd);
        var served = api.Book.Find("ecb")!.Sheet!;

        api.Store.Publish(Usd2("9.9") with { Version = served.Version - 1 });
        await api.RefreshAsync();
        Assert.Same(served, api.Book.Find("ecb")!.Sheet);

        api.Store.Epoch = "1600000000000-z";
        api.Store.Publish(Usd2("9.9") with { Version = served.Version + 1 });
        await api.RefreshAsync();
        Assert.Same(served, api.Book.Find("ecb")!.Sheet);

        api.Store.Epoch = "1800000000000-a";
        api.Store.Publish(Usd2("1.2") with { Version = 1 });
        await api.RefreshAsync();
        Assert.Equal(1, api.Book.Find("ecb")!.Sheet!.Version);
    }

    [Fact]
    public async Task A_store_that_is_down_or_has_lost_everything_changes_nothing_that_is_served()
    {
        await using var api = new ApiFixture();
        var before = await api.TextAsync(Usd);

        api.Store.IsDown = true;
        await api.RefreshAsync();
        Assert.Equal(before, await api.TextAsync(Usd));

        api.Store.IsDown = false;
        api.Store.Lose();
        await api.RefreshAsync();
        Assert.Equal(before, await api.TextAsync(Usd));
    }

    [Fact]
    public async Task Statuses_move_with_the_clock_alone()
    {
        await using var api = new ApiFixture();
        Assert.Equal("fresh", await StatusAsync(api));

        foreach (var (days, expected) in new[] { (1, "stale"), (9, "frozen") })
        {
            api.Time.Advance(TimeSpan.FromDays(days) + TimeSpan.FromHours(4));
            await api.RefreshAsync();
            Assert.Equal(expected, await StatusAsync(api));
        }

        static async Task<string> StatusAsync(ApiFixture api) =>
            (await api.JsonAsync(Usd)).GetProperty("providers")[0].GetProperty("status").GetString()!;
    }

    [Fact]
    public async Task Health_told_by_a_worker_is_shown_without_a_new_sheet()
    {
        await using var api = new ApiFixture();
        await api.TextAsync(Usd);
        var untouched = api.Book.Find("ecb");
        api.Store.Add(Sample.Google with { Health = new() { Failures = 4, Reason = "status 503" } });

        await api.RefreshAsync();

        Assert.Contains("never fetched: status 503", await api.TextAsync("/v1/rates?providers=google"), StringComparison.Ordinal);
        Assert.Same(untouched, api.Book.Find("ecb"));
    }

    [Fact]
    public async Task A_calendar_of_a_newer_worker_that_cannot_be_read_does_not_stop_the_figures()
    {
        await using var api = new ApiFixture();
        api.Store.Add(Sample.Ecb with { Profile = Sample.Ecb.Profile with { Calendar = new() { Zone = "Mars/Olympus" } } });

        await api.RefreshAsync();

        Assert.Contains("1.1634", await api.TextAsync(Usd), StringComparison.Ordinal);
        Assert.Contains("Mars/Olympus", (await api.JsonAsync("/v1/providers/ecb")).GetProperty("note").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_see_one_book_or_the_next_and_never_a_mixture()
    {
        await using var api = new ApiFixture();
        await api.TextAsync(Usd);
        var isRead = false;
        var swaps = Task.Run(async () =>
        {
            var turns = 0;
            for (; !Volatile.Read(ref isRead) || turns < 2; turns++)
            {
                var rate = turns % 2 == 0 ? "2.0" : "4.0";
                api.Store.Publish(Sample.EcbSheet with
                {
                    Observations = Sample.Figures(Sample.Today, $"EUR/GBP {rate}", $"EUR/USD {rate}"),
                });
                await api.RefreshAsync();
            }

            return turns;
        }, TestContext.Current.CancellationToken);

        for (var reads = 0; reads < 300; reads++)
        {
            var rates = (await api.JsonAsync("/v1/rates?quotes=USD,GBP&providers=ecb")).GetProperty("providers")[0].GetProperty("rates");
            var pair = (rates.GetProperty("GBP").GetRawText(), rates.GetProperty("USD").GetRawText());

            // The first is what the sample publishes, before the first swap.
            Assert.Contains(pair, new[] { ("0.8654", "1.1634"), ("2.0", "2.0"), ("4.0", "4.0") });
        }

        Volatile.Write(ref isRead, true);
        Assert.True(await swaps >= 2);
    }

    // Waits until the refresher follows hints and sleeps between two passes; its clock stands still.
    private static async Task<FakeTimeProvider> AsleepAsync(KestrelApi api, InMemoryRates store)
    {
        var time = (FakeTimeProvider)api.Services.GetRequiredService<TimeProvider>();
        await Eventually.IsAsync(() => store.Watchers == 1 && time.NextDue <= Sample.Now + LeastGap, TestContext.Current.CancellationToken);
        return time;
    }

    private static Task ArrivesAsync(KestrelApi api, decimal rate) => Eventually.IsAsync(
        () => api.Services.GetRequiredService<CurrentBook>().Book.Find("ecb")!.Sheet!.Observations.Any(figure => figure.Rate == rate),
        TestContext.Current.CancellationToken);

    private static RateSheet Usd2(string rate) =>
        Sample.EcbSheet with { Observations = Sample.Figures(Sample.Today, $"EUR/USD {rate}", "EUR/GBP 0.8654") };
}
