using FsCheck;
using FsCheck.Fluent;

namespace Rates.Core.Tests.Ingest;

public sealed class IngestRulesTests
{
    private static readonly DateOnly Today = Given.Day("2026-04-14");

    /// <summary>A sheet of ten ordinary pairs, as it stood yesterday.</summary>
    private static readonly Observation[] Yesterday = Given.Figures(
        "2026-04-13 EUR/USD 1.1634", "2026-04-13 EUR/JPY 163.45", "2026-04-13 EUR/GBP 0.86170", "2026-04-13 EUR/CHF 0.9312", "2026-04-13 EUR/SEK 11.0105",
        "2026-04-13 EUR/NOK 11.3205", "2026-04-13 EUR/PLN 4.2570", "2026-04-13 EUR/KRW 1599.90", "2026-04-13 EUR/NGN 1810.55", "2026-04-13 EUR/DKK 7.4604");

    [Fact]
    public void An_ordinary_day_passes_whole()
    {
        var verdict = Check(Move("2026-04-14", 1.002m));

        Assert.Equal(10, verdict.Accepted.Count);
        Assert.Empty(verdict.Refused);
        Assert.Empty(verdict.SheetReasons);
    }

    [Theory]
    [InlineData("2026-04-14 EUR/ZZZ 1.5", "unknown-currency 'ZZZ'")]
    [InlineData("2026-04-14 XXX/EUR 1.5", "unknown-currency 'XXX'")]
    [InlineData("2026-04-14 EUR/ISK 101.3 Index", "index is a number without a unit, not a rate")]
    [InlineData("2026-04-14 EUR/ISK 0", "non-positive 0")]
    [InlineData("2026-04-14 EUR/ISK -1.5", "non-positive -1.5")]
    [InlineData("2026-04-14 EUR/ISK 0.0000000001", "range 0.0000000001 is outside 0.000000001 to 1000000000")]
    [InlineData("2026-04-14 EUR/ISK 1000000001", "range 1000000001 is outside 0.000000001 to 1000000000")]
    [InlineData("2026-04-16 EUR/ISK 143", "future 2026-04-16 is more than 1 after 2026-04-14")]
    [InlineData("2099-01-01 EUR/ISK 143", "future 2099-01-01 is more than 1 after 2026-04-14")]
    [InlineData("0001-01-01 EUR/ISK 143", "ancient 0001-01-01 is before 1900-01-01, where the source's history starts")]
    [InlineData("1998-12-30 EUR/ISK 81", "not-born EUR starts on 1999-01-01, after 1998-12-30")]
    [InlineData("2026-04-14 EUR/HRK 7.5", "retired HRK ended on 2022-12-31, before 2026-04-14")]
    [InlineData("2026-04-14 EUR/BGN 1.95583", "retired BGN ended on 2025-12-31, before 2026-04-14")]
    public void A_figure_that_cannot_be_is_refused_and_the_others_pass(string line, string reason)
    {
        var verdict = Check([.. Move("2026-04-14", 1.002m), Given.Figure(line)]);

        Assert.Equal((10, reason), (verdict.Accepted.Count, Assert.Single(verdict.Refused).Reason));
        Assert.Empty(verdict.SheetReasons);
    }

    [Theory]
    [InlineData("2026-04-15 EUR/ISK 143")]
    [InlineData("2026-04-14 EUR/DEM 1.95583 Legacy")]
    [InlineData("1999-12-31 DEM/FRF 3.35386 Official")]
    [InlineData("2026-04-14 BTC/IDR 1600000000")]
    [InlineData("2026-04-14 IDR/BTC 0.000000000625")]
    [InlineData("2026-04-14 EUR/XDR 0.8312")]
    [InlineData("2026-04-14 USD/CNH 7.2341")]
    [InlineData("2016-08-01 EUR/BYR 22000")]
    [InlineData("2022-12-31 EUR/HRK 7.5345")]
    [InlineData("2026-04-14 USD/EUR 0.9")]
    public void A_figure_that_is_unusual_but_sound_passes(string line) => Assert.Contains(Given.Figure(line), Check([.. Move("2026-04-14", 1.002m), Given.Figure(line)]).Accepted);

    [Fact]
    public void A_source_for_the_next_working_day_may_be_four_days_ahead()
    {
        var russia = new IngestContext { Profile = Given.Profile(lag: -1, pivot: "RUB"), Today = Today };

        Assert.Empty(IngestRules.Check(Given.Figures("2026-04-18 USD/RUB 81.5"), russia).Refused);
        Assert.StartsWith("future", IngestRules.Check(Given.Figures("2026-04-19 USD/RUB 81.5"), russia).Refused[0].Reason);
    }

