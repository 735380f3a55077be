using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of Cambodia: the official rate of the dollar, and bid, ask and average of other currencies.</summary>
/// <remarks>
/// Direction: 1 foreign = x KHR after the unit, under symbols such as JPY/KHR.
/// Published: about 16:30 Phnom Penh time on working days, for the next working day.
/// Units: the Unit column, 1, 100 or 1000.
/// Quirks: a form that wants its token back, a new one with each answer, so that the days are asked for one after the other; the dollar
/// stands above the table; a day without rates says that there is no data available.
/// Source: https://www.nbc.gov.kh/english/economic_research/exchange_rate.php
/// </remarks>
public sealed partial class Nbc : RateProvider
{
    private const string Form = "english/economic_research/exchange_rate.php";

    private static readonly Currency Khr = Currency.Parse("KHR");

    private static readonly CodeTable Codes = new() { ["SDR"] = "XDR" };

    private static readonly (string, RateKind)[] Columns = [("Bid", RateKind.Bid), ("Ask", RateKind.Ask), ("Average", RateKind.Mid)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get(Form) with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window)
    {
        var next = answer.Request.IsStep ? window.From : DayParser.Parse(answer.Request.Parameter("exdate")).AddDays(1);
        return next > window.To ? [] :
        [
            Post(
                Form,
                ReadStep(answer, body => body.Page().Form("tk", ("exdate", next.Format()), ("view", "View"))),
                "application/x-www-form-urlencoded"),
        ];
    }

    protected override bool IsNoData(ProviderBody body) =>
        body.Page().Document.Body?.TextContent.Contains("There is no data available", StringComparison.Ordinal) ?? false;

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var page = body.Page();
        if (IsNoData(body))
        {
            return [];
        }

        var table = page.Table("Symbol", "Unit", "Bid", "Ask", "Average");
        var asOf = DayParser.Parse(page.Only(Day).Groups["day"].Value).NotAfterAsked(body, "exdate");
        var official = page.Only(Dollar).Groups["rate"].Value;
        Observation dollar = new(asOf, new(Currency.Usd, Khr), RateNumber.Parse(official, NumberForm.PointGrouped), RateKind.Official);
        var others = from row in body.Rows(table)
                     let pair = row["Symbol"].Split('/') is [var code, "KHR"]
                         ? new CurrencyPair(Codes.FindOrParse(code), Khr)
                         : throw new FormatException($"'{row["Symbol"]}' is not a pair such as USD/KHR")
                     let units = RateNumber.Parse(row["Unit"])
                     from side in row.Sides(asOf, pair, Columns, units, NumberForm.PointGrouped)
                     select side;
        return others.Prepend(dollar);
    }

    [GeneratedRegex(
        "Exchange Rate on : (?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Day { get; }

    [GeneratedRegex(
        "Official Exchange Rate : (?<rate>[0-9.,]+) KHR / USD",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dollar { get; }
}
