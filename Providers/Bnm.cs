using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank Negara Malaysia: the interbank rates of the ringgit, of the session of 09:00.</summary>
/// <remarks>
/// Direction: <c>unit</c> foreign = x MYR, buying, selling and middle.
/// Published: for the sessions of 09:00, 11:30, 12:00 and 17:00 Kuala Lumpur time on Malaysian banking days; each is a dataset.
/// Units: the <c>unit</c> member, 1 or 100.
/// Quirks: figures carry the noise of a binary float; the SDR has a middle only, the session of 11:30 none; the latest of all currencies
/// and a month of one are nested differently; without its Accept header the service answers 406.
/// Source: https://apikijangportal.bnm.gov.my/
/// </remarks>
public sealed class Bnm : RateProvider
{
    private static readonly Currency Myr = Currency.Parse("MYR");

    private static readonly string[] Currencies =
    [
        "AED", "AUD", "BND", "CAD", "CHF", "CNY", "EGP", "EUR", "GBP", "HKD", "IDR", "INR", "JPY", "KHR",
        "KRW", "MMK", "NPR", "NZD", "PHP", "PKR", "SAR", "SDR", "SGD", "THB", "TWD", "USD", "VND",
    ];

    private static readonly (string, RateKind)[] Figures =
        [("buying_rate", RateKind.Bid), ("selling_rate", RateKind.Ask), ("middle_rate", RateKind.Mid)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => Paths(window, "0900").Select(Get);

    protected override bool IsNoData(ProviderBody body) => IsEmpty(body);

    protected override IEnumerable<Observation> Parse(ProviderBody body) => Rows(body, "0900");

    /// <summary>The paths of a session: of all currencies for today, of each currency by month for the past.</summary>
    internal static IEnumerable<string> Paths(FetchWindow window, string session) => window.From == window.Today
        ? [$"exchange-rate?session={session}"]
        : from month in window.Months()
          from currency in Currencies
          select $"exchange-rate/{currency}/year/{month.Format("yyyy")}/month/{month.Month}?session={session}";

    /// <summary>True for a list without figures: a month before the archive begins, or a currency without a rate in the session.</summary>
    internal static bool IsEmpty(ProviderBody body) =>
        body.Json().Member("data") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0;

    /// <summary>The figures of a session. Those of another one are not what was asked for.</summary>
    internal static IEnumerable<Observation> Rows(ProviderBody body, string session) =>
        (Quote: Meta(body, "quote"), Session: Meta(body, "session")) is var meta && meta != ("rm", session)
            ? throw new FormatException($"figures in '{meta.Quote}' of session {meta.Session}, not in ringgit (rm) of session {session}")
            : from entry in body.Rows(OneOrMany(body.Json().Member("data")), "data[]")
              let pair = new CurrencyPair(Currency.Parse(entry.Member("currency_code").Text()), Myr)
              let units = entry.Member("unit").Number()
              from row in body.Rows(OneOrMany(entry.Member("rate")), "rate[]")
              from figure in row.Sides(row.Member("date").Day(), pair, Figures, units)
              select figure;

    private static string Meta(ProviderBody body, string member) => body.Json().Member("meta").Member(member).Text();

    private static JsonElement[] OneOrMany(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? [element] : [.. element.Items()];
}