    [Fact]
    public void A_day_before_the_source_has_any_history_is_a_misread_one()
    {
        var context = new IngestContext { Profile = Given.Profile() with { HistoryFrom = Given.Day("2010-01-04") }, Today = Today };

        Assert.Empty(IngestRules.Check(Given.Figures("2010-01-04 EUR/USD 1.4"), context).Refused);
        Assert.StartsWith("ancient", IngestRules.Check(Given.Figures("2009-11-04 EUR/USD 1.4"), context).Refused[0].Reason);
    }

    [Theory]
    [InlineData("USD/USD 1", true)]
    [InlineData("USD/USD 1.0000", true)]
    [InlineData("USD/USD 1.01", false)]
    public void A_currency_against_itself_is_one_or_the_whole_sheet_is_wrong(string self, bool passes)
    {
        var verdict = Check([.. Move("2026-04-14", 1m), Given.Figure($"2026-04-14 {self}")]);

        Assert.Equal(passes ? 10 : 0, verdict.Accepted.Count);
        Assert.Equal(passes ? 0 : 1, verdict.SheetReasons.Count(reason => reason.StartsWith("self USD/USD is 1.01", StringComparison.Ordinal)));
        Assert.DoesNotContain(verdict.Accepted, row => row.Pair.Base == row.Pair.Quote);
    }

    [Fact]
    public void The_same_figure_twice_counts_once_with_its_digits()
    {
        var verdict = Check([.. Move("2026-04-14", 1m), Given.Figure("2026-04-14 EUR/ISK 143"), Given.Figure("2026-04-14 EUR/ISK 143.0")]);

        Assert.Equal("143.0", Assert.Single(verdict.Accepted, row => row.Pair.Quote.Code == "ISK").Rate.ToString());
        Assert.Empty(verdict.Refused);
    }

    [Fact]
    public void Two_different_figures_for_one_pair_are_both_refused()
    {
        var verdict = Check([.. Move("2026-04-14", 1m), Given.Figure("2026-04-14 EUR/ISK 143"), Given.Figure("2026-04-14 EUR/ISK 144")]);

        Assert.Equal(["duplicate EUR/ISK is 143 and 144 on one day", "duplicate EUR/ISK is 143 and 144 on one day"], verdict.Refused.Select(row => row.Reason));
        Assert.Equal(10, verdict.Accepted.Count);
    }

    [Fact]
    public void Of_two_prices_with_their_instants_the_later_counts()
    {
        var early = Given.Figure("2026-04-14 EUR/ISK 143 Last") with { At = Given.At("2026-04-14T08:00") };
        var late = Given.Figure("2026-04-14 EUR/ISK 144 Last") with { At = Given.At("2026-04-14T09:00") };

        Assert.Contains(late, Check([.. Move("2026-04-14", 1m), late, early]).Accepted);
    }

    [Theory]
    [InlineData("143 Bid", "142 Ask", "crossed bid 143 is above ask 142")]
    [InlineData("100 Bid", "130 Ask", "spread of 100 to 130 is more than 25 %")]
    [InlineData("100 CashBid", "99 CashAsk", "crossed bid 100 is above ask 99")]
    public void Sides_that_contradict_each_other_are_both_refused(string one, string other, string reason)
    {
        var verdict = Check([.. Move("2026-04-14", 1m), Given.Figure($"2026-04-14 EUR/ISK {one}"), Given.Figure($"2026-04-14 EUR/ISK {other}")]);

        Assert.Equal([reason, reason], verdict.Refused.Select(row => row.Reason));
    }

    [Fact]
    public void A_spread_that_may_be_rounding_is_none() =>
        Assert.Equal(12, Check([.. Move("2026-04-14", 1m), .. Given.Figures("2026-04-14 IRR/AFN 0.00004 Bid", "2026-04-14 IRR/AFN 0.00005 Ask")]).Accepted.Count);

    [Theory]
    [InlineData("143.5", true)]
    [InlineData("144", true)]
    [InlineData("144.6", false)]
    [InlineData("142.94", false)]
    public void A_middle_lies_between_its_sides_as_far_as_its_digits_go(string mid, bool passes)
    {
        var verdict = Check([.. Move("2026-04-14", 1m), .. Given.Figures("2026-04-14 EUR/ISK 143 Bid", "2026-04-14 EUR/ISK 143.9 Ask", $"2026-04-14 EUR/ISK {mid} Mid")]);

        Assert.Equal(passes ? 13 : 12, verdict.Accepted.Count);
        Assert.All(verdict.Refused, row => Assert.Equal($"mid {mid} is outside 143 to 143.9", row.Reason));
    }

