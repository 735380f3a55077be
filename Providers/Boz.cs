using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank of Zambia: the day's average rates of the kwacha.</summary>
/// <remarks>
/// Direction: 1 foreign = x ZMW, bought and sold; ZMK until the end of 2012, which the block states.
/// Published: in the afternoon, Lusaka time, on working days, for the same day.
/// Units: 1.
/// Quirks: the whole archive in one workbook, found through a list of files in JSON; hidden rows hold notes under the rates.
/// Source: https://www.boz.zm/historical-average-exchange-rates
/// </remarks>
public sealed class Boz : RateProvider
{
    private static readonly Currency Zmw = Currency.Parse("ZMW");

    private static readonly CodeTable Names = new() { ["Dollar"] = "USD", ["Pound"] = "GBP", ["Euro"] = "EUR", ["Rand"] = "ZAR" };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
    [
        Get("jsonapi/node/historical_average_exchange_rate?include=field_average_historical_file&sort=-created&page[limit]=1") with
        {
            IsStep = true,
        },
    ];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) =>
        answer.Request.IsStep ? [Get(ReadStep(answer, Newest, "the list of files"))] : [];

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        var sheet = Workbook.Sheets(body).First();
        var header = sheet.HeaderIndex("Date", "Buy", "Sale");
        var names = header > 0 ? sheet.Rows[header - 1] : throw new FormatException("the row with the currencies is missing");
        var day = sheet.Rows[header].IndexOf("Date");
        var columns = names.Cells.Index().Where(cell => !cell.Item.IsBlank).SelectMany(cell => new[]
        {
            (cell.Index, cell.Item.Text, Kind: RateKind.Bid, Heading: "Buy"),
            (Index: cell.Index + 1, cell.Item.Text, Kind: RateKind.Ask, Heading: "Sale"),
        }).ToList();
        if (columns.Find(column => sheet.Rows[header][column.Index].Text != column.Heading) is { Heading: not null } wrong)
        {
            throw new FormatException($"a column of '{wrong.Text}' is not headed '{wrong.Heading}'");
        }

        return from row in body.Rows(sheet.Rows.Skip(header + 1).Where(row => !row.IsHidden))
               let asOf = row[day].Day
               from column in body.Rows(columns, "cell", column => $"{column.Heading} {column.Text}")
               let rate = row[column.Index].NumberOrNull()
               where rate is not (null or 0)
               select new Observation(asOf, new(Names.Find(column.Text), Zmw), rate.Value, column.Kind);
    }

    private static string Newest(ProviderBody list)
    {
        var file = list.Json().Member("included").Items().First().Member("attributes").Member("uri").Member("url").Text();
        return file is ['/', not '/', ..] && file.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase)
            ? file
            : throw new FormatException($"'{file}' is no workbook of this host");
    }
}
