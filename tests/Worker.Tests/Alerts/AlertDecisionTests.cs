using Rates.Core;

namespace Rates.Worker.Tests;

/// <summary>What is told, and when.</summary>
public sealed class AlertDecisionTests
{
    private static readonly AlertOptions Options = new();
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 16, 0, 0, TimeSpan.Zero);
    private AlertMemory _memory = new();
    private DateTimeOffset _now = Start;

    [Fact]
    public void A_missed_publication_is_told_once_after_two_minutes_and_its_end_ten_minutes_later()
    {
        Assert.Empty(Pass("00:01:50", Stale("ecb")));
        var alert = Assert.Single(Pass("00:00:20", Stale("ecb")));
        Assert.Equal("Rates: ecb (ECB) 1 publication missed, newest day 2026-11-19: timed out", alert.Subject);
        Assert.Empty(Pass("05:00:00", Stale("ecb")));

        Assert.Empty(Pass("00:09:50", Well("ecb")));
        var end = Assert.Single(Pass("00:00:20", Well("ecb")));
        Assert.Equal("Rates: ecb (ECB) is well again, newest day 2026-11-20", end.Subject);
        Assert.Equal((ProviderCondition.Well, ProviderCondition.Stale), (end.Items[0].State, end.Items[0].Before));
        Assert.Empty(Pass("10:00:00", Well("ecb")));
        Assert.Empty(_memory.Providers);
    }

    [Fact]
    public void A_state_that_comes_and_goes_is_told_once()
    {
        Pass("00:03:00", Stale("ecb"));
        for (var round = 0; round < 100; round++)
        {
            Assert.Empty(Pass("00:05:00", Well("ecb")));
            Assert.Empty(Pass("00:05:00", Stale("ecb")));
        }
    }

    [Fact]
    public void A_state_shorter_than_two_minutes_is_not_told()
    {
        for (var round = 0; round < 100; round++)
        {
            Assert.Empty(Pass("00:01:00", Refused("yahoo")));
            Assert.Empty(Pass("00:01:00", Well("yahoo")));
        }
    }

    [Fact]
    public void A_sheet_of_which_one_figure_was_refused_is_told_with_that_figure()
    {
        var partly = Well("ecb") with
        {
            Health = new() { Quarantined = 1, RefusedRows = 1, FirstRefusedRows = [new("2026-11-20 EUR/USD 114.12", "scale")] },
        };

        var alert = Assert.Single(Pass("00:03:00", partly));

        Assert.Equal(
            "Rates: ecb (ECB) figures were refused, newest day 2026-11-20: 2026-11-20 EUR/USD 114.12: scale", alert.Subject);
    }

    [Fact]
    public void A_worse_state_is_told_again()
    {
        Pass("00:03:00", Stale("ecb"));

        var alert = Assert.Single(Pass("00:03:00", Stale("ecb") with { Status = StalenessStatus.Frozen, Missed = 5 }));

        Assert.Equal((ProviderCondition.Frozen, ProviderCondition.Stale), (alert.Items[0].State, alert.Items[0].Before));
        Assert.Contains("5 publications missed", alert.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_at_once_are_one_message()
    {
        ProviderState[] all = [.. Enumerable.Range(0, 80).Select(number => Stale($"p{number:00}"))];

        var digest = Assert.Single(Pass("00:03:00", all));

        Assert.Equal("Rates: 80 providers in trouble, 0 well again", digest.Subject);
        Assert.Equal(81, digest.Text.Split('\n').Length);
        Assert.Equal(3, Pass("00:03:00", [.. all, Stale("a"), Stale("b"), Stale("c")]).Count);
    }

    [Fact]
    public void Many_one_after_another_are_collected()
    {
        List<ProviderState> all = [];
        var messages = 0;
        HashSet<string> told = [];
        for (var minute = 0; minute < 80; minute++)
        {
            all.Add(Stale($"p{minute:00}"));
            foreach (var message in Pass("00:01:00", [.. all]))
            {
                messages++;
                told.UnionWith(message.Items.Select(item => item.Provider));
            }
        }

        foreach (var message in Pass("00:20:00", [.. all]))
        {
            messages++;
            told.UnionWith(message.Items.Select(item => item.Provider));
        }

        Assert.Equal(80, told.Count);
        Assert.InRange(messages, 10, 24);
    }

    [Fact]
    public void A_provider_that_was_never_fetched_is_told_of_after_three_failures()
    {
        var failing = Well("ecb") with
        {
            AsOf = null,
            Version = 0,
            Status = StalenessStatus.Missing,
            Health = new() { Failures = 2, Reason = "status 500" },
        };
        Assert.Empty(Pass("01:00:00", failing));

        var alert = Assert.Single(Pass("00:03:00", failing with { Health = failing.Health with { Failures = 3 } }));

        Assert.Equal("Rates: ecb (ECB) no rates yet: status 500", alert.Subject);
    }

    [Fact]
    public void The_age_of_stored_days_is_not_told_of_a_provider_that_was_never_fetched()
    {
        var unfetched = Stale("ecb") with { Version = 0 };
        Assert.Empty(Pass("01:00:00", unfetched));

        var alert = Assert.Single(Pass("00:03:00", unfetched with { Health = unfetched.Health with { Failures = 3 } }));

        Assert.Equal("Rates: ecb (ECB) never fetched, newest day 2026-11-19: timed out", alert.Subject);
    }

    [Fact]
    public void A_provider_that_is_no_longer_fetched_is_forgotten()
    {
        Pass("00:03:00", Stale("ecb"));

        Assert.Empty(Pass("01:00:00"));
        Assert.Empty(_memory.Providers);
    }

    [Fact]
    public void Failures_are_tried_again_later_and_later()
    {
        Assert.Equal(
            [10, 20, 40, 80, 160, 320, 640, 900, 900],
            Enumerable.Range(1, 9).Select(attempt => (int)AlertRunner.BackOff(attempt).TotalSeconds));
    }

    private static ProviderState Well(string key) =>
        new(key, key.ToUpperInvariant(), new(2026, 11, 20), 1, StalenessStatus.Fresh, 0, new(), 0, StoredAt: null);

    private static ProviderState Stale(string key) => Well(key) with
    {
        AsOf = new(2026, 11, 19),
        Status = StalenessStatus.Stale,
        Missed = 1,
        Health = new() { Failures = 1, Reason = "timed out" },
    };

    private static ProviderState Refused(string key) =>
        Well(key) with { Health = new() { Failures = 1, Quarantined = 1, Reason = "too far from the others" } };

    /// <summary>Lets time pass with a look every ten seconds, at whose providers nothing changes; the messages that were made.</summary>
    private List<AlertMessage> Pass(string span, params ProviderState[] providers)
    {
        List<AlertMessage> made = [];
        for (var end = _now + TimeSpan.Parse(span); _now < end; _now += TimeSpan.FromSeconds(10))
        {
            _memory = AlertDecision.Next(_memory, providers, Options, ["mail"], _now);
            made.AddRange(_memory.Outbox);
            _memory = _memory with { Outbox = [] };
        }

        return made;
    }
}
