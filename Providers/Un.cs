using Rates.Core;

namespace Rates.Providers;

/// <summary>United Nations Treasury: the operational rates of exchange, which the UN system books with.</summary>
/// <remarks>
/// Direction: 1 USD = x foreign.
/// Published: for the first of the month, and in between when a currency moved; every row carries its own day.
/// Units: 1.
/// Quirks: one row a country, so that a currency of several countries repeats, equal each time; only the present is served; the day is
/// called <c>eff_date</c> since 2026 and was <c>rate_date</c> before.
/// Source: https://treasury.un.org/operationalrates/OperationalRates.php
/// </remarks>
public sealed class Un : RateProvider
{
    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("xsql2XML.php")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        (from row in body.Elements(body.Xml().All("UN_OPERATIONAL_RATES"))
         let quote = Currency.Parse(row.Child("f_curr_code").Value.Trim())
         where quote != Currency.Usd
         select new Observation(
             DayParser.Parse((row.ChildOrNull("eff_date") ?? row.Child("rate_date")).Value, "d MMM yyyy"),
             new(Currency.Usd, quote),
             RateNumber.Parse(row.Child("rate").Value, NumberForm.PointGrouped),
             RateKind.Official))
        .Distinct();
}
