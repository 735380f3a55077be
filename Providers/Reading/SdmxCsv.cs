using Rates.Core;

namespace Rates.Providers;

/// <summary>Reads SDMX-CSV, the CSV form of central banks' data services: one row an observation, one column a dimension.</summary>
internal static class SdmxCsv
{
    /// <summary>
    /// The observations with a value, divided by ten to the power of <c>UNIT_MULT</c> where that column exists. Blank values and
    /// <c>NaN</c> are gaps in a series.
    /// </summary>
    /// <param name="body">The answer.</param>
    /// <param name="seriesOf">Pair and kind that a row belongs to; null to leave the row out.</param>
    /// <param name="delimiter">Comma, or semicolon at some services.</param>
    /// <param name="unitsOf">Base units that a row's figure is for; by <c>UNIT_MULT</c> unless given.</param>
    public static RowQuery<Observation> Read(
        ProviderBody body,
        Func<CsvRow, (CurrencyPair Pair, RateKind Kind)?> seriesOf,
        char delimiter = ',',
        Func<CsvRow, decimal>? unitsOf = null) =>
        from row in Csv.Rows(body, delimiter)
        where row["TIME_PERIOD"].Length > 0
        let series = seriesOf(row)
        where series is not null
        let value = RateNumber.ParseOrNull(row["OBS_VALUE"], NumberForm.Point, "NaN", ".")
        where value is not null
        select new Observation(Period(row["TIME_PERIOD"]), series.Value.Pair, value.Value / (unitsOf ?? Units)(row), series.Value.Kind);

    /// <summary>A day, or the last day of a month written <c>2026-03</c>.</summary>
    public static DateOnly Period(string text) =>
        text.Length == 7 ? DayParser.Parse(text + "-01").AddMonths(1).AddDays(-1) : DayParser.Parse(text);

    /// <summary>Ten to the power of a row's UNIT_MULT: how many base units the figure is for.</summary>
    public static decimal Units(CsvRow row)
    {
        var power = row.Header.Has("UNIT_MULT") ? (int)RateNumber.Parse(row["UNIT_MULT"]) : 0;
        return power switch
        {
            0 => 1m,
            1 => 10m,
            2 => 100m,
            3 => 1_000m,
            4 => 10_000m,
            5 => 100_000m,
            6 => 1_000_000m,
            _ => throw new FormatException($"UNIT_MULT {power} is out of range"),
        };
    }
}
