using Rates.Core;

namespace Rates.Providers;

/// <summary>Bulgarian National Bank: the rates of the lev, and gold per troy ounce, until the lev's end.</summary>
/// <remarks>
/// Direction: <c>RATIO</c> foreign = <c>RATE</c> BGN; <c>REVERSERATE</c> beside it is rounded and not read.
/// Published: in the afternoon, Sofia time, for the next working day.
/// Units: <c>RATIO</c>, 1 to 10000.
/// Quirks: a byte order mark; the first row holds the column titles; a failure is a page for people; <c>n/a</c> is not quoted.
/// Source: https://www.bnb.bg/Statistics/StExternalSector/StExchangeRates/StERForeignCurrencies/
/// </remarks>
public sealed class Bnb : RateProvider
{
    private static readonly Currency Bgn = Currency.Parse("BGN");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => window.Days().Select(day => Get(
        "Statistics/StExternalSector/StExchangeRates/StERForeignCurrencies/index.htm?downloadOper=true&group1=first"
        + $"&firstDays={day.Format("dd")}&firstMonths={day.Format("MM")}&firstYear={day.Year}&search=true&type=XML"));

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in body.Elements(body.Xml().Named("ROWSET").Elements())
        where row.Child("GOLD").Value != "0"
        let value = RateNumber.ParseOrNull(row.Child("RATE").Value, NumberForm.Point, "n/a")
        where value is not null
        select new Observation(
            DayParser.Parse(row.Child("CURR_DATE").Value, "dd.MM.yyyy"),
            new(Currency.Parse(row.Child("CODE").Value), Bgn),
            value.Value / RateNumber.Parse(row.Child("RATIO").Value),
            RateKind.Official);
}
