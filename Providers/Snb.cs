using Rates.Core;

namespace Rates.Providers;

/// <summary>Swiss National Bank: monthly averages and month-end rates of the franc, from its data set <c>devkum</c>.</summary>
/// <remarks>
/// Direction: unit foreign = x CHF.
/// Published: on the first working days of a month, Zürich time, for the month before.
/// Units: behind the code, <c>EUR1</c> or <c>JPY100</c>.
/// Quirks: M0 is the average, M1 the end of the month; a preamble of two rows; a blank value is not quoted; the whole cube also holds
/// forward rates, <c>USD3M</c> and <c>USD6M</c>, which are left out.
/// Source: https://data.snb.ch/en/topics/ziredev/cube/devkum
/// </remarks>
public sealed class Snb : RateProvider
{
    private static readonly Currency Chf = Currency.Parse("CHF");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"cube/devkum/data/csv/en?fromDate={window.From.Format("yyyy-MM")}&toDate={window.To.Format("yyyy-MM")}")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in Csv.Rows(body, ';', cells => cells[0] == "Date")
        let value = RateNumber.ParseOrNull(row["Value"])
        where value is not null && !IsForward(row["D1"])
        let series = row["D1"] is { Length: > 3 } name ? name : throw new FormatException($"'{row["D1"]}' is not a currency with its units")
        select new Observation(
            SdmxCsv.Period(row["Date"]),
            new(Currency.Parse(series[..3]), Chf),
            value.Value / RateNumber.Parse(series.AsSpan(3)),
            Kind(row["D0"]));

    private static bool IsForward(string series) => series is [_, _, _, .., 'M'];

    private static RateKind Kind(string series) => series switch
    {
        "M0" => RateKind.Average,
        "M1" => RateKind.Close,
        _ => throw new FormatException($"'{series}' is not a known kind of series"),
    };
}
