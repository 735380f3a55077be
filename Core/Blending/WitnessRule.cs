namespace Rates.Core;

/// <summary>
/// Decides which providers' rates go into a combined rate: by category, how often they publish, day, age and confirmation. The rules are
/// explained in docs/choosing.md.
/// </summary>
public static class WitnessRule
{
    /// <summary>Most days that a figure may be older than the newest one, and the newest one older than the requested day.</summary>
    public const int MaxDaysApart = 5;

    /// <summary>
    /// Why a provider takes no part in blends on <paramref name="day"/> unless a query names it; null when it takes part. Providers of
    /// reference and market figures that publish daily or more often take part, and ended series on the days from their first to
    /// their last.
    /// </summary>
    public static string? WhyNotByDefault(ProviderProfile profile, DateOnly day) => profile switch
    {
        { HistoryUntil: { } last } when day > last => $"retired: its last day was {IsoText.Of(last)}",
        { Category: not (ProviderCategory.Reference or ProviderCategory.Market) } =>
            $"{CategoryName(profile.Category)} figures are used only when their provider is named",
        { Calendar.Cadence: Cadence.Daily or Cadence.Live } or { HistoryUntil: not null } => null,
        _ => "figures that are not published daily are used only when their provider is named",
    };

    /// <summary>Why figures of a provider that are too old are put aside while others have newer ones.</summary>
    /// <param name="status">frozen, retired or missing.</param>
    /// <param name="newest">The day of its newest figure.</param>
    public static string WhyTooOld(StalenessStatus status, DateOnly newest) => status == StalenessStatus.Retired
        ? $"retired: the series has ended; its newest figure is of {IsoText.Of(newest)}"
        : $"frozen: five or more publications were missed; its newest figure is of {IsoText.Of(newest)}";

    /// <summary>What there is to say of the figures of a provider that is late.</summary>
    /// <param name="status">stale, frozen or retired.</param>
    /// <param name="newest">The day of its newest figure.</param>
    public static string WhyOld(StalenessStatus status, DateOnly newest) => status == StalenessStatus.Stale
        ? $"stale: a publication that was due is missing; its newest figure is of {IsoText.Of(newest)}"
        : WhyTooOld(status, newest);

    /// <summary>Chooses among the providers that have a rate of the pair.</summary>
    /// <param name="candidates">In the caller's order of preference.</param>
    /// <param name="day">The requested day; today for the latest rates.</param>
    /// <remarks>
    /// Confirmed figures that are not too old come first; only when there are none are old ones used, and unconfirmed ones last. Among
    /// them those count that hold for the newest day or for one of the five days before it. An unconfirmed figure counts as confirmed
    /// when another independent provider agrees within 5 % and the days that the two hold for are at most five days apart.
    /// </remarks>
    public static BlendChoice Choose(IReadOnlyList<BlendCandidate> candidates, DateOnly day)
    {
        if (candidates.Count == 0)
        {
            return new([], [], false, false, "");
        }

        candidates = [.. candidates.Select(candidate => candidate with { IsUnconfirmed = IsUnconfirmed(candidate, candidates) })];
        var best = candidates.Min(Rank);
        var newest = candidates.Where(candidate => Rank(candidate) == best).Max(candidate => candidate.Input.AsOf);
        var used = new List<BlendCandidate>(candidates.Count);
        var leftOut = new List<LeftOutProvider>();
        foreach (var candidate in candidates)
        {
            if (WhyNot(candidate, best, newest) is { } reason)
            {
                leftOut.Add(new(candidate.Input.Provider, reason));
            }
            else
            {
                used.Add(candidate);
            }
        }

        var holdsUntil = used.Max(candidate => candidate.HoldsUntil);
        var (isUnconfirmed, isOld) = (best >= 2, best % 2 == 1 || DaysAfter(holdsUntil, day) > MaxDaysApart);
        return new(used.ConvertAll(candidate => candidate.Input), leftOut, isOld, isUnconfirmed, Note(isOld, isUnconfirmed, newest, day));
    }

    /// <summary>
    /// What there is to say of the rate of one provider that was asked alone, as <see cref="Choose"/> says it; empty for nothing.
    /// </summary>
    /// <param name="only">The provider's rate.</param>
    /// <param name="day">The requested day; today for the latest rates.</param>
    public static string NoteOfOne(BlendCandidate only, DateOnly day) =>
        Note(only.IsTooOld || DaysAfter(only.HoldsUntil, day) > MaxDaysApart, only.IsUnconfirmed, only.Input.AsOf, day);

    /// <summary>Whether it is unconfirmed and no other source agrees by now: two first sheets that agree confirm each other.</summary>
    private static bool IsUnconfirmed(BlendCandidate candidate, IReadOnlyList<BlendCandidate> others) => candidate.IsUnconfirmed
        && !others.Any(other => Blend.Group(other.Input) != Blend.Group(candidate.Input)
            && DaysBetween(other, candidate) <= MaxDaysApart
            && Blend.Agree(candidate.Input.Rate, other.Input.Rate));

    /// <summary>0 and 1 for confirmed figures, 2 and 3 for unconfirmed ones; the odd ones are too old.</summary>
    private static int Rank(BlendCandidate candidate) => (candidate.IsUnconfirmed ? 2 : 0) + (candidate.IsTooOld ? 1 : 0);

    private static string? WhyNot(BlendCandidate candidate, int best, DateOnly newest) => candidate switch
    {
        _ when Rank(candidate) == best => DaysAfter(candidate.HoldsUntil, newest) > MaxDaysApart
            ? $"its figure of {IsoText.Of(candidate.Input.AsOf)} is more than {MaxDaysApart} days older than that of {IsoText.Of(newest)}"
            : null,
        { IsTooOld: true } => WhyTooOld(candidate.Status, candidate.Input.AsOf),
        _ => "its figure is unconfirmed: it is the provider's first or far from the one before, and no other source has confirmed it",
    };

    /// <summary>Days from the end of the one that ends first to the begin of the other; 0 or less when they have a day in common.</summary>
    private static int DaysBetween(BlendCandidate one, BlendCandidate other) => DaysAfter(
        one.HoldsUntil < other.HoldsUntil ? one.HoldsUntil : other.HoldsUntil,
        one.Input.AsOf > other.Input.AsOf ? one.Input.AsOf : other.Input.AsOf);

    private static int DaysAfter(DateOnly day, DateOnly later) => later.DayNumber - day.DayNumber;

    private static string Note(bool isStale, bool isUnconfirmed, DateOnly newest, DateOnly day) => (isStale, isUnconfirmed) switch
    {
        (true, true) => $"unconfirmed, and the newest figure is of {IsoText.Of(newest)}, too old for {IsoText.Of(day)}",
        (true, false) => $"the newest figure is of {IsoText.Of(newest)}, too old for {IsoText.Of(day)}",
        (false, true) => "unconfirmed: no second source has confirmed this figure",
        _ => "",
    };

    private static string CategoryName(ProviderCategory category) => category switch
    {
        ProviderCategory.Official => "official",
        ProviderCategory.Compliance => "compliance",
        _ => "average",
    };
}
