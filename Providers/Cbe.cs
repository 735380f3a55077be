using System.Net;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Central Bank of Egypt: the market's weighted average rates of the pound.</summary>
/// <remarks>
/// Direction: 1 foreign = x EGP, bought and sold.
/// Published: in the afternoon, Cairo time, on working days, Sunday to Thursday, for the same day.
/// Units: in the name, <c>Japanese Yen 100</c>; else 1.
/// Quirks: a form that wants a token of its page and the names of the currencies, and answers with a workbook.
/// Source: https://www.cbe.org.eg/en/economic-research/statistics/cbe-exchange-rates/historical-data
/// </remarks>
public sealed class Cbe : RateProvider
{
    private static readonly Currency Egp = Currency.Parse("EGP");

    private static readonly string[] Fields = ["__RequestVerificationToken", "DataSourceId", "FallbackUrl", "LanguageName"];

    private static readonly CodeTable Names = new()
    {
        ["US Dollar"] = "USD",
        ["Euro"] = "EUR",
        ["Pound Sterling"] = "GBP",
        ["Canadian Dollar"] = "CAD",
        ["Danish Krone"] = "DKK",
        ["Norwegian Krone"] = "NOK",
        ["Swedish Krona"] = "SEK",
        ["Swiss Franc"] = "CHF",
        ["Japanese Yen 100"] = "JPY",
        ["Saudi Riyal"] = "SAR",
        ["Kuwaiti Dinar"] = "KWD",
        ["UAE Dirham"] = "AED",
        ["Australian Dollar"] = "AUD",
        ["Bahraini Dinar"] = "BHD",
        ["Omani Riyal"] = "OMR",
        ["Qatari Riyal"] = "QAR",
        ["Jordanian Dinar"] = "JOD",
        ["Chinese Yuan"] = "CNY",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get("en/economic-research/statistics/cbe-exchange-rates/historical-data") with { IsStep = true }];

    public override IEnumerable<ProviderRequest> Follow(ProviderBody answer, FetchWindow window)
    {
        if (!answer.Request.IsStep)
        {
            return [];
        }

        var fields = ReadStep(answer, body => body.Page() is var page ? Fields.Select(name =>
                $"{name}={WebUtility.UrlEncode(page.Element($"input[name={name}]").GetAttribute("value"))}").ToList() : [])
            .Append($"FromDateRaw={window.From.Format("dd'%2F'MM'%2F'yyyy")}").Append($"ToDateRaw={window.To.Format("dd'%2F'MM'%2F'yyyy")}")
            .Concat(Names.Select(name => $"SelectedSelectOptions={WebUtility.UrlEncode(name)}")).Append("SubmitAction=2");
        return [Post("api/statistics/GetHistoricalData", string.Join('&', fields), "application/x-www-form-urlencoded")];
    }

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Rows(Workbook.Sheets(body).First().Table("Date", "Currency", "Buy", "Sell"))
        let name = row[1].Text
        let pair = new CurrencyPair(Names.Find(name), Egp)
        let units = name.EndsWith(" 100", StringComparison.Ordinal) ? 100 : 1
        from side in (IEnumerable<(int Column, RateKind Kind)>)[(2, RateKind.Bid), (3, RateKind.Ask)]
        let rate = row[side.Column].NumberOrNull()
        where rate is not (null or 0)
        select new Observation(row[0].Day, pair, rate.Value / units, side.Kind);
}
