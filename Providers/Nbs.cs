using System.Text.RegularExpressions;
using System.Xml.Linq;
using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of Serbia: the official middle rates of the dinar, and its rates for transfers and banknotes.</summary>
/// <remarks>
/// Direction: <c>Unit</c> foreign = x RSD.
/// Published: about 8:00 Belgrade time on working days, for the same day.
/// Units: the element <c>Unit</c>, 1 or 100.
/// Quirks: three lists a day, each found by an identifier that a page for people names; the list of transfers and that of banknotes look
/// alike, so that the address and the list's own type count; codes of currencies that became the euro go on in old lists.
/// Source: https://webappcenter.nbs.rs/ExchangeRateWebApp/ExchangeRate/IndexByDate
/// </remarks>
public sealed partial class Nbs : RateProvider
{
    private static readonly Currency Rsd = Currency.Parse("RSD");

    private static readonly (string Name, RateKind Bid, RateKind Ask)[] Lists =
    [
        ("devize", RateKind.Bid, RateKind.Ask),
        ("efektiva", RateKind.CashBid, RateKind.CashAsk),
        ("srednjiKurs", RateKind.Bid, RateKind.Ask),
    ];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        from day in window.Days()
        where day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) || window.Length == 1
        from list in Enumerable.Range(1, Lists.Length)
        select Get(
            $"IndexByDate?isSearchExecuted=true&Date={day.Format("dd.MM.yyyy")}.&ExchangeRateListTypeID={list}") with
        { IsStep = true };

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? [ReadStep(answer, Download, "the page that names the list")]
        : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var list = body.Xml().Named("Exchange_Rates_List");
        var header = list.Child("header");
        var asOf = DayParser.Parse(header.Child("Date").Value, "dd.MM.yyyy");
        var sides = Lists.Single(known => known.Name == body.Request.Parameter("ExchangeRateListTypeName"));
        return from item in body.Elements(list.All("Item"))
               let pair = new CurrencyPair(Currency.Parse(item.Child("Currency").Value.Trim()), Rsd)
               let units = RateNumber.Parse(item.Child("Unit").Value)
               from figure in Figures(item, sides.Bid, sides.Ask)
               select new Observation(asOf, pair, RateNumber.Parse(figure.Text) / units, figure.Kind);
    }

    private static IEnumerable<(string Text, RateKind Kind)> Figures(XElement item, RateKind bid, RateKind ask) =>
        item.ChildOrNull("Middle_Rate") is { } middle
            ? [(middle.Value, RateKind.Official)]
            : [(item.Child("Buying_Rate").Value, bid), (item.Child("Selling_Rate").Value, ask)];

    private static ProviderRequest Download(ProviderBody page)
    {
        var list = page.Request.Parameter("ExchangeRateListTypeID");
        var name = Lists[(int)RateNumber.Parse(list) - 1].Name;
        return Identifier.Match(page.PageText()) is { Success: true } match
            ? Get($"Download?ExchangeRateListID={match.Value}&exchangeRateListTypeID={list}&ExchangeRateListTypeName={name}&Format=xml")
            : throw new FormatException("it names no list");
    }

    [GeneratedRegex(
        "(?<=ExchangeRateListID=)[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Identifier { get; }
}
