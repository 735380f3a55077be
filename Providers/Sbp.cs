using Rates.Core;

namespace Rates.Providers;

/// <summary>State Bank of Pakistan: daily averages of the banks' floating rates of the rupee.</summary>
/// <remarks>
/// Direction: 1 foreign = x PKR.
/// Published: once a month, in the second half of the next month or later, for all days of the month.
/// Units: 1.
/// Quirks: currencies in rows by names, two of them misspelt, and days in columns; older months are in a workbook of their own.
/// Source: https://www.sbp.org.pk/ecodata/index2.asp
/// </remarks>
public sealed class Sbp : RateProvider
{
    private static readonly Currency Pkr = Currency.Parse("PKR");

    private static readonly CodeTable Names = new()
    {
        ["Australian Dollar"] = "AUD",
        ["Bahraini Dinar"] = "BHD",
        ["Canadian Dollar"] = "CAD",
        ["Chinese Yuan"] = "CNY",
        ["Danish Krone"] = "DKK",
        ["Euro"] = "EUR",
        ["Hong Kong Dollar"] = "HKD",
        ["Hongkong Dollar"] = "HKD",
        ["Japanese Yen"] = "JPY",
        ["Japnese Yen"] = "JPY",
        ["Kuwaiti Dinar"] = "KWD",
        ["Malaysian Ringgit"] = "MYR",
        ["New Zealand Dollar"] = "NZD",
        ["Norwegian Krone"] = "NOK",
        ["Omani Riyal"] = "OMR",
        ["Qatari Riyal"] = "QAR",
        ["Saudi Arabian Riyal"] = "SAR",
        ["Singapore Dollar"] = "SGD",
        ["Singaporian Dollar"] = "SGD",
        ["Swedish Krona"] = "SEK",
        ["Swedish Krone"] = "SEK",
        ["Swiss Franc"] = "CHF",
        ["Thai Baht"] = "THB",
        ["Thai Bhat"] = "THB",
        ["Turkish Lira"] = "TRY",
        ["U.S. Dollar"] = "USD",
        ["U.A.E. Dirham"] = "AED",
        ["U.K. Pound Sterling"] = "GBP",
        ["UAE Dirham"] = "AED",
        ["UK Pound Sterling"] = "GBP",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.From < window.Today.AddDays(-120)
        ? [Get("BFER_Daily_Arch.xlsx"), Get("BFER_Daily.xlsx")]
        : [Get("BFER_Daily.xlsx")];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var sheet = Workbook.Sheets(body).First();
        var header = sheet.HeaderIndex("Currency");
        if (!sheet.Rows.Take(header).Any(row => row.Find("Pak Rupees per Currency Unit") >= 0))
        {
            throw new FormatException("the sheet does not say that its figures are rupees per currency unit");
        }

        var name = sheet.Rows[header].IndexOf("Currency");
        var days = sheet.Rows[header].Cells.Index().Skip(name + 1).Where(cell => !cell.Item.IsBlank).ToList();
        return from row in body.Rows(sheet.Rows.Skip(header + 1).Where(row => days.Any(day => !row[day.Index].IsBlank)))
               let pair = new CurrencyPair(Names.Find(row[name].Text), Pkr)
               from day in body.Rows(days, "cell", day => day.Item.Text)
               let rate = row[day.Index].NumberOrNull()
               where rate is not (null or 0)
               select new Observation(day.Item.Day, pair, rate.Value, RateKind.Reference);
    }
}
