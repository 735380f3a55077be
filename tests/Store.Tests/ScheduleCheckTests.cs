namespace Rates.Store.Tests;

/// <summary>Which schedules an operator may set, and when they are due.</summary>
public sealed class ScheduleCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("0 0/5 16-18 ? * MON-FRI", "Europe/Berlin", "2026-11-26T15:00:00Z")]
    [InlineData("*/5 16-18 * * MON-FRI", "Europe/Berlin", "2026-11-26T15:00:00Z")]
    [InlineData("*/5 16-18 * * 1-5", "Europe/Berlin", "2026-11-26T15:00:00Z")]
    [InlineData("0 0 9 ? * FRI#1", "UTC", "2026-12-04T09:00:00Z")]
    [InlineData("0 0 12 L * ?", "America/New_York", "2026-11-30T17:00:00Z")]
    public void Cron_is_read_with_and_without_seconds(string cron, string zone, string next)
    {
        var schedule = ScheduleCheck.Checked("ecb", new() { Cron = cron, Zone = zone }, Minute, Now);

        Assert.Equal(DateTimeOffset.Parse(next), schedule.Due.NextAfter(Now));
        Assert.Equal(cron, schedule.Due.Expression);
    }

    [Theory]
    [InlineData("0 0 9 30 2 ?", "UTC", "cron '0 0 9 30 2 ?' is not due within 400 days")]
    [InlineData(
        "*/30 * * * * ?", "UTC", "cron '*/30 * * * * ?' is due twice within 00:00:30; this provider is asked every 00:01:00 at most")]
    [InlineData("0 0 9 * * ?", "Mars/Olympus", "zone 'Mars/Olympus' is not a time zone")]
    [InlineData("0 0 25 * * ?", "UTC", "cron '0 0 25 * * ?' is not a cron expression: Hours: Value must be a number between 0 and 23")]
    [InlineData("0 0 9 ? * 2-6", "UTC", "cron '0 0 9 ? * 2-6' has the weekday '2-6'; write weekdays as names")]
    [InlineData("0 9 * *", "UTC", "cron '0 9 * *' has 4 fields")]
    [InlineData("", "UTC", "cron '' is empty")]
    [InlineData("soon", "UTC", "cron 'soon' has 1 fields")]
    public void What_cannot_be_is_named_with_its_value(string cron, string zone, string why)
    {
        var problem = Assert.Throws<ScheduleFormatException>(
            () => ScheduleCheck.Checked("ecb", new() { Cron = cron, Zone = zone }, Minute, Now));

        Assert.StartsWith(why, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_after_which_nothing_would_be_fetched_for_years_is_refused()
    {
        var never = new ScheduleDefinition { Cron = "0 0 9 * * ?", Zone = "UTC", MinimumGap = TimeSpan.MaxValue };

        var problem = Assert.Throws<ScheduleFormatException>(() => ScheduleCheck.Checked("ecb", never, Minute, Now));

        Assert.Equal("minimumGap", problem.Field);
        Assert.Contains("longer than 400 days", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_gap_may_not_be_less_than_the_source_bears()
    {
        var daily = new ScheduleDefinition { Cron = "0 0 9 * * ?", Zone = "UTC", MinimumGap = Minute };

        Assert.Equal(
            "minimumGap",
            Assert.Throws<ScheduleFormatException>(() => ScheduleCheck.Checked("ecb", daily, TimeSpan.FromHours(1), Now)).Field);
        Assert.NotNull(ScheduleCheck.Checked("ecb", daily with { MinimumGap = TimeSpan.FromHours(1) }, TimeSpan.FromHours(1), Now));
    }

    [Theory]
    [InlineData("00:15:00")]
    [InlineData("1.00:00:00")]
    [InlineData("00:00:07")]
    public void An_interval_has_one_grid_for_everybody_and_another_place_in_it_for_each_provider(string every)
    {
        var interval = TimeSpan.Parse(every);
        var definition = new ScheduleDefinition { Cron = "", Zone = "UTC", Every = interval };
        var due = ProviderSchedule.Parse("ecb", definition).Due;

        var instants = ScheduleCheck.Next(due, Now, 20);

        Assert.All(instants.Zip(instants.Skip(1)), pair => Assert.Equal(interval, pair.Second - pair.First));
        Assert.InRange(instants[0], Now.AddTicks(1), Now + interval);
        Assert.Equal(instants[1], due.NextAfter(instants[0]));
        Assert.Equal(instants[0], due.NextAfter(instants[0].AddTicks(-1)));
        Assert.Equal(
            instants,
            ScheduleCheck.Next(
                ProviderSchedule.Parse("ecb", definition).Due, Now.AddSeconds(-0.5),
                20).Where(at => at > Now).Take(20).Append(instants[^1]).Distinct());
        Assert.True(interval < Minute || due.NextAfter(Now) != ProviderSchedule.Parse("nbp", definition).Due.NextAfter(Now));
    }

    [Fact]
    public void An_interval_is_held_to_the_same_limits()
    {
        var often = new ScheduleDefinition { Cron = "", Zone = "UTC", Every = TimeSpan.FromSeconds(10) };

        Assert.Equal("every", Assert.Throws<ScheduleFormatException>(() => ScheduleCheck.Checked("ecb", often, Minute, Now)).Field);
        Assert.Equal(
            "every",
            Assert.Throws<ScheduleFormatException>(
                () => ScheduleCheck.Checked("ecb", often with { Every = TimeSpan.Zero }, Minute, Now)).Field);
    }

    [Fact]
    public void H_is_the_same_for_a_provider_everywhere_and_not_the_same_for_all()
    {
        var seen = new[] { "ecb", "boc", "nbp", "cnb", "rba" }.Select(
            key => ProviderSchedule.Parse(key, new() { Cron = "0 H 6 * * ?", Zone = "UTC" }).Due.NextAfter(Now)).ToList();

        Assert.Equal(seen[0], ProviderSchedule.Parse("ecb", new() { Cron = "0 H 6 * * ?", Zone = "UTC" }).Due.NextAfter(Now));
        Assert.True(seen.Distinct().Count() > 1);
    }
}
