using System.Globalization;
using CsvHelper;
using Rates.Core;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>
/// No source lists a currency with another one's figure, unless the two are fixed at par: such a row is wrong by the rate between them,
/// and looks right.
/// </summary>
public sealed class CopiedFigureTests
{
    /// <summary>Figures with fewer significant digits may be equal by chance.</summary>
    private const int FewestDigits = 4;

    /// <summary>
    /// Pairs at par that the table of pegs does not hold, because one of the two has ended or has no bank of its own, each with the last
    /// day of the parity.
    /// </summary>
    private static readonly (string One, string Anchor, DateOnly Until)[] AtPar =
    [
        ("KID", "AUD", DateOnly.MaxValue), ("TVD", "AUD", DateOnly.MaxValue), ("FOK", "DKK", DateOnly.MaxValue),
        ("BEF", "LUF", DateOnly.MaxValue), ("XAF", "XOF", new(1998, 12, 31)), ("BAM", "DEM", new(1998, 12, 31)),
        ("CUC", "USD", new(2021, 6, 30)), ("CUP", "USD", new(2020, 12, 31)), ("LRD", "USD", new(1998, 8, 31)),
    ];

    [Fact]
    public void No_currency_has_the_figure_of_another_one()
    {
        Assert.SkipUnless(CaptureFolder.Captures is not null, Recordings.NoCaptures);

        var found = RecordedHistory.All().SelectMany(history => Copies(history.Provider.Key, history.Days.SelectMany(day => day)));

        Assert.Equal(Known().Order(StringComparer.Ordinal), found.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_copied_figure_is_found()
    {
        var figures = new (string Day, string Pair, decimal Rate)[]
        {
            ("2026-03-04", "USD/PLN", 3.677m), ("2026-03-04", "CUP/PLN", 3.6770m), ("2026-03-04", "BSD/PLN", 3.677m),
            ("2026-03-04", "GBP/PLN", 4.93m), ("2026-03-04", "CHF/PLN", 4.93m), ("2026-03-05", "USD/PLN", 3.681m),
            ("2019-03-04", "CUP/PLN", 3.8125m), ("2019-03-04", "USD/PLN", 3.8125m),
            ("2026-03-04", "EUR/PLN", 4.3125m), ("2026-03-04", "CAD/PLN", 4.3125m),
            ("2026-03-05", "EUR/PLN", 4.31m), ("2026-03-05", "CAD/PLN", 4.32m),
        }.Select(row => new Observation(DayParser.Parse(row.Day), CurrencyPair.Parse(row.Pair), row.Rate, RateKind.Reference));

        Assert.Equal(["nbp 2026 BSD CUP", "nbp 2026 CUP USD"], Copies("nbp", figures).Order(StringComparer.Ordinal));
    }

    /// <summary>Two currencies whose figures against a third one are the same on all days of a year that have both.</summary>
    private static IEnumerable<string> Copies(string provider, IEnumerable<Observation> figures) =>
        from side in figures.Where(figure => figure.Kind != RateKind.Index).SelectMany(Sides)
        group side by (side.Other, side.IsBase, side.Figure.Kind, side.Figure.AsOf.Year) into year
        let series = year.GroupBy(side => side.One.Code, side => side.Figure).OrderBy(one => one.Key, StringComparer.Ordinal).ToList()
        from one in series
        let days = ByDay(one)
        from other in series
        where string.CompareOrdinal(one.Key, other.Key) < 0
        let common = other.Where(figure => days.ContainsKey(figure.AsOf)).ToList()
        where common.Count > 0 && common.TrueForAll(figure => days[figure.AsOf] == figure.Rate)
            && common.Exists(figure => Digits(figure.Rate) >= FewestDigits)
            && Parity(one.Key, common[0].AsOf) != Parity(other.Key, common[0].AsOf)
        select $"{provider} {Year(year.Key.Year)} {one.Key} {other.Key}";

    private static (Currency One, Currency Other, bool IsBase, Observation Figure)[] Sides(Observation figure) =>
        [(figure.Pair.Base, figure.Pair.Quote, true, figure), (figure.Pair.Quote, figure.Pair.Base, false, figure)];

    private static Dictionary<DateOnly, decimal> ByDay(IEnumerable<Observation> figures) =>
        figures.DistinctBy(figure => figure.AsOf).ToDictionary(figure => figure.AsOf, figure => figure.Rate);

    /// <summary>What the currency is fixed to, and how many units of it are one unit of that; itself when it is fixed to nothing.</summary>
    private static (string Anchor, decimal Units) Parity(string code, DateOnly day)
    {
        var anchor = AtPar.FirstOrDefault(par => par.One == code && day <= par.Until).Anchor ?? code;
        // The Cayman dollar's peg is stated in the other direction.
        var peg = new Pegs().Standing(new(day, day, day))
            .FirstOrDefault(peg => peg.Pair.Quote.Code == anchor && peg.Pair.Base.Code != "KYD");
        return peg.Rate > 0 ? (peg.Pair.Base.Code, peg.Rate) : (anchor, 1);
    }

    private static int Digits(decimal rate) =>
        rate.ToString(CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal).Trim('0').Length;

    private static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);

    private static List<string> Known()
    {
        using var reader = CsvReader.FromFile(
            Path.Combine(AppContext.BaseDirectory, "EqualFigures.csv"), new CsvReaderOptions { Separator = ',' });
        List<string> known = [];
        while (reader.Read())
        {
            Assert.NotEqual("", reader.GetString("reason"));
            known.Add(string.Join(' ', new[] { "provider", "year", "one", "other" }.Select(reader.GetString)));
        }

        return known;
    }
}
