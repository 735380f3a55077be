using Rates.Core;

namespace Rates.Api;

/// <summary>
/// The rule by which one provider's rates of a past day are found: those that its latest sheet would have had at the end of that day.
/// </summary>
/// <param name="Entry">The provider, with the latest rates that were known at the instant.</param>
/// <param name="Days">The days whose figures answer.</param>
/// <param name="KnownAt">The rates are those that were known at this instant; null for those known now.</param>
/// <param name="Now">The present instant.</param>
internal readonly record struct PastDay(ProviderEntry Entry, FigureDays Days, DateTimeOffset? KnownAt, DateTimeOffset Now)
{
    private ProviderProfile Profile => Entry.Stored.Profile;

    /// <summary>The first day whose figures may answer, as far back as the provider's cadence allows.</summary>
    public DateOnly From => Days.From ?? Days.To.DaysBefore(RatesLimits.LookBackDays(Profile));

    /// <summary>
    /// The latest sheet where it answers unless days after it are stored: a back-fill or an archive may have stored days after the newest
    /// publication, which may be one that ships with the product. Null where it does not answer.
    /// </summary>
    public RateSheet? SheetUnlessNewer => Days.From is null && Entry.Sheet is { } sheet && sheet.AsOf <= Days.To
        ? sheet
        : null;

    /// <summary>
    /// The instant that the status of the rates holds for: the last moment of the day in the source's time zone; now, or on the day of
    /// <see cref="KnownAt"/> that instant, where it is earlier. On later days rates grow old.
    /// </summary>
    public DateTimeOffset End
    {
        get
        {
            var end = SourceDay.EndOf(Profile, Days.To);
            end = end < Now ? end : Now;
            return KnownAt is { } instant && instant < end && IsDayOf(Days.To, instant, Profile) ? instant : end;
        }
    }

    /// <summary>
    /// Whether an instant is on a day or later, in UTC or in the source's time zone: without a day a query asks for that of the instant in
    /// UTC.
    /// </summary>
    public static bool IsDayOf(DateOnly day, DateTimeOffset instant, ProviderProfile profile) =>
        day <= DateOnly.FromDateTime(instant.UtcDateTime) || day <= LocalTime.Day(instant, profile.Calendar.Zone);

    /// <summary>Why there are no rates, where nothing is stored.</summary>
    public string WhyNothing => $"nothing is stored of {new FigureDays(From, Days.To)}{WhenKnown(KnownAt)}";

    /// <summary>The end of such a reason where the rates are those that were known at an instant; empty for those known now.</summary>
    public static string WhenKnown(DateTimeOffset? knownAt) => knownAt is { } instant ? $" that was known at {instant.ToText()}" : "";
}
