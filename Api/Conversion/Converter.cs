using Rates.Core;

namespace Rates.Api;

/// <summary>One amount to convert with its currencies and rounding, after all of it was checked.</summary>
/// <param name="From">The unit converted from.</param>
/// <param name="To">The unit converted to.</param>
/// <param name="Amount">The amount in <paramref name="From"/>.</param>
/// <param name="Select">How providers are combined.</param>
/// <param name="Rounding">How the result is rounded; null for as many places as it needs.</param>
internal readonly record struct ConversionRequest(
    AmountUnit From, AmountUnit To, decimal Amount, Selection Select, ResultRounding? Rounding)
{
    /// <summary>The pair whose rate converts it.</summary>
    public CurrencyPair Pair => new(From.Currency, To.Currency);
}

/// <summary>Converts amounts from one currency to another with unrounded rates, and rounds only the result.</summary>
internal static class Converter
{
    /// <summary>
    /// How providers are combined unless the query chooses another way: the median, which one wrong provider cannot move far.
    /// </summary>
    public const Selection Default = Selection.Median;

    private const int MinPlaces = 12;
    private const int MinDigits = 10;

    // A decimal has 28 places: a smaller product would keep fewer than ten significant digits.
    private const decimal SmallestResult = 0.000000000000000001m;

    /// <summary>Converts with the providers' rates combined.</summary>
    /// <exception cref="ProblemException">404: no provider has the pair. 400: the result is too large or too small.</exception>
    public static Conversion Convert(in ConversionRequest request, in BlendScope scope)
    {
        var pair = request.Pair;
        if (pair.Base == pair.Quote)
        {
            return Exact(request);
        }

        var pairBlend = PairBlend.Of(pair, scope);
        if (pairBlend.IsEmpty)
        {
            throw RatesProblems.NotCovered("to", pair.Quote.Code, pair.Base.Code, ReasonIn(scope));
        }

        var blend = pairBlend.Combine(request.Select);
        var shown = pairBlend.Shown(blend, null);
        var only = blend.Providers is [var key] ? pairBlend.Find(key) : null;
        var isOfOneDay = shown.Newest == shown.Oldest;
        return new()
        {
            From = request.From.Code,
            To = request.To.Code,
            Amount = request.Amount,
            Select = request.Select.ToText(),
            Rate = shown.Rate is { } rate ? InUnits(rate, request) : null,
            Inverse = blend.Rate is { } direct ? Inverse(direct, request) : null,
            Result = blend.Rate is { } unrounded ? Product(request, unrounded) : null,
            AsOf = shown.Oldest,
            Newest = isOfOneDay ? null : shown.Newest,
            Oldest = isOfOneDay ? null : shown.Oldest,
            Providers = blend.Providers,
            Spread = blend.Count > 1 ? shown.Spread : null,
            Status = only?.Entry.Status.ToText() ?? shown.Status,
            Unconfirmed = shown.Unconfirmed,
            Path = only?.Cross.Path,
            Note = shown.Note,
        };
    }

    // Units of one currency: no provider is needed, and no day.
    private static Conversion Exact(in ConversionRequest request) => new()
    {
        From = request.From.Code,
        To = request.To.Code,
        Amount = request.Amount,
        Rate = InUnits(1, request),
        Inverse = Inverse(1, request),
        Result = Product(request, 1),
    };

    /// <summary>Converts with each provider's rate.</summary>
    /// <exception cref="ProblemException">400: a result is too large or too small.</exception>
    public static ConversionsByProvider ConvertByEach(
        in ConversionRequest request, ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> indexes)
    {
        List<Conversion> conversions = [];
        foreach (var index in indexes)
        {
            var entry = entries[index];
            var cross = entry.Rates?.Crosses.Find(request.Pair);
            conversions.Add(new()
            {
                Providers = [entry.Key],
                Status = entry.Status.ToText(),
                AsOf = (cross?.AsOf ?? entry.AsOf)?.ToText(),
                Rate = cross is null ? null : InUnits(RateRounding.Shown(cross.Rate, cross.IsDerived), request),
                Inverse = cross is null ? null : Inverse(cross.Rate, request),
                Result = cross is null ? null : Product(request, cross.Rate),
                Unconfirmed = cross is { IsUnconfirmed: true } ? true : null,
                Path = cross?.Path,
                Note = cross is { IsUnconfirmed: true } || (cross is not null && entry.IsShipped) ? entry.ReasonFor(cross) : null,
                Error = cross is null ? new(null, null, entry.WhyNoRate) : null,
            });
        }

        return new(request.From.Code, request.To.Code, request.Amount, Selection.Each.ToText(), conversions);
    }

    /// <summary>An amount times an unrounded rate, rounded as the results of conversions are.</summary>
    /// <exception cref="ProblemException">400: the result is too large or too small.</exception>
    public static decimal Product(decimal amount, decimal rate) =>
        Product(new ConversionRequest(AmountUnit.Of(Currency.Eur), AmountUnit.Of(Currency.Eur), amount, Default, null), rate);

    // amount x rate, rounded as requested; else half to even at 12 places, or at those of the tenth significant digit.
    private static decimal Product(in ConversionRequest request, decimal rate)
    {
        try
        {
            var product = InUnits(request.Amount * rate, request);
            if (request.Rounding is { } rounding)
            {
                return rounding.Round(product, request.To);
            }

            return Math.Abs(product) >= SmallestResult || request.Amount == 0
                ? RateRounding.Plain(decimal.Round(product, RateRounding.PlacesOf(product, MinDigits, MinPlaces), MidpointRounding.ToEven))
                : throw ProblemException.BadValue("amount", request.Amount.ToText(), "is too small to convert with ten significant digits");
        }
        catch (OverflowException)
        {
            throw ProblemException.BadValue("amount", request.Amount.ToText(), "is too large to convert");
        }
    }

    // A figure of the currencies as one of the units: 1 EUR = 0.8654 GBP = 86.54 GBX.
    private static decimal InUnits(decimal figure, in ConversionRequest request) =>
        RateRounding.MovePoint(figure, request.To.Places - request.From.Places);

    // Null where it does not fit a decimal.
    private static decimal? Inverse(decimal rate, in ConversionRequest request)
    {
        try
        {
            return RateRounding.MovePoint(
                RateRounding.Significant(1 / rate, RateRounding.CrossDigits), request.From.Places - request.To.Places);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static string ReasonIn(in BlendScope scope)
    {
        if (scope.Indexes is [var only])
        {
            return scope.Entries[only].Reason is { Length: > 0 } reason ? $": {reason}" : "";
        }

        foreach (var index in scope.Indexes)
        {
            if (scope.Entries[index].Rates is not null)
            {
                return "";
            }
        }

        return RatesProblems.NoFiguresOf(scope.Day);
    }
}
