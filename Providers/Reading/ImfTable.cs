using System.Collections.Frozen;
using Rates.Core;

namespace Rates.Providers.Reading;

/// <summary>The IMF's tab-separated tables: one row a currency by its English name, one column a day, several tables to a file.</summary>
/// <remarks>The line above a table's headings tells what its figures are; footnotes follow the last table.</remarks>
internal static class ImfTable
{
    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>
    {
        ["Algerian dinar"] = "DZD", ["Argentine peso"] = "ARS", ["Australian dollar"] = "AUD", ["Austrian schilling"] = "ATS",
        ["Bahrain dinar"] = "BHD", ["Bahraini dinar"] = "BHD", ["Belgian franc"] = "BEF", ["Bolivar"] = "VEB", ["Bolivar Fuerte"] = "VEF",
        ["Bolivar Soberano"] = "VES", ["Botswana pula"] = "BWP", ["Brazilian real"] = "BRL", ["Brunei dollar"] = "BND",
        ["Bulgarian lev"] = "BGN", ["Canadian dollar"] = "CAD", ["Chilean peso"] = "CLP", ["Chinese yuan"] = "CNY",
        ["Colombian peso"] = "COP", ["Croatian kuna"] = "HRK", ["Cyprus pound"] = "CYP", ["Czech koruna"] = "CZK",
        ["Danish krone"] = "DKK", ["Deutsche mark"] = "DEM", ["Egyptian pound"] = "EGP", ["Estonian kroon"] = "EEK", ["Euro"] = "EUR",
        ["Finnish markka"] = "FIM", ["French franc"] = "FRF", ["Greek drachma"] = "GRD", ["Hong Kong dollar"] = "HKD",
        ["Hungarian forint"] = "HUF", ["Icelandic krona"] = "ISK", ["Indian rupee"] = "INR", ["Indonesian rupiah"] = "IDR",
        ["Iranian rial"] = "IRR", ["Irish pound"] = "IEP", ["Israeli New Shekel"] = "ILS", ["Israeli New Sheqel"] = "ILS",
        ["Italian lira"] = "ITL", ["Japanese yen"] = "JPY", ["Kazakhstani tenge"] = "KZT", ["Korean won"] = "KRW",
        ["Kuwaiti dinar"] = "KWD", ["Latvian lats"] = "LVL", ["Libyan dinar"] = "LYD", ["Lithuanian litas"] = "LTL",
        ["Luxembourg franc"] = "LUF", ["Malaysian ringgit"] = "MYR", ["Maltese lira"] = "MTL", ["Mauritian rupee"] = "MUR",
        ["Mexican peso"] = "MXN", ["Nepalese rupee"] = "NPR", ["Netherlands guilder"] = "NLG", ["New Zealand dollar"] = "NZD",
        ["Norwegian krone"] = "NOK", ["Nuevo Sol"] = "PEN", ["Omani rial"] = "OMR", ["Pakistani rupee"] = "PKR",
        ["Peruvian sol"] = "PEN", ["Peso Uruguayo"] = "UYU", ["Philippine peso"] = "PHP", ["Polish zloty"] = "PLN",
        ["Portuguese escudo"] = "PTE", ["Qatar riyal"] = "QAR", ["Qatari riyal"] = "QAR", ["Rial Omani"] = "OMR",
        ["Romanian leu"] = "RON", ["Russian ruble"] = "RUB", ["Saudi Arabian riyal"] = "SAR", ["Singapore dollar"] = "SGD",
        ["Slovak koruna"] = "SKK", ["Slovenian tolar"] = "SIT", ["South African rand"] = "ZAR", ["Spanish peseta"] = "ESP",
        ["Sri Lanka rupee"] = "LKR", ["Sri Lankan rupee"] = "LKR", ["Swedish krona"] = "SEK", ["Swiss franc"] = "CHF",
        ["Thai baht"] = "THB", ["Trinidad And Tobago dollar"] = "TTD", ["Trinidadian dollar"] = "TTD", ["Tunisian dinar"] = "TND",
        ["Turkish lira"] = "TRY", ["U.A.E. dirham"] = "AED", ["U.K. pound"] = "GBP", ["U.K. pound sterling"] = "GBP",
        ["U.S. dollar"] = "USD", ["Uruguayan peso"] = "UYU",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every cell of every table; a null figure is one that the source leaves blank or calls <c>NA</c>.</summary>
    /// <exception cref="FormatException">No table, a currency whose name is not known, or a cell that is no figure.</exception>
    public static IEnumerable<ImfCell> Cells(ProviderBody body)
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
                    days = [.. cells.Skip(1).Where(cell => cell.Length > 0).Select(cell => Days.Parse(cell, "MMMM d, yyyy"))];
                    break;
                default:
                    foreach (var cell in Row(title, days, cells))
                    {
                        yield return cell;
                    }

                    break;
            }
        }
    }

    private static bool IsFootnote(string[] cells) => cells[0].StartsWith("(1)", StringComparison.Ordinal) || cells[0].StartsWith("Notes", StringComparison.Ordinal);

    private static IEnumerable<ImfCell> Row(string title, DateOnly[] days, string[] cells)
    {
        var name = cells[0].Replace("(1)", "", StringComparison.Ordinal).Trim();
        var currency = Currency.Parse(Codes.GetValueOrDefault(name, name));
        for (var place = 0; place < days.Length || place + 1 < cells.Length; place++)
        {
            var figure = place + 1 < cells.Length ? RateNumber.ParseOrNull(cells[place + 1], NumberForm.PointGrouped, "NA") : null;
            if (place < days.Length)
            {
                yield return new ImfCell(title, currency, name.Length < cells[0].Length, days[place], figure);
            }
            else if (figure is not null)
            {
                throw new FormatException($"the row of '{name}' has more figures than its table has days");
            }
        }
    }
}

/// <summary>One cell of an IMF table.</summary>
/// <param name="Title">The line above the table.</param>
/// <param name="Currency">The row's currency.</param>
/// <param name="IsMarked">True when a footnote mark follows the currency's name.</param>
/// <param name="Day">The column's day.</param>
/// <param name="Figure">What stands there; null where nothing is quoted.</param>
internal readonly record struct ImfCell(string Title, Currency Currency, bool IsMarked, DateOnly Day, decimal? Figure)
{
    /// <summary>The figure as units of the currency per SDR or SDRs per unit, whichever the title says.</summary>
    /// <exception cref="FormatException">The title says neither.</exception>
    public CurrencyPair SdrPair => Title switch
    {
        _ when Title.StartsWith("SDRs per Currency unit", StringComparison.OrdinalIgnoreCase) => new(Currency, Currency.Xdr),
        _ when Title.StartsWith("Currency units per SDR", StringComparison.OrdinalIgnoreCase) => new(Currency.Xdr, Currency),
        _ => throw new FormatException($"'{Title}' is not the title of a known table"),
    };
}
