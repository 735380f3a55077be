using Rates.Providers;
using Rates.Store;

namespace Rates.Worker.Tests;

/// <summary>The kind of trouble decides what is done about it.</summary>
public sealed class FailurePolicyTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-20T16:00:00Z");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 32)]
    [InlineData(6, 60)]
    [InlineData(1000, 60)]
    public void Back_off_doubles_up_to_an_hour(int failures, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), FailurePolicy.BackOff(failures));

    [Fact]
    public void A_source_that_is_away_is_tried_again_for_the_same_slot() =>
        AssertFinish(new ProviderException(ProviderFault.Unreachable, "ecb", "reset"), slotDone: false, TimeSpan.FromMinutes(4));

    [Fact]
    public void A_source_that_says_when_to_come_back_is_believed() =>
        AssertFinish(
            new ProviderException(ProviderFault.Refused, "ecb", "status 429") { Status = 429, RetryAfter = TimeSpan.FromHours(7) },
            slotDone: false, TimeSpan.FromHours(7));

    [Fact]
    public void A_revoked_key_is_tried_hourly() =>
        AssertFinish(
            new ProviderException(ProviderFault.Refused, "ecb", "status 403") { Status = 403 }, slotDone: false, TimeSpan.FromHours(1));

    [Fact]
    public void A_body_that_cannot_be_read_is_not_asked_for_again() =>
        AssertFinish(new ProviderException(ProviderFault.Unreadable, "ecb", "no rate"), slotDone: true, TimeSpan.FromMinutes(4));

    [Fact]
    public void A_fault_of_ours_ends_the_slot_and_names_itself() =>
        Assert.StartsWith(
            "unexpected error: ArithmeticException",
            AssertFinish(new ArithmeticException("bug"), slotDone: true, TimeSpan.FromMinutes(4)).Reason);

    [Fact]
    public void A_store_that_is_away_is_not_held_against_the_source() =>
        Assert.False(FailurePolicy.To(new StoreUnavailableException("away", null), ClaimedSlot(), Now).Finish!.Failed);

    private static FetchResult AssertFinish(Exception problem, bool slotDone, TimeSpan wait)
    {
        var ending = FailurePolicy.To(problem, ClaimedSlot(), Now);

        Assert.Equal(new FinishedFetch(slotDone, Failed: true, Now + wait, null, null, null), ending.Finish);
        return ending;
    }

    private static ClaimedSlot ClaimedSlot() => new(
        ProviderCatalog.Shipped().Find("ecb")!, new(ClaimVerdict.Granted, "ecb", Now, 1, 1, null),
        new(null, null, 0, null, Failures: 2, null, FetchValidators.None), Now, 0, TimeSpan.FromSeconds(20));
}
