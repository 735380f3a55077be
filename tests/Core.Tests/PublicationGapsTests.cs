namespace Rates.Core.Tests;

public sealed class PublicationGapsTests
{
    private static readonly PublicationCalendar Ecb = new() { Zone = "Europe/Berlin", At = new(16, 0), Holidays = "TARGET" };

    [Fact]
    public void Days_that_were_due_and_are_not_held_are_gaps_and_weekends_and_holidays_are_none()
    {
        // Good Friday and Easter Monday lie between, and a weekend.
        DateOnly[] held = [Given.Day("2026-03-31"), Given.Day("2026-04-02"), Given.Day("2026-04-08")];

        Assert.Equal(
            [Given.Day("2026-04-07"), Given.Day("2026-04-01")], PublicationGaps.Of(held, Ecb, Given.At("2026-04-09T12:00")));
    }

    [Theory]
    [InlineData("2026-04-09T16:59", 0)]
    [InlineData("2026-04-09T17:00", 1)]
    public void The_publication_of_today_is_due_when_its_grace_has_passed(string now, int expected) =>
        Assert.Equal(expected, PublicationGaps.Of([Given.Day("2026-04-08")], Ecb, Given.At(now)).Count);

    [Fact]
    public void A_monthly_figure_may_carry_any_day_of_its_month()
    {
        var calendar = new PublicationCalendar { Cadence = Cadence.Monthly };
        DateOnly[] held = [Given.Day("2026-01-31"), Given.Day("2026-02-01"), Given.Day("2026-04-15")];

        Assert.Equal([Given.Day("2026-03-01")], PublicationGaps.Of(held, calendar, Given.At("2026-05-01T12:00")));
    }

    [Fact]
    public void Nothing_is_missing_where_nothing_is_held_or_nothing_comes_any_more()
    {
        Assert.Empty(PublicationGaps.Of([], Ecb, Given.At("2026-04-09T12:00")));
        Assert.Empty(PublicationGaps.Of([Given.Day("2001-01-02")], Ecb with { Cadence = Cadence.None }, Given.At("2026-04-09T12:00")));
    }
}
