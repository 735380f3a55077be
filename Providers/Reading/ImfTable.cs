using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// Reads the tab-separated tables of the International Monetary Fund: one row a currency by its English name, one column a day, several
/// tables to a file.
/// </summary>
/// <remarks>The line above a table's headings states what its figures are; footnotes follow the last table.</remarks>
internal static class ImfTable
{
    private static readonly CodeTable Codes = new()
    {
        ["Afghan afghani"] = "AFN",
        ["Angolan kwanza"] = "AOA",
        ["Bahamian dollar"] = "BSD",
        ["Bangladeshi taka"] = "BDT",
        ["Barbados dollar"] = "BBD",
        ["Costa Rican colon"] = "CRC",
        ["Djibouti franc"] = "DJF",
        ["Fiji dollar"] = "FJD",
        ["Jordanian dinar"] = "JOD",
        ["Moldovan leu"] = "MDL",
        ["Mongolian tugrik"] = "MNT",
        ["Moroccan dirham"] = "MAD",
        ["Mozambican metical"] = "MZN",
        ["Myanmar kyat"] = "MMK",
        ["Namibian dollar"] = "NAD",
        ["Nigerian naira"] = "NGN",
        ["Rwandan franc"] = "RWF",
        ["Samoan tala"] = "WST",
        ["Ugandan shilling"] = "UGX",
        ["Yemeni rial"] = "YER",
        ["Zambian kwacha"] = "ZMW",
        ["Algerian dinar"] = "DZD",
        ["Argentine peso"] = "ARS",
        ["Australian dollar"] = "AUD",
        ["Austrian schilling"] = "ATS",
        ["Bahrain dinar"] = "BHD",
        ["Bahraini dinar"] = "BHD",
        ["Belgian franc"] = "BEF",
        ["Bolivar"] = "VEB",
        ["Bolivar Fuerte"] = "VEF",
        ["Bolivar Soberano"] = "VES",
        ["Botswana pula"] = "BWP",
        ["Brazilian real"] = "BRL",
        ["Brunei dollar"] = "BND",
        ["Bulgarian lev"] = "BGN",
        ["Canadian dollar"] = "CAD",
        ["Chilean peso"] = "CLP",
        ["Chinese yuan"] = "CNY",
        ["Colombian peso"] = "COP",
        ["Croatian kuna"] = "HRK",
        ["Cyprus pound"] = "CYP",
        ["Czech koruna"] = "CZK",
        ["Danish krone"] = "DKK",
        ["Deutsche mark"] = "DEM",
        ["Egyptian pound"] = "EGP",
        ["Estonian kroon"] = "EEK",
        ["Euro"] = "EUR",
        ["Finnish markka"] = "FIM",
        ["French franc"] = "FRF",
        ["Greek drachma"] = "GRD",
        ["Hong Kong dollar"] = "HKD",
        ["Hungarian forint"] = "HUF",
        ["Icelandic krona"] = "ISK",
        ["Indian rupee"] = "INR",
        ["Indonesian rupiah"] = "IDR",
        ["Iranian rial"] = "IRR",
        ["Irish pound"] = "IEP",
        ["Israeli New Shekel"] = "ILS",
        ["Israeli New Sheqel"] = "ILS",
        ["Italian lira"] = "ITL",
        ["Japanese yen"] = "JPY",
        ["Kazakhstani tenge"] = "KZT",
        ["Korean won"] = "KRW",
        ["Kuwaiti dinar"] = "KWD",
        ["Latvian lats"] = "LVL",
        ["Libyan dinar"] = "LYD",
        ["Lithuanian litas"] = "LTL",
        ["Luxembourg franc"] = "LUF",
        ["Malaysian ringgit"] = "MYR",
        ["Maltese lira"] = "MTL",
        ["Mauritian rupee"] = "MUR",
        ["Mexican peso"] = "MXN",
        ["Nepalese rupee"] = "NPR",
        ["Netherlands guilder"] = "NLG",
        ["New Zealand dollar"] = "NZD",
        ["Norwegian krone"] = "NOK",
        ["Nuevo Sol"] = "PEN",
        ["Omani rial"] = "OMR",
        ["Pakistani rupee"] = "PKR",
        ["Peruvian sol"] = "PEN",
        ["Peso Uruguayo"] = "UYU",
        ["Philippine peso"] = "PHP",
        ["Polish zloty"] = "PLN",
        ["Portuguese escudo"] = "PTE",
        ["Qatar riyal"] = "QAR",
        ["Qatari riyal"] = "QAR",
        ["Rial Omani"] = "OMR",
        ["Romanian leu"] = "RON",
        ["Russian ruble"] = "RUB",
        ["Saudi Arabian riyal"] = "SAR",
        ["Singapore dollar"] = "SGD",
        ["Slovak koruna"] = "SKK",
        ["Slovenian tolar"] = "SIT",
        ["South African rand"] = "ZAR",
        ["Spanish peseta"] = "ESP",
        ["Sri Lanka rupee"] = "LKR",
        ["Sri Lankan rupee"] = "LKR",
        ["Swedish krona"] = "SEK",
        ["Swiss franc"] = "CHF",
        ["Thai baht"] = "THB",
        ["Trinidad And Tobago dollar"] = "TTD",
        ["Trinidadian dollar"] = "TTD",
        ["Tunisian dinar"] = "TND",
        ["Turkish lira"] = "TRY",
        ["U.A.E. dirham"] = "AED",
        ["U.K. pound"] = "GBP",
        ["U.K. pound sterling"] = "GBP",
        ["U.S. dollar"] = "USD",
        ["Uruguayan peso"] = "UYU",
    };

