using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Deutsche Bundesbank: the official rates of the Deutsche Mark at the Frankfurt fixing, 1948 to 1998.</summary>
/// <remarks>
/// Direction: unit foreign = x DEM.
/// Published: closed history; the last day is 1998-12-30.
/// Units: stated in the title of the series only, <c>100 ATS = ... DEM</c> or <c>1 000 ITL = ... DEM</c>.
/// Quirks: semicolons, a byte order mark, <c>.</c> for a day without a fixing, and a UNIT_MULT that is always 0.
/// Source: https://www.bundesbank.de/en/statistics/exchange-rates
/// </remarks>
public sealed partial class Bbk : RateProvider
{
    private static readonly DateOnly LastFixing = new(1998, 12, 30);

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window)
    {
        // When the present is requested, the last fortnight of the fixing is the present.
        var (from, to) = window.From > LastFixing ? (LastFixing.AddDays(-14), LastFixing) : (window.From, window.To);
        return [Get($"BBEX3/D..DEM.AA.AC.000?format=sdmx_csv&startPeriod={from.Format()}&endPeriod={to.Format()}")];
    }

    protected override IEnumerable<Observation> Parse(ProviderBody body) => SdmxCsv.Read(
        body,
        row => (new(Currency.Parse(row["BBK_STD_CURRENCY"]), Currency.Parse(row["BBK_ERX_PARTNER_CURRENCY"])), RateKind.Official),
        ';',
        row => Unit.Match(row["BBK_TITLE"]) is { Success: true } match && match.Groups["code"].Value == row["BBK_STD_CURRENCY"]
            ? RateNumber.Parse(match.Groups["units"].Value.Replace(" ", ""))
            : throw new FormatException($"no unit in the title '{row["BBK_TITLE"]}'"));

    [GeneratedRegex("(?<units>[0-9][0-9 ]*) (?<code>[A-Z]{3}) = ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unit { get; }
}
