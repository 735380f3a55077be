namespace Rates.Core.Tests;

/// <summary>What a document may change of days that were published before.</summary>
public sealed class RestatementRulesTests
{
    private static readonly Observation[] Stored = Given.Figures(
        "2026-04-07 EUR/USD 1.1000", "2026-04-08 EUR/USD 1.1010", "2026-04-08 EUR/ISK 143 Last");

    [Theory]
    [InlineData("2026-04-07 EUR/USD 1.1000", "")]
    [InlineData("2026-04-07 EUR/USD 1.1200", "")]
    [InlineData("2026-04-07 EUR/USD 1.1240", "revision EUR/USD on 2026-04-07 from 1.1000 to 1.1240 of a past day is more than 2 %")]
    [InlineData("2026-04-07 EUR/USD 1.0770", "revision EUR/USD on 2026-04-07 from 1.1000 to 1.0770 of a past day is more than 2 %")]
    [InlineData("2026-04-08 EUR/ISK 150 Last", "")]
    [InlineData("2026-04-06 EUR/USD 1.9000", "")]
    public void A_fixing_of_a_past_day_is_corrected_by_two_per_cent_at_most(string row, string reason) =>
        Assert.Equal(reason, Check(row, "2026-04-14"));

    [Theory]
    [InlineData("2026-04-07 EUR/USD 1.1000", "")]
    [InlineData("2026-04-07 EUR/USD 1.10", "")]
    [InlineData("2026-04-07 EUR/USD 1.09995", "")]
    [InlineData("2026-04-07 EUR/USD 1.09994",
        "date EUR/USD on 2026-04-07 from 1.1000 to 1.09994: the document ends on 2026-04-08, before 2026-04-13")]
    [InlineData("2026-04-07 EUR/USD 1.1050",
        "date EUR/USD on 2026-04-07 from 1.1000 to 1.1050: the document ends on 2026-04-08, before 2026-04-13")]
    [InlineData("2026-04-08 EUR/ISK 144 Last",
        "date EUR/ISK on 2026-04-08 from 143 to 144: the document ends on 2026-04-08, before 2026-04-13")]
    [InlineData("2026-04-06 EUR/USD 1.1050", "date EUR/USD 1.1050 on 2026-04-06: the document ends on 2026-04-08, before 2026-04-13")]
    public void A_document_that_ends_before_the_newest_published_day_changes_and_adds_nothing(string row, string reason) =>
        Assert.Equal(reason, Check(row, "2026-04-08"));

    [Fact]
    public void A_document_of_the_newest_published_day_does_not_go_back()
    {
        Assert.Equal("", Check("2026-04-07 EUR/USD 1.1050", "2026-04-13"));
        Assert.Equal("", Check("2026-04-07 EUR/USD 1.1050", "2026-04-08", published: null));
    }

    [Theory]
    [InlineData("2026-04-07 EUR/USD 1.1240", "2026-04-14", "2026-04-07 EUR/USD 1.1230", "2026-04-07 EUR/USD 1.1250", true)]
    [InlineData("2026-04-07 EUR/USD 1.1240", "2026-04-14", "2026-04-07 EUR/USD 1.1230", "2026-04-07 EUR/USD 1.1010", false)]
    [InlineData("2026-04-07 EUR/USD 1.1050", "2026-04-08", "2026-04-07 EUR/USD 1.1060", "2026-04-07 EUR/USD 1.1050", true)]
    [InlineData("2026-04-07 EUR/USD 1.1050", "2026-04-08", "2026-04-07 EUR/USD 1.1000", "2026-04-07 EUR/USD 1.1050", false)]
    public void Two_witnesses_of_the_day_confirm_a_change(string row, string newest, string one, string other, bool passes) =>
        Assert.Equal(passes, Check(row, newest, witnesses: [Given.Figures(one), Given.Figures(other)]).Length == 0);

    [Fact]
    public void Refused_documents_of_earlier_days_confirm_nothing()
    {
        var context = Context() with { EarlierRefused = Given.Figures("2026-04-05 EUR/USD 1.1240", "2026-04-06 EUR/USD 1.1240") };

        Assert.Single(RestatementRules.Check(
            Given.Figures("2026-04-07 EUR/USD 1.1240"), Stored, Given.Day("2026-04-14"), Given.Day("2026-04-13"), context));
    }

    [Fact]
    public void An_unconfirmed_figure_may_be_corrected_by_any_amount()
    {
        Observation[] unconfirmed = [.. Stored.Select(figure => figure with { IsUnconfirmed = true })];

        Assert.Empty(RestatementRules.Check(
            Given.Figures("2026-04-07 EUR/USD 11.00"), unconfirmed, Given.Day("2026-04-14"), Given.Day("2026-04-13"), Context()));
        Assert.Single(RestatementRules.Check(
            Given.Figures("2026-04-07 EUR/USD 1.1050"), unconfirmed, Given.Day("2026-04-08"), Given.Day("2026-04-13"), Context()));
    }

    [Fact]
    public void Sources_that_publish_during_the_day_are_not_checked() => Assert.Empty(RestatementRules.Check(
        Given.Figures("2026-04-07 EUR/USD 1.1240", "2026-04-06 EUR/USD 1.1"), Stored, Given.Day("2026-04-08"), Given.Day("2026-04-13"),
        Context() with { Profile = Given.Profile(Cadence.Live) }));

    private static string Check(
        string row, string newest, string? published = "2026-04-13", IReadOnlyList<IReadOnlyList<Observation>>? witnesses = null)
    {
        var refused = RestatementRules.Check(
            Given.Figures(row), Stored, Given.Day(newest), published is null ? null : Given.Day(published),
            Context() with { PastWitnesses = witnesses ?? [] });
        return refused is [var only] ? only.Reason : "";
    }

    private static IngestContext Context() => new() { Profile = Given.Profile(), Today = Given.Day("2026-04-14") };
}
