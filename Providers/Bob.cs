using Rates.Core;
using Rates.Providers.Reading;

namespace Rates.Providers;

/// <summary>Bank of Botswana: the pula against the currencies of its basket and trade.</summary>
/// <remarks>
/// Direction: 1 BWP = x foreign.
/// Published: about noon, Gaborone time, on working days, for the same day.
/// Units: 1.
/// Quirks: the whole archive in one file, newest first but not in order; CHN, YEN and SDR are no ISO codes; 0 and blank are not quoted.
/// Source: https://www.bankofbotswana.bw/exchange-rates
/// </remarks>
public sealed class Bob : RateProvider
{
    private static readonly Currency Bwp = Currency.Parse("BWP");

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [Get("exchange-rates.csv?page&_format=csv")];

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from row in Csv.Rows(body)
        let asOf = Days.Parse(row["Date"], "d MMM yyyy")
        from column in Enumerable.Range(1, row.Header.Width - 1)
        let rate = RateNumber.ParseOrNull(row[column])
        where rate is not null and not 0
        select new Observation(asOf, new(Bwp, Code(row.Header.Names[column])), rate.Value, RateKind.Reference);

    private static Currency Code(string label) => Currency.Parse(label switch
    {
        "CHN" => "CNY",
        "YEN" => "JPY",
        "SDR" => "XDR",
        _ => label,
    });
}
