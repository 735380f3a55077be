using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Reads the charts of Yahoo! Finance, which its services chart and spark answer in one form: the closes of each day.</summary>
internal static class YahooChart
{
    /// <summary>The pair that the chart is of.</summary>
    /// <exception cref="FormatException">It is of something else, such as a share.</exception>
    public static CurrencyPair Pair(JsonElement meta)
    {
        var symbol = meta.Member("symbol").Text();
        return YahooSymbol.TryPair(symbol, out var named) ? named : throw new FormatException($"'{symbol}' is no pair of currencies");
    }

    /// <summary>The day of an instant on the clock of the chart's exchange.</summary>
    /// <exception cref="FormatException">The zone is not known.</exception>
    public static DateOnly Day(DateTimeOffset at, JsonElement meta) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(meta.Member("exchangeTimezoneName").Text(), out var zone)
            ? LocalTime.Day(at, zone)
            : throw new FormatException("'exchangeTimezoneName' is not a time zone");

    /// <summary>The closes of the days; none of a chart without bars, or with bars of minutes, which close many times a day.</summary>
    public static IEnumerable<Observation> Closes(ProviderBody body, JsonElement chart)
    {
        var meta = chart.Member("meta");
        if (chart.Optional("timestamp") is not { } instants || meta.Member("dataGranularity").Text() != "1d")
        {
            return [];
        }

        var closes = chart.Member("indicators").Member("quote").Items().Single().Member("close");
        return instants.GetArrayLength() == closes.GetArrayLength()
            ? from bar in body.Rows(instants.Items().Zip(closes.Items()), "bar")
              let close = bar.Second.NumberOrNull()
              where close is not null
              select new Observation(Day(bar.First.Instant(), meta), Pair(meta), close.Value, RateKind.Close)
            : throw new FormatException("there are not as many closes as timestamps");
    }
}
