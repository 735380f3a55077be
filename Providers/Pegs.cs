using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Official pegs: rates fixed by law or by a monetary authority, as a dated table that ships with the adapter.</summary>
/// <remarks>
/// Direction: 1 base = x quote, as the authority states the peg.
/// Published: by decree; a day's figures are those in force on it.
/// Units: 1.
/// Quirks: nobody is asked: <c>PegTable.json</c> is the answer. Its <c>since</c> is the first day it vouches for, at times later than
/// the decree; from <c>until</c> on, where there is one, the peg holds no more.
/// Source: the authority's own site, beside each peg.
/// </remarks>
public sealed class Pegs : RateProvider
{
    private static readonly ReadOnlyMemory<byte> Table = Embedded();

    public override IEnumerable<ProviderRequest> Requests(FetchWindow window) => [];

    public override IEnumerable<Observation> Standing(FetchWindow window) =>
        window.Days().SelectMany(day => Read(new ProviderBody(new("GET", "PegTable.json"), Table, "application/json", day)).Observations);

    // Before the first peg and between two of them nothing is in force.
    protected override bool IsNoData(ProviderBody body) => body.Json().GetArrayLength() > 0;

    protected override IEnumerable<Observation> Parse(ProviderBody body) =>
        from peg in body.Items()
        let pair = new CurrencyPair(Currency.Parse(peg.Member("base").Text()), Currency.Parse(peg.Member("quote").Text()))
        let rate = peg.Member("rate").Number()
        where IsInForce(peg, body.Today)
        select new Observation(body.Today, pair, rate, RateKind.Official);

    private static bool IsInForce(JsonElement peg, DateOnly day) =>
        peg.Member("since").Day() <= day && !(peg.Optional("until")?.Day() <= day);

    private static byte[] Embedded()
    {
        using var stream = typeof(Pegs).Assembly.GetManifestResourceStream("PegTable.json")
            ?? throw new InvalidDataException("PegTable.json is not embedded");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
