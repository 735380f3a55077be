using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>CoinGecko: the last price of crypto assets, averaged over exchanges.</summary>
/// <remarks>
/// Direction: 1 of the asset = x of the currency.
/// Published: every minute; each asset has the instant of its price, whose day in UTC is the as-of day.
/// Units: 1.
/// Quirks: assets by ids in place of symbols (<c>bitcoin</c>), currencies as names of members in small letters, with further members
/// beside them (<c>usd_24h_change</c>); an unknown id is left out, and unknown ones alone are an empty object with status 200.
/// Source: https://docs.coingecko.com/reference/simple-price
/// </remarks>
public sealed class Coingecko : RateProvider
{
    private const string Currencies = "usd,eur,gbp,jpy,chf,cny";

    private static readonly CodeTable Assets = new()
    {
        ["bitcoin"] = "BTC",
        ["ethereum"] = "ETH",
        ["ripple"] = "XRP",
        ["binancecoin"] = "BNB",
        ["solana"] = "SOL",
        ["cardano"] = "ADA",
        ["tron"] = "TRX",
        ["polkadot"] = "DOT",
        ["litecoin"] = "LTC",
        ["bitcoin-cash"] = "BCH",
        ["stellar"] = "XLM",
        ["monero"] = "XMR",
        ["ethereum-classic"] = "ETC",
        ["dai"] = "DAI",
        ["uniswap"] = "UNI",
        ["filecoin"] = "FIL",
        ["tezos"] = "XTZ",
        ["zcash"] = "ZEC",
    };

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) =>
        [Get($"simple/price?ids={string.Join(',', Assets)}&vs_currencies={Currencies}&include_last_updated_at=true&precision=full")];

    protected override bool IsNoData(ProviderBody body) => body.Json() is { ValueKind: JsonValueKind.Object } list && !list.Members().Any();

    protected override IEnumerable<Observation> Parse(ProviderBody body)
    {
        ReportedError.ThrowIfAny(body.Json(), Key);
        return from asset in body.Members(body.Json())
               let at = asset.Value.Member("last_updated_at").Instant()
               let code = Assets.Find(asset.Name)
               from price in asset.Value.Members()
               where Currency.TryParse(price.Name, out _)
               select new Observation(at.Day(), new(code, Currency.Parse(price.Name)), price.Value.Number(), RateKind.Last) { At = at };
    }
}
