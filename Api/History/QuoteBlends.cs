using Rates.Core;

namespace Rates.Api;

/// <summary>Collects the combined rates of one pair, day by day, with what there is to say of them.</summary>
/// <param name="pair">The pair.</param>
/// <param name="select">How providers are combined.</param>
/// <param name="isFilled">True where every day is answered; else those are of which a figure is.</param>
internal sealed class QuoteBlends(CurrencyPair pair, Selection select, bool isFilled)
{
    private readonly HashSet<string> _covering = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private RateSeries _rates = [];
    private List<DayNote> _notes = [];
    private (PairBlend Pair, BlendResult Result)? _last;
    private Dictionary<string, string>? _reasons;

    /// <summary>Code of the quote.</summary>
    public string Quote => pair.Quote.Code;

    /// <summary>The pair.</summary>
    public CurrencyPair Pair => pair;

    /// <summary>Whether a day was answered by figures, with a rate or with the reason why they give none.</summary>
    public bool HasAnswers { get; private set; }

    /// <summary>Whether days have a note that says why no provider has a figure.</summary>
    public bool HasLacks { get; private set; }

    /// <summary>Adds the next day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="scope">The providers with their rates of that day.</param>
    /// <returns>False where no provider that may be used has a figure.</returns>
    public bool Add(DateOnly day, in BlendScope scope)
    {
        var blended = PairBlend.Of(pair, scope);
        if (blended.IsEmpty)
        {
            return false;
        }

        var result = blended.Combine(select);
        _last = (blended, result);
        _covering.UnionWith(blended.Covering);
        if (!IsAnswered(day, blended, result))
        {
            return true;
        }

        HasAnswers = true;
        _used.UnionWith(result.Providers);
        var shown = blended.Shown(result, null);
        if (shown.Note is { } note)
        {
            _notes.Add(new(day, note, shown.Rate is not null));
        }

        if (shown.Rate is { } rate)
        {
            _rates.Add(new(day, rate, IsDerived: false, shown.Unconfirmed == true) { AsOf = result.Newest, Count = result.Count });
        }

        return true;
    }

    /// <summary>Notes why a day that was added has no figure.</summary>
    public void AddLack(DateOnly day, string reason)
    {
        HasLacks = true;
        _notes.Add(new(day, reason, HasRate: false));
    }

    /// <summary>The series of the days since the last call; null when none of them was answered.</summary>
    public ReadySeries? Take(DayGroup group)
    {
        if (_rates.Count == 0 && _notes.Count == 0)
        {
            return null;
        }

        var series = ReadySeries.Of(select.ToText(), Quote, _rates, group, [.. _used.Order(StringComparer.Ordinal)], _notes) with
        {
            IsBlend = true,
        };
        (_rates, _notes) = ([], []);
        return series;
    }

    /// <summary>Whether some of the rates are made of a provider's figures.</summary>
    public bool Uses(string provider) => _used.Contains(provider);

    /// <summary>Why none of the rates are made of a provider's figures, once all days were added.</summary>
    /// <param name="provider">The key of a provider that is not used.</param>
    /// <param name="nothing">The reason where it has no figure of the pair.</param>
    /// <param name="isFuture">True when all days are still to come: then nothing else need be said where nobody has a figure.</param>
    public string WhyNotUsed(string provider, string nothing, bool isFuture)
    {
        if (!_covering.Contains(provider) || _last is not { } last || (isFuture && !HasAnswers))
        {
            return nothing;
        }

        _reasons ??= last.Pair.NotUsed(last.Result).DistinctBy(left => left.Provider)
            .ToDictionary(left => left.Provider, left => left.Reason, StringComparer.Ordinal);
        return _reasons.GetValueOrDefault(provider, "has no figure of these days");
    }

    private bool IsAnswered(DateOnly day, PairBlend blended, BlendResult result) =>
        isFilled || result.Newest == day || (result.Newest > day && HasFigureOf(day, blended, result));

    private static bool HasFigureOf(DateOnly day, PairBlend blended, BlendResult result) =>
        blended.Choice.Used.Any(input => input.AsOf == day && result.Providers.Contains(input.Provider));
}
