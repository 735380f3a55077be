using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Bosnia and Herzegovina: the exchange rate lists of the convertible mark.</summary>
/// <remarks>
/// Direction: <c>Units</c> foreign = x BAM.
/// Published: after 16:00 Sarajevo time on banking days, for the day after, so mostly Tuesday to Saturday.
/// Units: the <c>Units</c>, 1 or 100; the Kuwaiti dinar's is blank and 1.
/// Quirks: figures are text with a decimal comma or point; the list of one day is the list alone; a window without a list answers 404
/// <c>"Problem with export"</c>; lists of 1998 call the ECU <c>XBA</c> and the peseta <c>ESB</c>.
/// Source: https://www.cbbh.ba/CurrencyExchange/
/// </remarks>
public sealed class Cbbh : RateProvider
{
    private static readonly Currency Bam = Currency.Parse("BAM");

    private static readonly (string Member, RateKind Kind)[] Figures =
        [("Buy", RateKind.Bid), ("Middle", RateKind.Mid), ("Sell", RateKind.Ask)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        window.Chunks(365).Select(chunk =>
            Get($"CurrencyExchange/GetJsonForPeriod?dateFrom={chunk.From.Format()}&dateTo={chunk.To.Format()}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from list in body.Json().ValueKind == JsonValueKind.Object ? body.Rows([body.Json()], "list") : body.Items()
        let asOf = list.Member("Date").Day()
        from row in body.Items(list, "CurrencyExchangeItems")
        let pair = new CurrencyPair(row.Member("AlphaCode").Code(), Bam)
        let units = Units(row)
        from figure in Figures
        let rate = Figure(row.Member(figure.Member))
        where rate is not (null or 0)
        select new Observation(asOf, pair, rate.Value / units, figure.Kind);

    private static decimal Units(JsonElement row) =>
        row.Member("Units").NumberOrNull()
        ?? (row.Member("AlphaCode").Text() == "KWD" ? 1 : throw new FormatException("the units are blank"));

    // No figure has thousands, so either mark is the decimal one.
    private static decimal? Figure(JsonElement value)
    {
        var hasComma = value.ValueKind == JsonValueKind.String && value.Text().Contains(',', StringComparison.Ordinal);
        return value.NumberOrNull(hasComma ? NumberForm.Comma : NumberForm.Point);
    }
}