    [Theory]
    [InlineData("PLN", "42.610", "scale EUR/PLN 4.2570 on 2026-04-13 to 42.610 on 2026-04-14 is a factor of 10")]
    [InlineData("JPY", "1.6351", "scale EUR/JPY 163.45 on 2026-04-13 to 1.6351 on 2026-04-14 is a factor of 1/100")]
    [InlineData("NGN", "18105500", "scale EUR/NGN 1810.55 on 2026-04-13 to 18105500 on 2026-04-14 is a factor of 10000")]
    [InlineData("PLN", "0.2349", "inverted EUR/PLN 4.2570 on 2026-04-13 to 0.2349 on 2026-04-14 is 1 / rate")]
    [InlineData("SEK", "11.3205", "neighbour EUR/SEK 11.0105 on 2026-04-13 to 11.3205 on 2026-04-14 is what EUR/NOK was")]
    [InlineData("USD", "1.2300", "jump EUR/USD 1.1634 on 2026-04-13 to 1.2300 on 2026-04-14 is more than 5 % in 1 days")]
    [InlineData("KRW", "1850.00", "jump EUR/KRW 1599.90 on 2026-04-13 to 1850.00 on 2026-04-14 is more than 15 % in 1 days")]
    [InlineData("NGN", "2500.00", "jump EUR/NGN 1810.55 on 2026-04-13 to 2500.00 on 2026-04-14 is more than 35 % in 1 days")]
    [InlineData("NGN", "1300.00", "jump EUR/NGN 1810.55 on 2026-04-13 to 1300.00 on 2026-04-14 is more than 35 % in 1 days")]
    [InlineData("DKK", "7.5404", "jump EUR/DKK 7.4604 on 2026-04-13 to 7.5404 on 2026-04-14 is more than 1 % in 1 days")]
    public void A_figure_that_does_not_follow_from_the_last_is_held_back_with_its_shape(string quote, string rate, string reason)
    {
        var verdict = Check(Changed(quote, rate));

        Assert.Equal((9, reason), (verdict.Accepted.Count, Assert.Single(verdict.Refused).Reason));
    }

    [Theory]
    [InlineData("USD", "1.2200")]
    [InlineData("KRW", "1830.00")]
    [InlineData("NGN", "2400.00")]
    [InlineData("NGN", "1350.00")]
    [InlineData("DKK", "7.5004")]
    public void A_move_within_its_limit_passes(string quote, string rate) => Assert.Empty(Check(Changed(quote, rate)).Refused);

    [Theory]
    [InlineData("2026-04-13", "EUR/USD 1.1800 Reference", true)]
    [InlineData("2026-04-13", "EUR/USD 1.1900 Reference", false)]
    [InlineData("2026-04-13", "EUR/USD 1.1634 Reference", true)]
    public void A_fixing_may_be_corrected_a_little(string day, string line, bool passes)
    {
        var verdict = Check([Given.Figure($"{day} {line}"), .. Yesterday[1..]]);

        Assert.Equal(passes, verdict.Refused.Count == 0);
        Assert.All(verdict.Refused, row => Assert.StartsWith("revision", row.Reason));
    }

    [Fact]
    public void A_longer_silence_allows_a_longer_way()
    {
        var monthAgo = Given.Sheet(Given.Figures("2026-03-13 EUR/USD 1.1634"));
        var context = new IngestContext { Profile = Given.Profile(), Previous = monthAgo, Today = Today };

        // Ten days at most: 5 % x 3.1623.
        Assert.Empty(IngestRules.Check(Given.Figures("2026-04-14 EUR/USD 1.3400"), context).Refused);
        Assert.StartsWith("jump", IngestRules.Check(Given.Figures("2026-04-14 EUR/USD 1.3500"), context).Refused[0].Reason);
    }

    [Fact]
    public void A_figure_of_one_digit_may_move_by_that_digit()
    {
        var context = new IngestContext { Profile = Given.Profile(pivot: "USD"), Previous = Given.Sheet(Given.Figures("2026-04-13 KRW/USD 0.0007")), Today = Today };

        Assert.Empty(IngestRules.Check(Given.Figures("2026-04-14 KRW/USD 0.0008"), context).Refused);
        Assert.NotEmpty(IngestRules.Check(Given.Figures("2026-04-14 KRW/USD 0.0010"), context).Refused);
    }

