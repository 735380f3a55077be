using System.Globalization;
using Rates.Store;

namespace Rates.Worker.Tests;

/// <summary>Which messages wait on, and which are given up.</summary>
public sealed class WaitingMessagesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-20T16:05:00Z", CultureInfo.InvariantCulture);

    [Fact]
    public void Many_changes_at_once_for_many_receivers_all_wait()
    {
        string[] names = [.. Enumerable.Range(0, 20).Select(number => $"shop{number}")];
        var waiting = Waiting(names.SelectMany(name => Messages(name, 150)));

        var (memory, dead) = WaitingMessages.Settle(waiting, [], Posting(), Now);

        Assert.Empty(dead);
        Assert.Same(waiting.Memory, memory);
    }

    [Fact]
    public void The_oldest_of_the_receiver_that_has_most_are_given_up()
    {
        string[] names = [.. Enumerable.Range(0, 11).Select(number => $"shop{number}")];
        var waiting = Waiting([.. names.SelectMany(name => Messages(name, 900)), .. Messages("bad", 999)]);

        var (memory, dead) = WaitingMessages.Settle(waiting, [], Posting(), Now);

        Assert.Equal(WaitingMessages.MostOfAll, memory.Outbox.Count);
        Assert.Equal(899, dead.Count);
        Assert.InRange(dead.Count(one => one.Subscription == "bad") - dead.Count(one => one.Subscription == "shop0"), 98, 99);
        Assert.Contains(dead, one => one.Id == "bad-0");
        Assert.DoesNotContain(dead, one => one.Id == "bad-998");
        Assert.All(dead, one => Assert.Equal("more than 10000 messages wait", one.Problem));
    }

    [Fact]
    public void What_is_being_posted_is_not_given_up()
    {
        var waiting = Waiting(Messages("bad", WaitingMessages.MostOfOne + 2));

        var (_, dead) = WaitingMessages.Settle(waiting, [], Posting("bad-0", "bad-1"), Now);

        Assert.Equal(["bad-2", "bad-3"], dead.Select(one => one.Id));
    }

    [Fact]
    public void What_waits_for_nobody_is_given_up_after_a_day()
    {
        var waiting = Waiting(Messages("gone", 2));

        Assert.Empty(WaitingMessages.Settle(waiting, [], Posting(), Now.AddHours(24)).Dead);
        var (memory, dead) = WaitingMessages.Settle(waiting, [], Posting(), Now.AddHours(24).AddSeconds(1));

        Assert.Empty(memory.Outbox);
        Assert.Equal(["no worker has its receiver", "no worker has its receiver"], dead.Select(one => one.Problem));
    }

    private static HashSet<string> Posting(params string[] ids) => [.. ids];

    private static WaitingChanges Waiting(IEnumerable<WebhookDelivery> messages) =>
        new(new() { Outbox = [.. messages] }, 1, new Dictionary<string, Webhook>());

    private static IEnumerable<WebhookDelivery> Messages(string receiver, int count) => Enumerable.Range(0, count).Select(
        number => new WebhookDelivery(
            $"{receiver}-{number}", receiver, new("published", "ecb", "", "fresh", null, null, null, null), Now, 0, Now, ""));
}
