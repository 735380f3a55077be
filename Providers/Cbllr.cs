using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Liberia: buying and selling rates of the US dollar.</summary>
/// <remarks>
/// Direction: 1 USD = x LRD, written L$183.9653/US$1.00.
/// Published: in the afternoon, Monrovia time, Monday to Saturday, for the same day.
/// Units: the number of dollars behind the slash, 1.00.
/// Quirks: newest first, some thirty days a page, so that an old day is reached through every page above it.
/// Source: https://www.cbl.org.lr/research/buying-selling-rates
/// </remarks>
public sealed partial class Cbllr : RateProvider
{
    private static readonly CurrencyPair UsdLrd = CurrencyPair.Parse("USD/LRD");

    private static readonly (string Heading, RateKind Kind)[] Columns = [("Buying", RateKind.Bid), ("Selling", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Page(0)];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window)
    {
        var days = Read(answer).Observations.Select(figure => figure.AsOf).ToList();
        return days.Count > 0 && days.Min() > window.From ? [Page((int)RateNumber.Parse(answer.Request.Parameter("page")) + 1)] : [];
    }

    // A page after the last has no table; every page has the view that holds it.
    protected override bool IsNoData(ProviderBody body) => body.Page() is var page
        && page.Document.QuerySelector(".view-home-page-carousel") is not null && page.Document.QuerySelector("table") is null;

    protected override IEnumerable<Observation> Parse(ProviderBody body) => IsNoData(body)
        ? []
        : from row in body.Rows(body.Page().Table("Date", "Buying", "Selling"))
          let asOf = DayParser.Parse(row["Date"], "dddd, MMMM d, yyyy")
          from column in Columns
          where row[column.Heading].Length > 0
          let quote = Quote.Match(row[column.Heading]) is { Success: true } match
              ? match
              : throw new FormatException($"'{row[column.Heading]}' is not of the form L$183.9653/US$1.00")
          let rate = RateNumber.Parse(quote.Groups["rate"].Value) / RateNumber.Parse(quote.Groups["units"].Value)
          select new Observation(asOf, UsdLrd, rate, column.Kind);

    private static ProviderRequest Page(int page) => Get($"research/buying-selling-rates?page={page}");

    [GeneratedRegex(
        @"^L\$(?<rate>[0-9.]+)/US\$(?<units>[0-9.]+)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quote { get; }
}
