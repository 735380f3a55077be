using Rates.Core;

namespace Rates.Providers;

/// <summary>Internal Revenue Service: yearly averages for the tax returns of the United States.</summary>
/// <remarks>
/// Direction: 1 USD = x foreign.
/// Published: once a year, about January, for the year before; the day is the last one of the year.
/// Units: 1.
/// Quirks: a row is a country and the name of its currency, without a code; a column is a year, newest first, some six of them.
/// Source: https://www.irs.gov/individuals/international-taxpayers/yearly-average-currency-exchange-rates
/// </remarks>
public sealed class Irs : RateProvider
{
    private static readonly CodeTable Names = new()
    {
        ["Afghanistan Afghani"] = "AFN",
        ["Algeria Dinar"] = "DZD",
        ["Argentina Peso"] = "ARS",
        ["Australia Dollar"] = "AUD",
        ["Bahrain Dinar"] = "BHD",
        ["Brazil Real"] = "BRL",
        ["Canada Dollar"] = "CAD",
        ["Cayman Islands Dollar"] = "KYD",
        ["China Yuan"] = "CNY",
        ["Denmark Krone"] = "DKK",
        ["Egypt Pound"] = "EGP",
        ["Euro Zone Euro"] = "EUR",
        ["Hong Kong Dollar"] = "HKD",
        ["Hungary Forint"] = "HUF",
        ["Iceland Krona"] = "ISK",
        ["India Rupee"] = "INR",
        ["Iraq Dinar"] = "IQD",
        ["Israel New Shekel"] = "ILS",
        ["Japan Yen"] = "JPY",
        ["Lebanon Pound"] = "LBP",
        ["Mexico Peso"] = "MXN",
        ["Morocco Dirham"] = "MAD",
        ["New Zealand Dollar"] = "NZD",
        ["Norway Kroner"] = "NOK",
        ["Qatar Rial"] = "QAR",
        ["Russia Rouble"] = "RUB",
        ["Saudi Arabia Riyal"] = "SAR",
        ["Singapore Dollar"] = "SGD",
        ["South Africa Rand"] = "ZAR",
        ["South Korea Won"] = "KRW",
        ["Sweden Krona"] = "SEK",
        ["Switzerland Franc"] = "CHF",
        ["Taiwan Dollar"] = "TWD",
        ["Thailand Baht"] = "THB",
        ["Tunisia Dinar"] = "TND",
        ["Turkey New Lira"] = "TRY",
        ["United Arab Emirates Dirham"] = "AED",
        ["United Kingdom Pound"] = "GBP",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("yearly-average-currency-exchange-rates")];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var table = body.Page().Table("Country", "Currency");
        var years = table.Columns(body, LastDay, "Country", "Currency");
        return from row in body.Rows(table)
               let pair = new CurrencyPair(Currency.Usd, Names.Find($"{row["Country"]} {row["Currency"]}"))
               from year in body.Cells(years)
               let rate = RateNumber.ParseOrNull(row[year.Index], NumberForm.PointGrouped)
               where rate is not null
               select new Observation(year.Meaning, pair, rate.Value, RateKind.Average);
    }

    private static DateOnly LastDay(string year) => DayParser.Parse($"{year}-12-31");
}
