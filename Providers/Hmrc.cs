using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>HM Revenue and Customs: the monthly rates for customs and VAT.</summary>
/// <remarks>
/// Direction: 1 GBP = x foreign.
/// Published: on the penultimate Thursday of a month, London time, for the whole month after; the as-of day is that month's first.
/// Units: 1.
/// Quirks: one row a country, so that a currency of several countries repeats, equal each time; CSV since 2021, XML before, where
/// the file of October 2020 has bare ampersands in names of countries; codes may end in a blank.
/// Source: https://www.trade-tariff.service.gov.uk/exchange_rates
/// </remarks>
public sealed partial class Hmrc : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Months().Select(month => month.Year < 2021
            ? Get($"exrates-monthly-{month.Format("MMyy")}.xml") with { Origin = "archive" }
            : Get($"monthly_csv_{month.Year}-{month.Month}.csv"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        (body.Start is [(byte)'<', ..] ? Xml(body, body.Text()) : Table(body)).Distinct();

    private static RowQuery<Observation> Xml(ProviderBody body, string text)
    {
        var list = XmlReading.Root(BareAmpersand.Replace(text, "&amp;")).Named("exchangeRateMonthList");
        var asOf = list.Attr("Period") is { Length: >= 11 } period
            ? DayParser.Parse(period[..11], "dd/MMM/yyyy")
            : throw new FormatException("Period= states no day");
        return from row in body.Elements(list.Elements())
               select Official(asOf, row.Named("exchangeRate").Child("currencyCode").Value, row.Child("rateNew").Value);
    }

    private static RowQuery<Observation> Table(ProviderBody body) =>
        from row in Csv.Rows(body)
        select Official(DayParser.Parse(row["Start date"], "dd/MM/yyyy"), row["Currency Code"], row["Currency Units per £1"]);

    private static Observation Official(DateOnly asOf, string code, string rate) =>
        new(asOf, new(Currency.Parse("GBP"), Currency.Parse(code.Trim())), RateNumber.Parse(rate), RateKind.Official);

    // One that starts no entity or character reference.
    [GeneratedRegex("&(?!([A-Za-z]+|#[0-9]+|#x[0-9A-Fa-f]+);)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BareAmpersand { get; }
}
