using System.Text.RegularExpressions;
using Rates.Core;

namespace Rates.Providers;

/// <summary>National Bank of the Kyrgyz Republic: the official rates of the som.</summary>
/// <remarks>
/// Direction: <c>Nominal</c> foreign = x KGS.
/// Published: about 15:30 Bishkek time for the next day; minor currencies once a week.
/// Units: <c>Nominal</c>.
/// Quirks: decimal comma; the archive is a page for people whose figures stand between comment markers, one currency a request.
/// Source: https://www.nbkr.kg/XML/daily.xml and https://www.nbkr.kg/XML/weekly.xml
/// </remarks>
public sealed partial class Nbkr : RateProvider
{
    private static readonly Currency Kgs = Currency.Parse("KGS");

    // The archive's own numbers of the currencies.
    private static readonly Dictionary<string, Currency> Archive = new(StringComparer.Ordinal) { ["15"] = Currency.Usd, ["20"] = Currency.Eur };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.Today.DayNumber - window.From.DayNumber <= 7
        ? [Get("XML/daily.xml"), Get("XML/weekly.xml")]
        : Archive.Keys.Select(id => Get(
            $"index1.jsp?item=1562&lang=ENG&valuta_id={id}&beg_day={window.From.Format("dd")}&beg_month={window.From.Format("MM")}&beg_year={window.From.Year}"
            + $"&end_day={window.To.Format("dd")}&end_month={window.To.Format("MM")}&end_year={window.To.Year}"));

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        if (body.Request.Parameter("valuta_id") is { Length: > 0 } id)
        {
            var currency = Archive.TryGetValue(id, out var known) ? known : throw new FormatException($"valuta_id {id} is not a known currency");
            return from row in body.Rows<Match>(ArchiveRow.Matches(body.WholeText()))
                   select new Observation(Days.Parse(row.Groups["day"].Value, "dd.MM.yyyy"), new(currency, Kgs), RateNumber.Parse(row.Groups["value"].Value, NumberForm.Comma), RateKind.Official);
        }

        var table = body.Xml().Named("CurrencyRates");
        var asOf = Days.Parse(table.Attr("Date"), "dd.MM.yyyy");
        return from rate in body.Elements(table.Elements())
               let units = RateNumber.Parse(rate.Child("Nominal").Value)
               select new Observation(asOf, new(Currency.Parse(rate.Attr("ISOCode")), Kgs), RateNumber.Parse(rate.Child("Value").Value, NumberForm.Comma) / units, RateKind.Official);
    }

    [GeneratedRegex("<!--date-->\\s*(?<day>[0-9.]+)\\s*<!--date-->.*?<!--value-->\\s*(?<value>[0-9,]+)\\s*<!--value-->", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ArchiveRow { get; }
}
