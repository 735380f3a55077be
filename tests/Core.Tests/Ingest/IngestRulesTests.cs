using FsCheck;
using FsCheck.Fluent;
using static Rates.Core.Tests.Bank;

namespace Rates.Core.Tests;

public sealed class IngestRulesTests
{
    [Fact]
    public void A_pair_that_is_still_unconfirmed_is_in_doubt_though_the_document_does_not_mention_it()
    {
        var sheet = Given.Sheet(
            [Given.Figure("2026-04-13 EUR/USD 1.1634"), Given.Figure("2026-04-13 EUR/GBP 0.8617") with { IsUnconfirmed = true }]);

        var verdict = IngestRules.Check(Given.Figures("2026-04-14 EUR/USD 1.1640"), Context(sheet));

        Assert.Equal([CurrencyPair.Parse("EUR/GBP")], verdict.Doubtful);
    }

    [Fact]
    public void Two_directions_that_contradict_each_other_are_named_with_their_day()
    {
        var verdict = IngestRules.Check(Given.Figures("2026-04-13 EUR/USD 1.25", "2026-04-13 USD/EUR 0.90"), Context(null));

        Assert.Equal("direction EUR/USD 1.25 x USD/EUR 0.90 is not 1 on 2026-04-13", Assert.Single(verdict.SheetReasons));
    }

    [Fact]
    public void All_rows_of_an_ordinary_day_pass()
    {
        var verdict = Check(Move("2026-04-14", 1.002m));

        Assert.Equal(10, verdict.Accepted.Count);
        Assert.Empty(verdict.Refused);
        Assert.Empty(verdict.SheetReasons);
        Assert.Empty(verdict.Doubtful);
    }

    [Fact]
    public void Every_row_is_accepted_or_refused_and_none_is_lost() => Given.Always(
        from rows in Gen.ArrayOf(Hostile)
        from previous in Gen.ArrayOf(Hostile)
        from earlier in Gen.ArrayOf(Hostile)
        select (rows, previous, earlier), each =>
        {
            var stood = IngestRules.Check(each.previous, Context(null)).Accepted;
            var context = Context(stood.Count == 0 ? null : Given.Sheet([.. stood])) with
            {
                EarlierRefused = each.earlier,
                Witnesses = each.earlier
            };

            var verdict = IngestRules.Check(each.rows, context);

            return UnconfirmedMarks.Cleared(verdict.Accepted).All(each.rows.Contains)
                && verdict.Refused.All(refusal => each.rows.Contains(refusal.Observation))
                && verdict.Accepted.DistinctBy(row => (row.Pair, row.AsOf, row.Kind)).Count() == verdict.Accepted.Count
                && (verdict.SheetReasons.Count > 0 || each.rows.All(row =>
                    row.Pair.Base == row.Pair.Quote
                    || verdict.Refused.Any(refusal => refusal.Observation.Equals(row))
                    || verdict.Accepted.Any(kept => (kept.Pair, kept.AsOf, kept.Kind) == (row.Pair, row.AsOf, row.Kind))));
        });

    [Fact]
    public void A_year_of_ordinary_days_is_never_refused() => Given.Always(
        from moves in Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(-200, 200), Yesterday.Length), 250)
        select moves, year =>
        {
            var (sheet, rows) = (Given.Sheet(Yesterday), Yesterday);
            foreach (var day in year)
            {
                // Up to 2 % a day; the Danish krone stays within its peg.
                rows = [.. rows.Zip(day, (row, move) =>
                    row with { AsOf = row.AsOf.AddDays(1),
                    Rate = decimal.Round(row.Rate * (1 + (row.Pair.Quote.Code == "DKK" ? move / 100 : move) / 10_000m), 4) })];
                var verdict = IngestRules.Check(rows, Context(sheet) with { Today = rows[0].AsOf });
                if (verdict is not { Refused: [], SheetReasons: [] })
                {
                    return false;
                }

                sheet = SheetMerge.Merge(sheet, verdict.Accepted, Given.Profile(), sheet.CheckedAt.AddDays(1), null, null)!;
            }

            return UnconfirmedMarks.Cleared(sheet.Observations).SequenceEqual(rows.OrderBy(row => row.Pair));
        }, times: 10);

    [Fact]
    public void Accepted_rows_are_accepted_again() => Given.Always(
        from factor in Gen.Choose(9_900, 10_100)
        select Move("2026-04-14", factor / 10_000m), rows =>
            IngestRules.Check(rows, Context(Given.Sheet([.. Check(rows).Accepted]))) is { Refused: [], SheetReasons: [] });

    /// <summary>
    /// Figures as a broken source might print them: any day, any number that a decimal can be, few pairs so that they meet.
    /// </summary>
    private static Gen<Observation> Hostile =>
        from day in Gen.Elements(DateOnly.MinValue, DateOnly.MaxValue, Today, Today.AddDays(-1), Today.AddDays(-40))
        from one in Gen.Elements("EUR", "USD", "BTC", "XAU", "ZZZ", "HRK")
        from other in Gen.Elements("EUR", "USD", "BTC", "XAU", "AED")
        from rate in Gen.OneOf(
            Given.Rate,
            Gen.Elements(0m, -1m, decimal.MaxValue, decimal.MinValue, new decimal(1, 0, 0, false, 28), 1e-12m, 1e12m, 1e-9m, 1e9m,
                0.9999999999999999999999999999m))
        from kind in Gen.Elements(Enum.GetValues<RateKind>())
        select new Observation(day, new(Currency.Parse(one), Currency.Parse(other)), rate, kind);
}
