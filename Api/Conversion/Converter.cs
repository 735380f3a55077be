using Rates.Core;

namespace Rates.Api;

/// <summary>Converts amounts with unrounded rates.</summary>
internal static class Converter
{
    /// <summary>How providers are combined unless the query says otherwise: the median, which one wrong provider cannot move far.</summary>
    public const Selection Default = Selection.Median;

    private const int MostPlaces = 12;

    /// <summary>Converts with the providers' rates combined.</summary>
    public static Conversion Convert(
        CurrencyPair pair, decimal amount, Selection select, int? round, ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> indexes)
    {
        var witnesses = Blending.Witnesses(pair, entries, indexes);
        if (witnesses.Count == 0)
        {
            throw ProblemException.Unknown(
                "to", pair.Quote.Code, $"in {pair.Base} is covered by none of the providers asked for{ReasonIn(entries, indexes)}");
        }

        var blend = Blending.Of(select, witnesses);
        var shown = Blending.Shown(blend, witnesses);
        var only = blend.Providers is [var key] ? witnesses.FirstOrDefault(witness => witness.Entry.Key == key) : null;
        return new()
        {
            From = pair.Base.Code,
            To = pair.Quote.Code,
            Amount = amount,
            Select = select.ToText(),
            Rate = shown.Rate,
            Result = blend.Rate is { } rate ? Product(amount, rate, round) : null,
            AsOf = shown.AsOf,
            Providers = blend.Providers,
            Spread = blend.Count > 1 ? shown.Spread : null,
            Status = only?.Entry.Status.ToText(),
            Path = only?.Cross.Path,
            Note = shown.Note,
        };
    }

    /// <summary>Converts with each provider's rate.</summary>
    public static ConversionsByProvider ConvertByEach(
        CurrencyPair pair, decimal amount, int? round, ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> indexes)
    {
        List<Conversion> conversions = [];
        foreach (var index in indexes)
        {
            var entry = entries[index];
            var cross = entry.Rates?.Crosses.Find(pair);
            conversions.Add(new()
            {
                Providers = [entry.Key],
                Status = entry.Status.ToText(),
                AsOf = (cross?.AsOf ?? entry.AsOf)?.ToText(),
                Rate = cross is null ? null : RateRounding.Shown(cross.Rate, cross.IsDerived),
                Result = cross is null ? null : Product(amount, cross.Rate, round),
                Path = cross?.Path,
                Error = cross is null ? new(null, null, entry.Reason.Length > 0 ? entry.Reason : "does not cover the pair") : null,
            });
        }

        return new(pair.Base.Code, pair.Quote.Code, amount, Selection.Each.ToText(), conversions);
    }

    // amount x rate, half to even at the indexes asked for, or at 12 with trailing zeros taken off.
    private static decimal Product(decimal amount, decimal rate, int? round)
    {
        try
        {
            var product = amount * rate;
            return round is { } indexes
                ? decimal.Round(product, indexes, MidpointRounding.ToEven)
                : RateRounding.Plain(decimal.Round(product, MostPlaces, MidpointRounding.ToEven));
        }
        catch (OverflowException)
        {
            throw ProblemException.BadValue("amount", amount.ToText(), "is too large to convert");
        }
    }

    private static string ReasonIn(ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> indexes) =>
        indexes is [var only] && entries[only].Reason is { Length: > 0 } reason ? $": {reason}" : "";
}
