using Rates.Core;

namespace Rates.Api;

/// <summary>The answer of <c>/v1/rates</c> with providers combined.</summary>
/// <param name="Base">1 base = rate quote.</param>
/// <param name="Select">How they were combined.</param>
/// <param name="Rates">By quote; a quote that no provider covers is absent.</param>
/// <param name="Absent">Providers asked for that took no part; left out when there are none.</param>
internal sealed record BlendedRates(
    string Base, string Select, SortedDictionary<string, BlendedQuote> Rates, IReadOnlyList<AbsentProvider>? Absent);

/// <summary>The combined rate of one quote.</summary>
/// <param name="Rate">Quote units for 1 base; left out, with a note, when the providers contradict each other.</param>
/// <param name="AsOf">The oldest day among the figures used.</param>
/// <param name="Count">Independent providers used.</param>
/// <param name="Min">The lowest rate used.</param>
/// <param name="Max">The highest rate used.</param>
/// <param name="Spread">(max - min) / middle, as a fraction.</param>
/// <param name="Providers">Keys of the providers used.</param>
/// <param name="Outliers">The providers that were left out, and why.</param>
/// <param name="Note">A warning to the reader; left out when there is none.</param>
internal sealed record BlendedQuote(
    decimal? Rate, string? AsOf, int Count, decimal Min, decimal Max, decimal Spread, IReadOnlyList<string> Providers,
    IReadOnlyList<OutlierRate> Outliers, string? Note);

/// <summary>A provider whose rate was left out of a combined rate.</summary>
internal sealed record OutlierRate(string Provider, decimal Rate, string Reason);

/// <summary>A provider that was asked for and gave no rate, with the reason.</summary>
internal sealed record AbsentProvider(string Provider, string Status, string Reason);

/// <summary>Combines the rates of the providers that a query asks for.</summary>
internal static class Blending
{
    // A spread is a rough measure: more digits would only look exact.
    private const int SpreadDigits = 4;

    /// <summary>Combines the rates of each quote asked for.</summary>
    public static BlendedRates Of(in RatesQuery query, ReadOnlySpan<ProviderEntry> entries)
    {
        var method = query.Select ?? Selection.Median;
        var rates = new SortedDictionary<string, BlendedQuote>(StringComparer.Ordinal);
        var from = CurrencyTable.At(query.Base);
        foreach (var quote in query.Quotes.IsEmpty ? CurrencySet.All : query.Quotes)
        {
            if (query.Quotes.IsEmpty && quote == query.Base)
            {
                continue;
            }

            var pair = new CurrencyPair(from, CurrencyTable.At(quote));
            if (Witnesses(pair, entries, query.Providers) is { Count: > 0 } witnesses)
            {
                rates.Add(pair.Quote.Code, Shown(Of(method, witnesses), witnesses));
            }
        }

        return new(from.Code, method.ToText(), rates, Absent(entries, query.Providers));
    }

    /// <summary>
    /// The providers' rates of a pair, in the order asked. Rates too old to be combined are used only where there are no
    /// others.
    /// </summary>
    public static IReadOnlyList<Witness> Witnesses(CurrencyPair pair, ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> indexes)
    {
        List<Witness> current = [], old = [];
        foreach (var index in indexes)
        {
            var entry = entries[index];
            if (entry.Rates?.Crosses.Find(pair) is { } cross)
            {
                (entry.IsOutOfUse ? old : current).Add(new(entry, cross));
            }
        }

        return current.Count > 0 ? current : old;
    }

    /// <summary>Combines unrounded rates.</summary>
    public static BlendedRate Of(Selection method, IReadOnlyList<Witness> witnesses) => Blend.Of(
        method switch
        {
            Selection.First => BlendMethod.First,
            Selection.Mean => BlendMethod.Mean,
            Selection.Consensus => BlendMethod.Consensus,
            _ => BlendMethod.Median,
        },
        [
            .. (method == Selection.First ? witnesses.Take(1) : witnesses)
                .Select(witness => new BlendInput(witness.Entry.Key, witness.Entry.Independence, witness.Cross.Rate, witness.Cross.AsOf)),
        ]);

    /// <summary>
    /// A combined rate as it is shown: with its published digits where it equals one published rate, else rounded like a cross.
    /// </summary>
    public static BlendedQuote Shown(BlendedRate blend, IReadOnlyList<Witness> witnesses)
    {
        return new(
            blend.Rate is { } rate ? Digits(rate) : null,
            blend.AsOf == default ? null : blend.AsOf.ToText(),
            blend.Count,
            Digits(blend.Min),
            Digits(blend.Max),
            RateRounding.Significant(blend.Spread, SpreadDigits),
            blend.Providers,
            [.. blend.Outliers.Select(outlier => new OutlierRate(outlier.Provider, Digits(outlier.Rate), outlier.Reason))],
            blend.Note is { Length: > 0 } note ? note : null);

        decimal Digits(decimal figure) => witnesses.FirstOrDefault(
            witness => !witness.Cross.IsDerived && witness.Cross.Rate == figure) is { } published
            ? published.Cross.Rate
            : RateRounding.Shown(figure, derived: true);
    }

    /// <summary>The providers that were asked for and are not used; null when all are used.</summary>
    public static IReadOnlyList<AbsentProvider>? Absent(ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> indexes)
    {
        List<AbsentProvider> absent = [];
        foreach (var index in indexes)
        {
            var entry = entries[index];
            if (entry.IsOutOfUse)
            {
                absent.Add(new(entry.Key, entry.Status.ToText(
                    ), entry.Rates is null ? entry.Reason : $"its newest figures are of {entry.AsOf?.ToText()}"));
            }
        }

        return absent.Count > 0 ? absent : null;
    }
}

/// <summary>One provider's rate of a pair, used to combine rates.</summary>
internal sealed record Witness(ProviderEntry Entry, CrossRate Cross);
