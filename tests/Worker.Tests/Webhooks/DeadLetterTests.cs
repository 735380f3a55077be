using System.Globalization;
using Rates.Store;

namespace Rates.Worker.Tests;

/// <summary>What becomes of messages that were given up: after days, after a restart, when the list is full, posted again.</summary>
public sealed class DeadLetterTests : WebhookRig
{
    [Fact]
    public async Task A_dead_letter_stands_after_a_week_and_a_restart_and_is_posted_again_for_a_day()
    {
        await using (var first = Worker("one", ("Events", "published")))
        {
            await GivenUpAsync(first);
        }

        var before = Assert.Single(await Webhooks.ReadDeadLettersAsync(Token));
        Time.Advance(TimeSpan.FromDays(7));
        await using var second = Worker("two", ("Events", "published"));
        await LookAsync(5, second);
        var calls = Hook.Calls.Count;
        Assert.Equal(before, Assert.Single(await Webhooks.ReadDeadLettersAsync(Token)));

        await SendAgainAsync(before);
        await LookAsync(1, second);
        Assert.Empty(await Webhooks.ReadDeadLettersAsync(Token));
        Assert.Equal(calls + 1, Hook.Calls.Count);
        Time.Advance(TimeSpan.FromHours(23));
        await LookAsync(1, second);
        Assert.Empty(await Webhooks.ReadDeadLettersAsync(Token));
        Time.Advance(TimeSpan.FromHours(2));
        await LookAsync(1, second);

        var after = Assert.Single(await Webhooks.ReadDeadLettersAsync(Token));
        Assert.Equal(before.Value.Delivery.Id, after.Value.Delivery.Id);
        Assert.Equal((3, false), (after.Value.Delivery.Attempts, after.Value.SendAgain));
        Assert.Single(Hook.Calls.Select(call => call.Headers["X-Rates-Delivery"]).Distinct());
    }

    [Fact]
    public async Task A_full_list_loses_its_oldest_letter_but_none_that_is_to_go_out_again()
    {
        await using var worker = Worker("one", ("Events", "published"));
        for (var letter = 0; letter < WebhookStore.MostDead; letter++)
        {
            await BuryAsync(letter);
        }

        // An operator asks for the oldest one while the worker posts the message that it gives up at this look.
        var asked = 0;
        Hook.Taking = async () =>
        {
            if (Time.GetUtcNow() > Buried(0).AddHours(24) && Interlocked.Exchange(ref asked, 1) == 0)
            {
                await SendAgainAsync((await Webhooks.ReadDeadLettersAsync(Token))[0]);
            }
        };
        await GivenUpAsync(worker);

        var left = await Webhooks.ReadDeadLettersAsync(Token);
        Assert.Equal(WebhookStore.MostDead, left.Count);
        Assert.Equal(["d000", "d002"], left.Take(2).Select(one => one.Value.Delivery.Id));
        Assert.True(left[0].Value.SendAgain);

        Hook.Refusals = 0;
        await LookAsync(1, worker);

        Assert.Contains("d000", Hook.Calls.Select(call => call.Headers["X-Rates-Delivery"]));
        Assert.Equal(WebhookStore.MostDead - 1, (await Webhooks.ReadDeadLettersAsync(Token)).Count);
    }

    [Fact]
    public async Task What_waited_while_no_worker_ran_for_a_week_is_still_posted()
    {
        await using (var first = Worker("one", ("Events", "published")))
        {
            await LookAsync(1, first);
            Hook.Refusals = int.MaxValue;
            await first.AlarmAsync("ecb");
            await LookAsync(1, first);
        }

        Time.Advance(TimeSpan.FromDays(7));
        Hook.Refusals = 0;
        await using var second = Worker("two", ("Events", "published"));
        await LookAsync(1, second);

        Assert.Equal("published", Event(Hook.Calls.First().Body));
        Assert.Equal(Hook.Calls.First().Headers["X-Rates-Delivery"], Hook.Calls.ElementAt(1).Headers["X-Rates-Delivery"]);
        Assert.Empty(await Webhooks.ReadDeadLettersAsync(Token));
    }

    private static DateTimeOffset Buried(int letter) => new DateTimeOffset(Day, new(12, 0), TimeSpan.Zero).AddMinutes(letter);

    private Task<long?> BuryAsync(int letter) => Webhooks.EditDeadLetterAsync(
        new(0, new(
            new(
                string.Create(CultureInfo.InvariantCulture, $"d{letter:d3}"), "shop",
                new("stale", "ecb", "European Central Bank", "stale", null, null, null, null), Buried(letter), 9, Buried(letter), ""),
            Buried(letter), SendAgain: false)),
        isDeleted: false, "one", change: null, Token);

    private Task<long?> SendAgainAsync(WithRevision<WebhookDeadLetter> letter) => Webhooks.EditDeadLetterAsync(
        letter with { Value = letter.Value with { SendAgain = true } }, isDeleted: false, "anna", ("letter", "sent again"), Token);
}
