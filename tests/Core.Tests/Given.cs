using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Rates.Core.Tests;

/// <summary>Short ways to make test values.</summary>
internal static class Given
{
    private static readonly FSharpOption<Replay> Seed = FSharpOption<Replay>.Some(new(new Rnd(20260413, 2718281), FSharpOption<int>.None));

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");

    public static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc + "Z");

    /// <summary>Reads <c>2026-04-13 EUR/USD 1.1634 reference</c>; the fourth word is the kind.</summary>
    public static Observation Figure(string line) => line.Split(' ') is [var day, var pair, var rate, .. var kind]
        ? new(Day(day), CurrencyPair.Parse(pair), decimal.Parse(rate), kind is [var name] ? Enum.Parse<RateKind>(name, ignoreCase: true)
            : RateKind.Reference)
        : throw new FormatException(line);

    public static Observation[] Figures(params string[] lines) => [.. lines.Select(Figure)];

    public static ProviderProfile Profile(Cadence cadence = Cadence.Daily, int lag = 0, string pivot = "EUR") => new()
    {
        Key = "bank",
        Name = "A bank",
        Pivot = Currency.Parse(pivot),
        Calendar = new() { Cadence = cadence, Lag = lag },
    };

    public static RateSheet Sheet(params Observation[] figures) => new()
    {
        Provider = "bank",
        AsOf = figures.Max(figure => figure.AsOf),
        FetchedAt = At("2026-04-13T15:00"),
        CheckedAt = At("2026-04-13T15:00"),
        Observations = figures,
    };

    /// <summary>Checks a property on a few hundred generated cases, the same cases in every run.</summary>
    public static void Always<T>(Gen<T> cases, Func<T, bool> property, int times = 400) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true).WithReplay(Seed),
            Prop.ForAll(Arb.From(cases), property));

    /// <summary>Published figures from 0.00001 to 999 999 999, of 1 to 9 digits.</summary>
    public static Gen<decimal> Rate =>
        from digits in Gen.Choose(1, 999_999_999)
        from cut in Gen.Elements(1, 10, 1000, 100_000)
        from scale in Gen.Choose(0, 5)
        select new decimal(Math.Max(1, digits / cut), 0, 0, isNegative: false, (byte)scale);

    /// <summary>One and a half years of instants, to the minute.</summary>
    public static Gen<DateTimeOffset> Instant =>
        from minutes in Gen.Choose(0, 800_000)
        select At("2025-01-01T00:00").AddMinutes(minutes);
}
