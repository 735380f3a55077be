using Rates.Core;

namespace Rates.Api;

/// <summary>Combines the rates of the providers that a query asks for into one rate for each quote currency.</summary>
internal static class Blending
{
    /// <summary>Makes the answer.</summary>
    public static BlendedRates Of(in RatesQuery query, in BlendScope scope)
    {
        var method = query.Select ?? Selection.Median;
        var from = CurrencyTable.At(query.Base);
        var blends = new SortedDictionary<string, (PairBlend Pair, BlendResult Blend)>(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        List<(string? Quote, string Note)> lacking = [];
        foreach (var quote in query.Quotes.IsEmpty ? CurrencySet.All : query.Quotes)
        {
            if (query.Quotes.IsEmpty && quote == query.Base)
            {
                continue;
            }

            var code = CurrencyTable.At(quote).Code;
            var pair = PairBlend.Of(new(from, CurrencyTable.At(quote)), scope);
            if (!pair.IsEmpty)
            {
                var blend = pair.Combine(method);
                used.UnionWith(blend.Providers);
                blends.Add(code, (pair, blend));
            }
            else if (!query.Quotes.IsEmpty)
            {
                lacking.Add((code, WhyNoBlend.Of(new(from, CurrencyTable.At(quote)), scope)));
            }
        }

        var absent = Absent(query.Base, scope, used);
        var named = absent.Select(provider => provider.Provider).ToHashSet(StringComparer.Ordinal);
        var rates = new SortedDictionary<string, BlendedQuote>(StringComparer.Ordinal);
        foreach (var (code, (pair, blend)) in blends)
        {
            rates.Add(code, pair.Shown(blend, Groups(pair.NotUsed(blend).Where(left => !named.Contains(left.Provider)))));
        }

        if (query.Quotes.IsEmpty && rates.Count == 0)
        {
            lacking.Add((null, WhyNoBlend.Of([.. absent.Select(one => new LeftOutProvider(one.Provider, one.Reason))])));
        }

        return new(
            from.Code, method.ToText(), rates, query.Quotes.IsEmpty || lacking.Count == 0 ? null : [.. lacking.Select(one => one.Quote!)],
            absent.Count > 0 ? absent : null)
        {
            Lacking = lacking,
        };
    }

    /// <summary>Providers with one reason each; null when there are none.</summary>
    public static IReadOnlyList<AbsentGroup>? Groups(IEnumerable<LeftOutProvider> leftOut)
    {
        AbsentGroup[] groups =
        [
            .. leftOut.GroupBy(left => left.Reason, left => left.Provider, StringComparer.Ordinal)
                .Select(group => new AbsentGroup(group.Key, [.. group])),
        ];
        return groups.Length > 0 ? groups : null;
    }

    /// <summary>The providers that are used for no quote and could not be used for any, with the reason.</summary>
    private static List<AbsentProvider> Absent(int from, in BlendScope scope, HashSet<string> used)
    {
        List<AbsentProvider> absent = [];
        foreach (var index in scope.Indexes)
        {
            var entry = scope.Entries[index];
            if (!used.Contains(entry.Key) && (scope.WhyNot(entry) ?? WhyNotAtAll(entry, from)) is { } reason)
            {
                absent.Add(new(entry.Key, entry.Status.ToText(), reason));
            }
        }

        return absent;
    }

    private static string? WhyNotAtAll(ProviderEntry entry, int from) => entry switch
    {
        { Rates: null } => entry.Reason,
        { IsOutOfUse: true, AsOf: { } newest } => WitnessRule.WhyTooOld(entry.Status, newest),
        _ when !entry.Rates.FiguresIn(from).CoversBase => ProviderEntry.LacksBase,
        _ => null,
    };
}
