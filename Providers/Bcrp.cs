using Rates.Core;

namespace Rates.Providers;

/// <summary>Banco Central de Reserva del Perú: the banking system's closing rates of the sol, from BCRPData.</summary>
/// <remarks>
/// Direction: 1 USD = x PEN.
/// Published: in the afternoon, Lima time, on banking days, for the same day.
/// Units: 1.
/// Quirks: days are <c>04.Set.26</c>, with months in English but for some in Spanish; <c>n.d.</c> is a side that is not quoted; the
/// values of a day stand in the order of the requested series.
/// Source: https://estadisticas.bcrp.gob.pe/estadisticas/series/ayuda/api
/// </remarks>
public sealed class Bcrp : RateProvider
{
    private static readonly CurrencyPair UsdPen = CurrencyPair.Parse("USD/PEN");

    private const string Series = "PD04639PD-PD04640PD";

    private static readonly (string Spanish, string English)[] Months =
        [("Ene", "Jan"), ("Abr", "Apr"), ("Ago", "Aug"), ("Set", "Sep"), ("Dic", "Dec")];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"{Series}/json/{window.From.Format()}/{window.To.Format()}/ing")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from period in body.Items("periods")
        let asOf = DayParser.Parse(English(period.Member("name").Text()), "d.MMM.yy")
        let values = period.Member("values").Items().ToArray()
        from side in values.Length == 2
            ? new[] { (Value: values[0], Kind: RateKind.Bid), (Value: values[1], Kind: RateKind.Ask) }
            : throw new FormatException($"{values.Length} values where two series were requested")
        let rate = side.Value.NumberOrNull(NumberForm.Point, "n.d.")
        where rate is not (null or 0)
        select new Observation(asOf, UsdPen, rate.Value, side.Kind);

    private static string English(string day) =>
        Months.Aggregate(day, (text, month) => text.Replace(month.Spanish, month.English, StringComparison.OrdinalIgnoreCase));
}
