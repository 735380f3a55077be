namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    private static QuotaTerms Day(int limit, int spare = 0) => new(limit, spare, Now.AddHours(-6), Now.AddHours(18));

    [Fact]
    public async Task Eight_workers_together_send_no_more_requests_than_the_quota()
    {
        var terms = Day(33);
        var granted = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            var store = Rig.Another();
            for (var i = 0; i < 20; i++)
            {
                if ((await store.CountRequestAsync(Ecb, terms, Token)).Verdict == QuotaVerdict.Granted)
                {
                    Interlocked.Increment(ref granted);
                }
            }
        }));

        Assert.Equal(33, granted);
        var refused = await Store.CountRequestAsync(Ecb, terms, Token);
        Assert.Equal((QuotaVerdict.Used, 33, terms.Until), (refused.Verdict, refused.Used, refused.Until));
        Assert.Equal(QuotaVerdict.Granted, (await Store.CountRequestAsync("nbp", terms, Token)).Verdict);
    }

    [Fact]
    public async Task What_must_be_spared_is_left_to_those_that_need_not_spare_it()
    {
        Assert.Equal(1, (await Store.CountRequestAsync(Ecb, Day(3, spare: 2), Token)).Used);

        Assert.Equal(QuotaVerdict.Used, (await Store.CountRequestAsync(Ecb, Day(3, spare: 2), Token)).Verdict);
        Assert.Equal(2, (await Store.CountRequestAsync(Ecb, Day(3, spare: 1), Token)).Used);
        Assert.Equal(3, (await Store.CountRequestAsync(Ecb, Day(3), Token)).Used);
        Assert.Equal(QuotaVerdict.Used, (await Store.CountRequestAsync(Ecb, Day(3), Token)).Verdict);
    }

    [Fact]
    public async Task A_day_that_is_not_the_stores_counts_nothing_and_tells_the_stores_clock()
    {
        var (yesterday, tomorrow) = (Day(1) with { Until = Now.AddMinutes(-5) }, Day(1) with { From = Now.AddMinutes(5) });

        foreach (var other in new[] { yesterday, tomorrow })
        {
            var count = await Store.CountRequestAsync(Ecb, other, Token);
            Assert.Equal(QuotaVerdict.OtherDay, count.Verdict);
            Assert.InRange(count.Now, Now.AddMinutes(-1), Now.AddMinutes(1));
        }

        Assert.Equal(1, (await Store.CountRequestAsync(Ecb, Day(1), Token)).Used);
    }

    [Fact]
    public async Task The_count_starts_again_when_the_day_ends()
    {
        var ends = Now.AddMilliseconds(400);
        await Store.CountRequestAsync(Ecb, Day(1) with { Until = ends }, Token);
        await PassAsync(ends - Now + TimeSpan.FromMilliseconds(20));

        Assert.Equal(1, (await Store.CountRequestAsync(Ecb, Day(1), Token)).Used);
    }

    [Fact]
    public async Task A_day_that_has_begun_keeps_its_count_and_its_end_under_another_zone()
    {
        var begun = Day(2);
        await Store.CountRequestAsync(Ecb, begun, Token);
        var other = begun with { From = begun.From.AddHours(3), Until = begun.Until.AddHours(3) };

        Assert.Equal((2, begun.Until), await UsedAsync(other));
        Assert.Equal((2, begun.Until), await UsedAsync(other));
    }

    [Theory]
    [InlineData("many")]
    [InlineData("-7")]
    public async Task A_count_that_cannot_be_read_lets_no_request_through_that_day(string used)
    {
        await Rig.PlantQuotaAsync(Ecb, used, Now.AddHours(2).ToUnixTimeMilliseconds());

        Assert.Equal(QuotaVerdict.Used, (await Store.CountRequestAsync(Ecb, Day(5), Token)).Verdict);
    }

    [Fact]
    public async Task A_day_that_a_wrong_clock_left_ends_at_once()
    {
        await Rig.PlantQuotaAsync(Ecb, "5", Now.AddHours(27).ToUnixTimeMilliseconds());

        Assert.Equal(1, (await Store.CountRequestAsync(Ecb, Day(5), Token)).Used);
    }

    private async Task<(int Used, DateTimeOffset Until)> UsedAsync(QuotaTerms terms)
    {
        var count = await Store.CountRequestAsync(Ecb, terms, Token);
        return (count.Used, count.Until);
    }
}
