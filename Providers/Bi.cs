using Rates.Core;

namespace Rates.Providers;

/// <summary>Bank Indonesia: the selling and buying rates of its transactions.</summary>
/// <remarks>
/// Direction: the units in the column Value = x IDR.
/// Published: about 8:00 Jakarta time on working days, for the same day.
/// Units: the column Value, 1.00 or 100.00.
/// Quirks: the form's hidden fields are requested first, and sent back for one currency after the other; the answer names the currency
/// above its table; where the days have no rates, it has no table.
/// Source: https://www.bi.go.id/en/statistik/informasi-kurs/transaksi-bi/default.aspx
/// </remarks>
public sealed class Bi : RateProvider
{
    private const string Form = "en/statistik/informasi-kurs/transaksi-bi/default.aspx";
    private const string Label = "CURRENCIES ";

    private static readonly Currency Idr = Currency.Parse("IDR");

    private static readonly (string, RateKind)[] Columns = [("Sell", RateKind.Ask), ("Buy", RateKind.Bid)];

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get(Form) with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window) => answer.Request.IsStep
        ? ReadStep(answer, body => Searches(body.Page(), window))
        : [];

    protected override bool IsNoData(ProviderBody body) => body.Page() is var page
        && page.Document.QuerySelector("span[id$='lblKursTransaksiKTBI2']") is not null
        && page.Document.QuerySelector("table[id$='gvSearchResult2']") is null;

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        if (IsNoData(body))
        {
            return [];
        }

        var page = body.Page();
        var label = HtmlReading.Text(page.Element("span[id$='lblKursTransaksiKTBI2']"));
        var pair = label.StartsWith(Label, StringComparison.Ordinal)
            ? new CurrencyPair(Currency.Parse(label[Label.Length..]), Idr)
            : throw new FormatException($"'{label}' does not name the currency");
        return from row in body.Rows(page.Table("Value", "Sell", "Buy", "Date"))
               let units = RateNumber.Parse(row["Value"], NumberForm.PointGrouped)
               from side in row.Sides(DayParser.Parse(row["Date"], "d MMM yyyy"), pair, Columns, units, NumberForm.PointGrouped)
               select side;
    }

    private static List<ProviderRequest> Searches(HtmlPage page, FetchWindow window)
    {
        var name = page.Element("select[name$='$ddlmatauang1']").GetAttribute("name")!;
        var form = name[..^"ddlmatauang1".Length];
        return
        [
            .. page.Values("select[name$='$ddlmatauang1'] option").Select(currency => Post(
                Form,
                page.Form(
                    "__VIEWSTATE",
                    (name, currency),
                    ($"{form}txtFrom", window.From.Format("dd-MMM-yyyy")),
                    ($"{form}txtTo", window.To.Format("dd-MMM-yyyy")),
                    ($"{form}txtTanggal", ""),
                    ($"{form}btnSearch1", "Search"),
                    ($"{form}hidSourceID", $"{form.Replace('$', '_')}btnSearch1")),
                "application/x-www-form-urlencoded")),
        ];
    }
}
