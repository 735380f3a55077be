using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Board of Indirect Taxes and Customs, India: the rates for the value of imported and exported goods.</summary>
/// <remarks>
/// Direction: 1 foreign = x INR after the unit; the figure for imports is what banks sell at, that for exports what they buy at.
/// Published: about every two weeks, Indian time, for the days from the next one on; the as-of day is that of the notification.
/// Units: <c>units</c>, as text.
/// Quirks: a list of notifications leads to each; a later one may replace single currencies; the service wants the Origin of its page.
/// Source: https://foservices.icegate.gov.in/
/// </remarks>
public sealed class Cbic : RateProvider
{
    private const string Json = "application/json";
    private const string Form = "dd-MM-yyyy";

    private static readonly Currency Inr = Currency.Parse("INR");
    private static readonly (string Member, RateKind Kind)[] Legs = [("cbicExport", RateKind.Bid), ("cbicImport", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Post("getnotdetails", "", Json) with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? Newest(answer, window).Select(number => Post("igexratepublishnot", $"{{\"notNum\":{JsonSerializer.Serialize(number)}}}", Json))
        : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var asOf = body.Json().Member("notPublishDate").Day(Form);
        return from row in body.Items("currencyDetail")
               let pair = new CurrencyPair(row.Member("currencyCode").Code(), Inr)
               from figure in row.Sides(asOf, pair, Legs, row.Member("units").Number())
               select figure;
    }

    // The window's notifications; where it has none, the newest before, whose rates hold until the next one.
    private List<string> Newest(ProviderBody list, FetchWindow window)
    {
        try
        {
            return
            [
                .. list.Json().Items()
                    .Select(entry => (Number: entry.Member("notificationNumber").Text(), Day: entry.Member("notPublishDate").Day(Form)))
                    .Where(entry => entry.Day <= window.To)
                    .OrderByDescending(entry => entry.Day)
                    .TakeWhile((entry, place) => place == 0 || entry.Day >= window.From)
                    .Select(entry => entry.Number),
            ];
        }
        catch (Exception problem) when (ReadingFailure.Is(problem))
        {
            throw new ProviderException(ProviderFault.Unreadable, Key, problem.Message, problem);
        }
    }
}
