using System.Collections.Frozen;
using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of the Republic of Belarus: the official rates of the ruble.</summary>
/// <remarks>
/// Direction: <c>Cur_Scale</c> foreign = x BYN (BYR before the redenomination of 1 July 2016).
/// Published: about 13:00 Minsk time on banking days, for the day after; weekends repeat the Saturday's figure.
/// Units: the <c>Cur_Scale</c>, 1 to 100000.
/// Quirks: <c>dynamics</c> gives a range of days for one currency, but names it only by a <c>Cur_ID</c>, which changes whenever
/// scale or name do: <c>currencies</c> lists every id with its days; those quoted monthly are not requested. <c>[]</c> is a day, or a
/// currency, without rates.
/// Source: https://www.nbrb.by/apihelp/exrates
/// </remarks>
public sealed class Nbrb : RateProvider
{
    private static readonly Currency Byn = Currency.Parse("BYN");

    /// <summary>From this many days on there are fewer requests by currency than by day.</summary>
    private const int ManyDays = 32;

    /// <summary>The ids in force since the summer of 2021, for answers that were requested without the list.</summary>
    private static readonly FrozenDictionary<string, (string Code, decimal Scale)> Ids = new Dictionary<string, (string, decimal)>
    {
        ["371"] = ("CAD", 1),
        ["394"] = ("KWD", 1),
        ["421"] = ("SGD", 1),
        ["426"] = ("CHF", 1),
        ["429"] = ("GBP", 1),
        ["431"] = ("USD", 1),
        ["440"] = ("AUD", 1),
        ["441"] = ("BGN", 1),
        ["448"] = ("NZD", 1),
        ["449"] = ("UAH", 100),
        ["450"] = ("DKK", 10),
        ["451"] = ("EUR", 1),
        ["452"] = ("PLN", 10),
        ["453"] = ("ISK", 100),
        ["454"] = ("MDL", 10),
        ["455"] = ("NOK", 10),
        ["456"] = ("RUB", 100),
        ["457"] = ("XDR", 1),
        ["458"] = ("KGS", 100),
        ["459"] = ("KZT", 1000),
        ["460"] = ("TRY", 10),
        ["461"] = ("IRR", 100_000),
        ["462"] = ("CNY", 10),
        ["463"] = ("CZK", 100),
        ["464"] = ("SEK", 10),
        ["508"] = ("JPY", 100),
        ["510"] = ("AMD", 1000),
        ["511"] = ("INR", 100),
        ["512"] = ("VND", 100_000),
        ["513"] = ("AED", 10),
        ["514"] = ("BRL", 10),
    }.ToFrozenDictionary();

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.Length >= ManyDays
        ? [Get("currencies") with { IsStep = true }]
        : window.Days().Select(day => Get($"rates?ondate={day.Format()}&periodicity=0"));

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? from currency in ReadStep(answer, Listed, "the list of currencies")
          where currency.Until >= window.From && currency.From <= window.To
          let days = window with { From = Later(window.From, currency.From), To = Earlier(window.To, currency.Until) }
          from chunk in days.Chunks(365)
          select Get($"rates/dynamics/{currency.Id}?startDate={chunk.From.Format()}&endDate={chunk.To.Format()}#{currency.Name}")
        : [];

    protected override bool IsNoData(ProviderBody body) => body.Json().GetArrayLength() == 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Items()
        let asOf = row.Member("Date").Day().NotAfterAsked(body, "ondate")
        let rate = row.Member("Cur_OfficialRate").NumberOrNull()
        where rate is not (null or 0)
        let foreign = Foreign(row, body.Request.Fragment)
        select new Observation(asOf, new(foreign.Currency, Byn), rate.Value / foreign.Scale, RateKind.Official);

    // The name is the code and the scale, which the answer about the currency does not repeat: CAD/1.
    private static List<(string Id, string Name, DateOnly From, DateOnly Until)> Listed(ProviderBody list)
    {
        return
        [
            .. from currency in list.Json().Items()
               where currency.Member("Cur_Periodicity").Number() == 0
               select (
                   currency.Member("Cur_ID").Text(),
                   $"{currency.Member("Cur_Abbreviation").Code()}/{currency.Member("Cur_Scale").Text()}",
                   currency.Member("Cur_DateStart").Day(),
                   currency.Member("Cur_DateEnd").Day()),
        ];
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    private static (Currency Currency, decimal Scale) Foreign(JsonElement row, string listed)
    {
        if (row.Optional("Cur_Abbreviation") is { } code)
        {
            return (code.Code(), row.Member("Cur_Scale").Number());
        }

        if (listed.Split('/') is [var name, var scale])
        {
            return (Currency.Parse(name), RateNumber.Parse(scale));
        }

        var id = row.Member("Cur_ID").Text();
        return Ids.TryGetValue(id, out var known)
            ? (Currency.Parse(known.Code), known.Scale)
            : throw new FormatException($"Cur_ID {id} is not known");
    }
}
