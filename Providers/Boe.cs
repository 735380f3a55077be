using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of England: spot exchange rates against sterling.</summary>
/// <remarks>
/// Direction: 1 GBP = x foreign.
/// Published: by 10:00 London time of the next working day; indicative middle market rates of about 16:00.
/// Units: 1.
/// Quirks: the series code is the only hint of the currency; a window without days is the header row alone.
/// Source: https://www.bankofengland.co.uk/boeapps/database/Rates.asp
/// </remarks>
public sealed class Boe : RateProvider
{
    private static readonly Currency Gbp = Currency.Parse("GBP");

    private static readonly CodeTable Series = new()
    {
        ["XUDLUSS"] = "USD",
        ["XUDLERS"] = "EUR",
        ["XUDLJYS"] = "JPY",
        ["XUDLCDS"] = "CAD",
        ["XUDLSFS"] = "CHF",
        ["XUDLADS"] = "AUD",
        ["XUDLNDS"] = "NZD",
        ["XUDLNKS"] = "NOK",
        ["XUDLSKS"] = "SEK",
        ["XUDLDKS"] = "DKK",
        ["XUDLHDS"] = "HKD",
        ["XUDLSGS"] = "SGD",
        ["XUDLSRS"] = "SAR",
        ["XUDLZRS"] = "ZAR",
        ["XUDLTWS"] = "TWD",
        ["XUDLBK25"] = "CZK",
        ["XUDLBK33"] = "HUF",
        ["XUDLBK47"] = "PLN",
        ["XUDLBK78"] = "ILS",
        ["XUDLBK83"] = "MYR",
        ["XUDLBK87"] = "THB",
        ["XUDLBK89"] = "CNY",
        ["XUDLBK93"] = "KRW",
        ["XUDLBK95"] = "TRY",
        ["XUDLBK97"] = "INR",
        ["XUDLZOS4"] = "RON",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
    [
        Get($"_iadb-fromshowcolumns.asp?csv.x=yes&Datefrom={window.From.Format("dd/MMM/yyyy")}&Dateto={window.To.Format("dd/MMM/yyyy")}"
            + $"&SeriesCodes={string.Join(',', Series)}&CSVF=TN&UsingCodes=Y"),
    ];

    protected override bool IsNoData(ProviderBody body) => Csv.Cells(body).Single()[0] == "DATE";

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var table = Csv.Table(body, isHeader: cells => cells[0] == "DATE");
        var columns = table.Columns(body, 1, Series.Find);
        return from row in table.Rows
               let asOf = DayParser.Parse(row["DATE"], "dd MMM yyyy")
               from cell in body.Cells(columns)
               let rate = RateNumber.ParseOrNull(row[cell.Index])
               where rate is not null
               select new Observation(asOf, new(Gbp, cell.Meaning), rate.Value, RateKind.Reference);
    }
}
