using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Thailand: the averages of what commercial banks in Bangkok buy and sell at.</summary>
/// <remarks>
/// Direction: 1 foreign = x THB after the unit.
/// Published: about 18:00 Bangkok time on Thai banking days, for the same day.
/// Units: in the English name of the currency: <c>YEN (100 YEN)</c>, <c>RUPIAH (1,000 RUPIAH)</c>; 1 where it has none.
/// Quirks: a token in a header; blank is not quoted; at most 31 days a request; a window of closed days has one row of blanks.
/// Source: https://apiportal.bot.or.th/
/// </remarks>
public sealed partial class Bot : RateProvider
{
    private const int DaysOfRequest = 31;

    private static readonly Currency Thb = Currency.Parse("THB");

    private static readonly (string Member, RateKind Kind)[] Sides =
    [
        ("buying_sight", RateKind.SightBid), ("buying_transfer", RateKind.Bid), ("selling", RateKind.Ask), ("mid_rate", RateKind.Mid),
    ];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from part in window.Chunks(DaysOfRequest)
        select Get($"DAILY_AVG_EXG_RATE/?start_period={part.From.Format()}&end_period={part.To.Format()}");

    protected override bool IsNoData(ProviderBody body) =>
        body.Json().Member("result").Member("data").Member("data_detail").Items().All(row => row.Member("period").Text().Length == 0);

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items("result", "data", "data_detail")
        where row.Member("period").Text().Length > 0
        let code = row.Member("currency_id").Text().Trim()
        let units = Units(row.Member("currency_name_eng").Text().Trim(), code)
        from figure in row.Sides(row.Member("period").Day(), new(Currency.Parse(code), Thb), Sides, units)
        select figure;

    private static decimal Units(string name, string code) =>
        NameOf.Match(name) is not { Success: true } match || match.Groups["code"].Value != code
            ? throw new FormatException($"'{name}' is no name of {code} with its units")
            : match.Groups["units"] is { Success: true } units ? RateNumber.Parse(units.ValueSpan, NumberForm.PointGrouped) : 1;

    [GeneratedRegex(
        @"^[^()0-9]+(\((?<units>[1-9][0-9,]*) [^()0-9]+\) *)?\((?<code>[A-Z]{3})\)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameOf { get; }
}