    /// <summary>True when the body has a table with rows, whether they have figures or not.</summary>
    public static bool HasRows(ProviderBody body) => Tables(body).Any();

    /// <summary>Every cell of every table that has a figure; blank ones and <c>NA</c> are not quoted.</summary>
    /// <exception cref="FormatException">There is no table.</exception>
    public static RowQuery<ImfCell> Cells(ProviderBody body) =>
        from row in body.Rows(Tables(body), "row", row => row.Cells[0])
        let name = row.Cells[0].Replace("(1)", "", StringComparison.Ordinal).Trim()
        let currency = Codes.FindOrParse(name)
        from cell in body.Rows(Figures(row), "day", cell => cell.Day.Format())
        let figure = RateNumber.ParseOrNull(cell.Text, NumberForm.PointGrouped, "NA")
        where figure is not null
        select new ImfCell(row.Title, currency, name.Length < row.Cells[0].Length, cell.Day, figure.Value);

    /// <summary>The rows of all tables, each with its table's title and days.</summary>
    private static IEnumerable<(string Title, DateOnly[] Days, string[] Cells)> Tables(ProviderBody body)
    {
        var title = "";
        DateOnly[] days = [];
        // The footnotes' quotation marks are text.
        foreach (var cells in Csv.Cells(body, '\t', recover: true).TakeWhile(cells => !IsFootnote(cells)))
        {
            switch (cells)
            {
                case [var line]:
                    (title, days) = (line, []);
                    break;
                case ["Currency", ..]:
                    days = [.. cells.Skip(1).Where(cell => cell.Length > 0).Select(cell => DayParser.Parse(cell, "MMMM d, yyyy"))];
                    break;
                default:
                    yield return (title, days, cells);
                    break;
            }
        }
    }

    private static bool IsFootnote(string[] cells) =>
        cells[0].StartsWith("(1)", StringComparison.Ordinal) || cells[0].StartsWith("Notes", StringComparison.Ordinal);

    private static IEnumerable<(DateOnly Day, string Text)> Figures((string Title, DateOnly[] Days, string[] Cells) row) =>
        row.Cells.Skip(row.Days.Length + 1).All(cell => cell.Length == 0)
            ? row.Days.Zip(row.Cells.Skip(1))
            : throw new FormatException("the row has more figures than its table has days");
}

/// <summary>One cell of a table of the International Monetary Fund: the value of a currency on a day.</summary>
/// <param name="Title">The line above the table.</param>
/// <param name="Currency">The row's currency.</param>
/// <param name="IsMarked">True when a footnote mark follows the currency's name.</param>
/// <param name="Day">The column's day.</param>
/// <param name="Figure">What stands there.</param>
internal readonly record struct ImfCell(string Title, Currency Currency, bool IsMarked, DateOnly Day, decimal Figure)
{
    /// <summary>The figure as units of the currency per SDR or SDRs per unit, as the title states.</summary>
    /// <exception cref="FormatException">The title states neither.</exception>
    public CurrencyPair SdrPair => Title switch
    {
        _ when Title.StartsWith("SDRs per Currency unit", StringComparison.OrdinalIgnoreCase) => new(Currency, Currency.Xdr),
        _ when Title.StartsWith("Currency units per SDR", StringComparison.OrdinalIgnoreCase) => new(Currency.Xdr, Currency),
        _ => throw new FormatException($"'{Title}' is not the title of a known table"),
    };
}