    [Fact]
    public void History_is_not_measured_against_the_present()
    {
        var verdict = Check(Given.Figures("2014-12-01 EUR/NGN 210", "2014-12-02 EUR/NGN 300", "2008-01-02 EUR/PLN 36"));

        Assert.Equal(3, verdict.Accepted.Count);
        Assert.Empty(verdict.SheetReasons);
    }

    [Fact]
    public void Several_new_days_are_measured_one_by_one()
    {
        var days = Given.Figures("2026-04-10 EUR/USD 1.50", "2026-04-14 EUR/USD 1.21", "2026-04-15 EUR/USD 1.26");

        Assert.Equal(3, IngestRules.Check(days, Context(Given.Sheet(Yesterday[0]))).Accepted.Count);
    }

    [Theory]
    [InlineData("EUR/NGN 2480", "EUR/NGN 2600", true)]
    [InlineData("EUR/NGN 2480", "NGN/EUR 0.0004", true)]
    [InlineData("EUR/NGN 2480", "EUR/NGN 1811", false)]
    [InlineData("EUR/NGN 2480", "USD/NGN 2500", false)]
    public void A_true_devaluation_passes_when_two_others_say_so(string one, string other, bool passes)
    {
        var context = Context(Given.Sheet(Yesterday)) with { Witnesses = Given.Figures($"2026-04-14 {one} Mid", $"2026-04-13 {other} Mid") };

        var verdict = IngestRules.Check(Changed("NGN", "2500.00"), context);

        Assert.Equal(passes ? 10 : 9, verdict.Accepted.Count);
    }

    [Fact]
    public void A_witness_of_another_week_is_none()
    {
        var context = Context(Given.Sheet(Yesterday)) with { Witnesses = Given.Figures("2026-04-14 EUR/NGN 2500", "2026-04-09 EUR/NGN 2500") };

        Assert.Single(IngestRules.Check(Changed("NGN", "2500.00"), context).Refused);
    }

    [Fact]
    public void A_broken_peg_that_its_only_source_repeats_passes_on_the_third_day()
    {
        var sheet = Given.Sheet(Given.Figures("2026-04-13 USD/BOB 6.96"));
        List<Observation> refused = [];
        foreach (var line in new[] { "2026-04-14 USD/BOB 10.50", "2026-04-15 USD/BOB 10.52", "2026-04-16 USD/BOB 10.49" })
        {
            var candidate = Given.Figures(line);
            var context = new IngestContext { Profile = Given.Profile(pivot: "BOB"), Previous = sheet, Today = candidate[0].AsOf, EarlierRefused = [.. refused, .. refused] };

            var verdict = IngestRules.Check(candidate, context);

            Assert.Equal(refused.Count == 2, verdict.Accepted.Count == 1);
            refused.AddRange(candidate);
        }
    }

    [Fact]
    public void The_same_publication_fetched_again_is_no_repetition()
    {
        var context = Context(Given.Sheet(Yesterday)) with { EarlierRefused = Given.Figures("2026-04-14 EUR/NGN 2500", "2026-04-14 EUR/NGN 2500", "2026-04-13 EUR/NGN 2500") };

        Assert.Single(IngestRules.Check(Changed("NGN", "2500.00"), context).Refused);
    }

    [Fact]
    public void Half_a_sheet_is_no_sheet()
    {
        var verdict = Check([.. Move("2026-04-14", 1.001m).Take(7)]);

        Assert.Empty(verdict.Accepted);
        Assert.Equal(["coverage 7 of the 10 pairs of 2026-04-13"], verdict.SheetReasons);
        Assert.Empty(Check([.. Move("2026-04-14", 1.001m).Take(8)]).SheetReasons);

        // The rest of last week does not make it whole.
        Assert.Single(Check([.. Move("2026-04-14", 1.001m).Take(7), .. Move("2026-04-10", 1m)]).SheetReasons);
    }

