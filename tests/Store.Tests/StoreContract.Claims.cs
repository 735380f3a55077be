namespace Rates.Store.Tests;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_first_claim_is_granted_with_a_fence_and_a_lease()
    {
        var before = Now;
        var slot = before.AddMinutes(-1);

        var claim = await Store.ClaimAsync(Ecb, slot, Terms, Token);

        Assert.Equal((ClaimVerdict.Granted, Ecb, slot, 1), (claim.Verdict, claim.Provider, claim.Slot, claim.Attempt));
        Assert.True(claim.Fence > 0);
        Assert.InRange(claim.Until!.Value, before + Terms.Lease, TimeProvider.System.GetUtcNow() + Terms.Lease);
    }

    [Fact]
    public async Task Of_eight_workers_exactly_one_gets_each_slot()
    {
        const int Slots = 2000;
        var first = Now.AddHours(-1);
        var granted = new int[Slots];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async worker =>
        {
            var store = Rig.Another();
            for (var i = 0; i < Slots; i++)
            {
                var claim = await store.ClaimAsync(Ecb, first.AddSeconds(i), Terms with { Owner = $"worker-{worker}" }, Token);
                while (claim.Verdict == ClaimVerdict.Busy)
                {
                    claim = await store.ClaimAsync(Ecb, first.AddSeconds(i), Terms with { Owner = $"worker-{worker}" }, Token);
                }

                if (claim.Verdict == ClaimVerdict.Granted)
                {
                    Interlocked.Increment(ref granted[i]);
                    Assert.True(await store.FinishAsync(claim, Unchanged, Token));
                }
            }
        }));

        Assert.All(granted, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task A_claim_while_another_worker_holds_the_provider_is_busy_until_its_lease_ends()
    {
        var held = await GrantedAsync(Ecb);

        var claim = await Store.ClaimAsync(Ecb, held.Slot, Terms with { Owner = "worker-2" }, Token);

        Assert.Equal((ClaimVerdict.Busy, 0L, held.Until), (claim.Verdict, claim.Fence, claim.Until));
    }

    [Fact]
    public async Task Providers_are_claimed_independently()
    {
        await GrantedAsync(Ecb);

        await GrantedAsync("nbp");
    }

    [Fact]
    public async Task A_slot_whose_lease_ended_is_granted_again_as_the_next_attempt_until_all_are_used()
    {
        var slot = Now;
        List<Claim> claims = [];
        for (var i = 0; i < 3; i++)
        {
            claims.Add(await Store.ClaimAsync(Ecb, slot, Brief, Token));
            await PassAsync(Brief.Lease * 1.5);
        }

        Assert.Equal([1, 2, 3], claims.Select(claim => claim.Attempt));
        Assert.True(claims[0].Fence < claims[1].Fence && claims[1].Fence < claims[2].Fence);
        Assert.Equal(ClaimVerdict.Exhausted, (await Store.ClaimAsync(Ecb, slot, Brief, Token)).Verdict);
        Assert.Equal(1, (await Store.ClaimAsync(Ecb, slot.AddMilliseconds(1), Brief, Token)).Attempt);
    }

    [Fact]
    public async Task A_published_slot_is_never_granted_again_nor_an_older_one()
    {
        var slot = Now;
        await PublishedAsync(Sheets.Of(Ecb), slot);

        Assert.Equal(ClaimVerdict.Done, (await Store.ClaimAsync(Ecb, slot, Terms, Token)).Verdict);
        Assert.Equal(ClaimVerdict.Done, (await Store.ClaimAsync(Ecb, slot.AddHours(-1), Terms, Token)).Verdict);
    }

    [Fact]
    public async Task A_slot_older_than_one_claimed_since_is_refused()
    {
        var slot = Now;
        Assert.True(await Store.FinishAsync(await GrantedAsync(Ecb, slot), Unchanged with { SlotDone = false }, Token));

        Assert.Equal(ClaimVerdict.Older, (await Store.ClaimAsync(Ecb, slot.AddSeconds(-1), Terms, Token)).Verdict);
    }

    [Fact]
    public async Task A_slot_ahead_of_the_stores_clock_is_refused_beyond_five_seconds()
    {
        // The first call connects, which may take its time.
        Assert.Equal(ClaimVerdict.Granted, (await Store.ClaimAsync("nbp", Now.AddSeconds(3), Terms, Token)).Verdict);
        Assert.Equal(ClaimVerdict.Future, (await Store.ClaimAsync(Ecb, Now.AddSeconds(9), Terms, Token)).Verdict);
    }

    [Fact]
    public async Task A_new_slot_within_the_minimum_gap_is_too_soon()
    {
        var patient = Terms with { MinimumGap = TimeSpan.FromMinutes(1) };
        var before = Now;
        var first = await GrantedAsync(Ecb, before.AddSeconds(-2));
        var after = TimeProvider.System.GetUtcNow();
        await Store.FinishAsync(first, Unchanged, Token);

        var claim = await Store.ClaimAsync(Ecb, Now, patient, Token);

        Assert.Equal(ClaimVerdict.TooSoon, claim.Verdict);
        Assert.InRange(claim.Until!.Value, before + patient.MinimumGap, after + patient.MinimumGap);
    }

    [Fact]
    public async Task A_provider_is_held_back_until_the_instant_that_its_last_fetch_gave()
    {
        var until = Now.AddHours(1);
        var slot = Now.AddSeconds(-1);
        await Store.FinishAsync(await GrantedAsync(Ecb, slot), new(SlotDone: false, Failed: true, until, null, null, null), Token);

        var same = await Store.ClaimAsync(Ecb, slot, Terms, Token);
        var next = await Store.ClaimAsync(Ecb, Now, Terms, Token);
        await Rig.MarkAsync(Ecb, "notBefore", Now.AddMilliseconds(-1).ToUnixTimeMilliseconds());
        var later = await Store.ClaimAsync(Ecb, slot, Terms, Token);

        Assert.Equal((ClaimVerdict.HeldBack, (DateTimeOffset?)until), (same.Verdict, same.Until));
        Assert.Equal(ClaimVerdict.HeldBack, next.Verdict);
        Assert.Equal((ClaimVerdict.Granted, 2), (later.Verdict, later.Attempt));
    }

    [Theory]
    [InlineData("done")]
    [InlineData("slot")]
    [InlineData("start")]
    public async Task A_mark_from_a_clock_that_ran_ahead_does_not_freeze_the_provider(string field)
    {
        await Rig.MarkAsync(Ecb, field, Now.AddYears(70).ToUnixTimeMilliseconds());

        var claim = await Store.ClaimAsync(Ecb, Now, Terms with { MinimumGap = TimeSpan.FromMinutes(1) }, Token);

        Assert.Equal((ClaimVerdict.Granted, 1), (claim.Verdict, claim.Attempt));
    }

    [Fact]
    public async Task A_hold_that_no_source_would_ask_for_is_ignored()
    {
        await Rig.MarkAsync(Ecb, "notBefore", Now.AddDays(32).ToUnixTimeMilliseconds());

        await GrantedAsync(Ecb);
    }

    [Fact]
    public async Task A_lease_that_ends_impossibly_late_counts_as_ended_and_its_holder_is_fenced()
    {
        var paused = await GrantedAsync(Ecb, Now.AddSeconds(-1));
        await Rig.MarkAsync(Ecb, "until", Now.AddHours(1).ToUnixTimeMilliseconds());

        var rescuer = await GrantedAsync(Ecb);

        Assert.True(rescuer.Fence > paused.Fence);
        Assert.False((await Store.PublishAsync(paused, Sheets.Of(Ecb), FetchValidators.None, Token)).Accepted);
    }

    [Fact]
    public async Task Fences_rise_over_all_providers()
    {
        List<long> fences = [];
        for (var i = 0; i < 50; i++)
        {
            fences.Add((await GrantedAsync($"provider-{i}")).Fence);
        }

        Assert.Equal(fences.Order().Distinct(), fences);
    }

    [Fact]
    public async Task A_provider_never_claimed_has_a_fresh_record()
    {
        var state = await FetchStateAsync(Ecb, Token);

        Assert.Equal(new FetchState(null, null, 0, null, 0, null, FetchValidators.None), state);
    }

    [Fact]
    public async Task The_record_follows_a_fetch_from_claim_to_failures_to_success()
    {
        var slot = Now.AddSeconds(-3);
        var held = Now.AddHours(1);
        FetchValidators validators = new("\"abc\"", "Thu, 20 Aug 2026 14:00:00 GMT", "00ff", Now);

        var claim = await GrantedAsync(Ecb, slot);
        var running = await FetchStateAsync(Ecb, Token);
        await Store.FinishAsync(claim, new(SlotDone: false, Failed: true, null, null, null, validators), Token);
        await Store.FinishAsync(await GrantedAsync(Ecb, slot), GivenUp with { NotBefore = held }, Token);
        var failed = await FetchStateAsync(Ecb, Token);
        await Rig.MarkAsync(Ecb, "notBefore", 0);
        var good = await GrantedAsync(Ecb, slot.AddSeconds(1));
        await Store.PublishAsync(good, Sheets.Of(Ecb), validators with { ETag = "\"def\"" }, Token);
        var published = await FetchStateAsync(Ecb, Token);

        Assert.Equal(new FetchState(null, slot, 1, claim.Until, 0, null, FetchValidators.None), running);
        Assert.Equal(new FetchState(slot, slot, 2, null, 2, held, validators), failed);
        Assert.Equal(new FetchState(good.Slot, good.Slot, 1, null, 0, null, validators with { ETag = "\"def\"" }), published);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ECB")]
    [InlineData("a:b")]
    [InlineData("e}cb")]
    public async Task A_text_that_is_no_provider_key_is_refused_by_name(string provider)
    {
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Store.ClaimAsync(provider, Now, Terms, Token));

        Assert.Contains($"'{provider}'", refused.Message, StringComparison.Ordinal);
    }
}
