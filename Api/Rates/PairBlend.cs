using Rates.Core;

namespace Rates.Api;

/// <summary>A provider whose rate of a pair may be combined with those of others, with that rate.</summary>
internal sealed record Witness(ProviderEntry Entry, CrossRate Cross);

/// <summary>Combines several providers' rates of one pair: chooses which of them count, and computes the combined rates.</summary>
internal sealed class PairBlend
{
    // A spread is a rough measure: more digits would only look exact.
    private const int SpreadDigits = 4;

    private readonly List<Witness> _covering;
    private readonly List<LeftOutProvider> _leftOut;

    private PairBlend(List<Witness> covering, BlendChoice choice, List<LeftOutProvider> leftOut) =>
        (_covering, Choice, _leftOut) = (covering, choice, leftOut);

    /// <summary>Every requested provider whose rate does not count, each with why.</summary>
    public IReadOnlyList<LeftOutProvider> LeftOut => _leftOut;

    /// <summary>Which providers' rates count.</summary>
    public BlendChoice Choice { get; }

    /// <summary>True when no provider that may be used has the pair.</summary>
    public bool IsEmpty => Choice.Used.Count == 0;

    /// <summary>Applies the rules to the requested providers.</summary>
    public static PairBlend Of(CurrencyPair pair, in BlendScope scope)
    {
        List<Witness> covering = [];
        List<BlendCandidate> candidates = [];
        List<LeftOutProvider> leftOut = [];
        foreach (var index in scope.Indexes)
        {
            var entry = scope.Entries[index];
            if (scope.WhyNot(entry) is { } reason)
            {
                leftOut.Add(new(entry.Key, reason));
            }
            else if (entry.Crosses?.Find(pair) is { } cross)
            {
                covering.Add(new(entry, cross));
                candidates.Add(CandidateOf(entry, cross));
            }
            else
            {
                leftOut.Add(new(entry.Key, entry.Crosses is null ? entry.Reason : ProviderEntry.LacksPair));
            }
        }

        var choice = WitnessRule.Choose(candidates, scope.Day);
        return new(covering, choice, [.. leftOut, .. choice.LeftOut]);
    }

    /// <summary>A provider's rate of a pair, as the rules look at it.</summary>
    public static BlendCandidate CandidateOf(ProviderEntry entry, CrossRate cross) => new(
        new(entry.Key, entry.Independence, cross.Rate, cross.AsOf), entry.Status, entry.Stored.Profile.Calendar.Cadence,
        cross.IsUnconfirmed);

    /// <summary>The rates that count, combined and unrounded.</summary>
    public BlendResult Combine(Selection method) => Blend.Of(
        method switch
        {
            Selection.First => BlendMethod.First,
            Selection.Mean => BlendMethod.Mean,
            Selection.Consensus => BlendMethod.Consensus,
            _ => BlendMethod.Median,
        },
        Choice.Used);

    /// <summary>The keys of the providers that have a rate of the pair, whether it counts or not.</summary>
    public IEnumerable<string> Covering => _covering.Select(witness => witness.Entry.Key);

    /// <summary>The witness of a provider; null when it has no rate of the pair.</summary>
    public Witness? Find(string provider) => _covering.Find(witness => witness.Entry.Key == provider);

    /// <summary>Every requested provider that <paramref name="blend"/> does not use, each once.</summary>
    public IEnumerable<LeftOutProvider> NotUsed(BlendResult blend) => _leftOut.Concat(Choice.Used
        .Where(input => !blend.Providers.Contains(input.Provider))
        .Select(input => new LeftOutProvider(input.Provider, WhyNotUsed(input, blend))));

    /// <summary>
    /// A combined rate as it is shown: with its published digits where it equals one published rate, else rounded like a cross.
    /// </summary>
    public BlendedQuote Shown(BlendResult blend, IReadOnlyList<AbsentGroup>? absent)
    {
        string[] notes = [.. new[] { blend.Note, Choice.Note, WhichShipped(blend) }.Where(note => note.Length > 0)];
        return new(
            blend.Rate is { } rate ? Digits(rate) : null,
            Status,
            Choice.IsUnconfirmed ? true : null,
            blend.Newest.ToText(),
            blend.Oldest.ToText(),
            blend.Count,
            Digits(blend.Min),
            Digits(blend.Max),
            RateRounding.Significant(blend.Spread, SpreadDigits),
            blend.Providers,
            [.. blend.Outliers.Select(outlier => new OutlierRate(outlier.Provider, Digits(outlier.Rate), outlier.Reason))],
            absent,
            notes.Length > 0 ? string.Join("; ", notes) : null);

        decimal Digits(decimal figure) =>
            _covering.Find(witness => !witness.Cross.IsDerived && witness.Cross.Rate == figure) is { } published
            ? published.Cross.Rate
            : RateRounding.Shown(figure, derived: true);
    }

    // Empty where all of them were fetched.
    private string WhichShipped(BlendResult blend)
    {
        if (!_covering.Exists(IsShipped))
        {
            return "";
        }

        return $"{EntryReasons.Shipped}: {string.Join(", ", _covering.Where(IsShipped).Select(witness => witness.Entry.Key))}";

        bool IsShipped(Witness witness) => witness.Entry.IsShipped && blend.Providers.Contains(witness.Entry.Key);
    }

    /// <summary>fresh, stale or unconfirmed.</summary>
    public string Status => Choice switch { { IsUnconfirmed: true } => "unconfirmed", { IsStale: true } => "stale", _ => "fresh" };

    private static string WhyNotUsed(BlendInput input, BlendResult blend) => blend.Outliers
        .Where(outlier => outlier.Provider == input.Provider)
        .Select(outlier => $"outlier: {outlier.Reason}")
        .FirstOrDefault(blend.Outliers.Count > 0 ? "publishes the figures of an outlier" : "another provider comes before it");
}