    [Fact]
    public void A_source_that_shrank_for_good_passes_on_the_third_day()
    {
        var earlier = Move("2026-04-15", 1.001m).Concat(Move("2026-04-16", 1.001m)).Where(row => row.Pair.Quote.Code is not ("USD" or "JPY" or "GBP")).ToArray();
        var candidate = Move("2026-04-17", 1.001m)[3..];

        var context = Context(Given.Sheet(Yesterday)) with { Today = Given.Day("2026-04-17") };
        Assert.Single(IngestRules.Check(candidate, context with { EarlierRefused = earlier[..7] }).SheetReasons);
        Assert.Empty(IngestRules.Check(candidate, context with { EarlierRefused = earlier }).SheetReasons);
    }

    [Fact]
    public void Pairs_that_a_weekly_table_brings_along_of_an_older_day_are_there()
    {
        Observation[] wednesday = [.. Yesterday, .. Given.Figures("2026-04-13 EUR/AFN 75", "2026-04-13 EUR/ETB 155", "2026-04-13 EUR/GEL 3.1", "2026-04-13 EUR/UZS 14000")];

        var verdict = IngestRules.Check([.. Move("2026-04-14", 1.001m), .. wednesday[10..]], Context(Given.Sheet(wednesday)));

        Assert.Empty(verdict.SheetReasons);
    }

    [Fact]
    public void An_older_file_of_the_source_is_not_called_incomplete() => Assert.Empty(Check(Move("2026-04-10", 1m)[..2]).SheetReasons);

    [Fact]
    public void A_sheet_with_more_than_a_fifth_of_bad_rows_is_refused_whole()
    {
        var rows = Move("2026-04-14", 1m);
        for (var bad = 0; bad < 3; bad++)
        {
            Assert.Equal(10 - bad, Check(rows).Accepted.Count);
            rows[bad] = rows[bad] with { Rate = 0 };
        }

        var verdict = Check(rows);
        Assert.Empty(verdict.Accepted);
        Assert.Equal(["share 3 of 10 rows are at fault; the first: non-positive 0"], verdict.SheetReasons);
    }

    [Fact]
    public void Rows_that_nobody_wants_do_not_speak_against_a_source()
    {
        Observation[] strange = [.. "AAB AAC AAF AAG HRK ZMK".Split(' ').Select(code => Given.Figure($"2026-04-14 EUR/{code} 5"))];

        var verdict = Check([.. Move("2026-04-14", 1m), .. strange]);

        Assert.Equal((10, 6), (verdict.Accepted.Count, verdict.Refused.Count));
        Assert.Empty(verdict.SheetReasons);
    }

    [Fact]
    public void A_sheet_without_one_usable_figure_is_refused_and_an_empty_one_is_the_adapters_affair()
    {
        Assert.Equal(["nothing of 1 rows can be used; the first: unknown-currency 'ZZZ'"], Check(Given.Figures("2026-04-14 EUR/ZZZ 5")).SheetReasons);
        Assert.Empty(Check([]).SheetReasons);
    }

    [Fact]
    public void Two_directions_that_contradict_each_other_refuse_the_sheet()
    {
        Assert.Empty(Check([.. Move("2026-04-14", 1m), Given.Figure("2026-04-14 USD/EUR 0.8596")]).SheetReasons);
        Assert.StartsWith("direction EUR/USD 1.1634 x USD/EUR 0.8696", Assert.Single(Check([.. Move("2026-04-14", 1m), Given.Figure("2026-04-14 USD/EUR 0.8696")]).SheetReasons));
    }

    [Theory]
    [InlineData("USD/JPY 140.49", true)]
    [InlineData("USD/JPY 143.5", false)]
    [InlineData("JPY/USD 0.01", true)]
    [InlineData("JPY/USD 0.0070", true)]
    [InlineData("JPY/USD 0.0100", false)]
    [InlineData("USD/JPY 200 Official", true)]
    [InlineData("USD/JPY 200 Bid", true)]
    public void A_triangle_closes_as_far_as_the_digits_go(string line, bool passes)
    {
        var verdict = Check([.. Move("2026-04-14", 1m), Given.Figure($"2026-04-14 {line}")]);

        Assert.Equal(passes, verdict.SheetReasons.Count == 0);
        Assert.All(verdict.SheetReasons, reason => Assert.StartsWith("triangle", reason));
    }

    [Fact]
    public void Triangles_are_found_without_a_pivot()
    {
        var context = new IngestContext { Profile = Given.Profile() with { Pivot = default }, Today = Today };

        Assert.Single(IngestRules.Check(Given.Figures("2026-04-14 EUR/USD 1.16", "2026-04-14 USD/JPY 140", "2026-04-14 EUR/JPY 180", "2026-04-14 USD/CHF 0.8"), context).SheetReasons);
    }

    [Fact]
    public void Whatever_a_source_prints_is_judged_and_nothing_is_lost() => Given.Always(
        from rows in Gen.ArrayOf(Hostile)
        from previous in Gen.ArrayOf(Hostile)
        from earlier in Gen.ArrayOf(Hostile)
        select (rows, previous, earlier), each =>
        {
            var stood = IngestRules.Check(each.previous, Context(null)).Accepted;
            var context = Context(stood.Count == 0 ? null : Given.Sheet([.. stood])) with { EarlierRefused = each.earlier, Witnesses = each.earlier };

            var verdict = IngestRules.Check(each.rows, context);

            return verdict.Accepted.All(each.rows.Contains)
                && verdict.Refused.All(refusal => each.rows.Contains(refusal.Observation))
                && verdict.Accepted.DistinctBy(row => (row.Pair, row.AsOf, row.Kind)).Count() == verdict.Accepted.Count
                && (verdict.SheetReasons.Count > 0 || each.rows.All(row =>
                    row.Pair.Base == row.Pair.Quote
                    || verdict.Refused.Any(refusal => refusal.Observation.Equals(row))
                    || verdict.Accepted.Any(kept => (kept.Pair, kept.AsOf, kept.Kind) == (row.Pair, row.AsOf, row.Kind))));
        });

    [Fact]
    public void A_year_of_ordinary_days_is_never_held_back() => Given.Always(
        from moves in Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(-200, 200), Yesterday.Length), 250)
        select moves, year =>
        {
            var (sheet, rows) = (Given.Sheet(Yesterday), Yesterday);
            foreach (var day in year)
            {
                // Up to 2 % a day; the krone keeps to its peg.
                rows = [.. rows.Zip(day, (row, move) => row with { AsOf = row.AsOf.AddDays(1), Rate = decimal.Round(row.Rate * (1 + (row.Pair.Quote.Code == "DKK" ? move / 100 : move) / 10_000m), 4) })];
                var verdict = IngestRules.Check(rows, Context(sheet) with { Today = rows[0].AsOf });
                if (verdict is not { Refused: [], SheetReasons: [] })
                {
                    return false;
                }

                sheet = SheetMerge.Merge(sheet, verdict.Accepted, Given.Profile(), sheet.CheckedAt.AddDays(1), null, null)!;
            }

            return sheet.Observations.SequenceEqual(rows.OrderBy(row => row.Pair));
        }, times: 10);

    [Fact]
    public void What_was_accepted_is_accepted_again_as_it_stands() => Given.Always(
        from factor in Gen.Choose(9_900, 10_100)
        select Move("2026-04-14", factor / 10_000m), rows =>
            IngestRules.Check(rows, Context(Given.Sheet([.. Check(rows).Accepted]))) is { Refused: [], SheetReasons: [] });

    private static IngestVerdict Check(Observation[] candidate) => IngestRules.Check(candidate, Context(Given.Sheet(Yesterday)));

    private static IngestContext Context(RateSheet? previous) => new() { Profile = Given.Profile(), Previous = previous, Today = Today };

    private static Observation[] Move(string day, decimal factor) =>
        [.. Yesterday.Select(row => row with { AsOf = Given.Day(day), Rate = row.Pair.Quote.Code == "DKK" ? row.Rate : row.Rate * factor })];

    private static Observation[] Changed(string quote, string rate) =>
        [.. Move("2026-04-14", 1m).Select(row => row.Pair.Quote.Code == quote ? row with { Rate = decimal.Parse(rate) } : row)];

    /// <summary>Figures as a broken source might print them: any day, any number that a decimal can be, few pairs so that they meet.</summary>
    private static Gen<Observation> Hostile =>
        from day in Gen.Elements(DateOnly.MinValue, DateOnly.MaxValue, Today, Today.AddDays(-1), Today.AddDays(-40))
        from one in Gen.Elements("EUR", "USD", "BTC", "XAU", "ZZZ", "HRK")
        from other in Gen.Elements("EUR", "USD", "BTC", "XAU", "AED")
        from rate in Gen.OneOf(
            Given.Rate,
            Gen.Elements(0m, -1m, decimal.MaxValue, decimal.MinValue, new decimal(1, 0, 0, false, 28), 1e-12m, 1e12m, 1e-9m, 1e9m, 0.9999999999999999999999999999m))
        from kind in Gen.Elements(Enum.GetValues<RateKind>())
        select new Observation(day, new(Currency.Parse(one), Currency.Parse(other)), rate, kind);
}
