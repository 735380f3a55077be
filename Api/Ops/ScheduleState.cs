using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>A provider's schedule as <c>/v1/ops/schedules</c> answers it: the one in force, or the preview of a change.</summary>
/// <param name="Provider">Whose.</param>
/// <param name="Cron">Its cron expression; left out for an interval.</param>
/// <param name="Every">Its interval; left out for a cron expression.</param>
/// <param name="Zone">The IANA time zone of the expression.</param>
/// <param name="Enabled">False: not asked. Also false for a provider that this installation does not fetch.</param>
/// <param name="MinimumGap">Least time between two fetches.</param>
/// <param name="LeastGap">The least time between two fetches that the provider allows: no schedule may be closer.</param>
/// <param name="Revision">For <c>If-Match</c>.</param>
/// <param name="By">Who set it; <c>shipped</c> for nobody.</param>
/// <param name="At">When.</param>
/// <param name="Reset">True while the shipped schedule waits for a worker to put it in place; left out otherwise.</param>
/// <param name="Next">The next due instants.</param>
/// <param name="Problem">
/// What is wrong with a schedule that somebody stored by hand: that one is not used, this one is in force. Or why the provider is not
/// fetched at all. Left out when there is nothing to tell.
/// </param>
internal sealed record ScheduleState(
    string Provider, string? Cron, TimeSpan? Every, string Zone, bool Enabled, TimeSpan MinimumGap, TimeSpan LeastGap, long Revision,
    string By, DateTimeOffset At,
    bool? Reset, IReadOnlyList<DueView> Next, string? Problem)
{
    private const int Shown = 10;

    /// <summary>A definition's view. One that cannot be read is shown without instants.</summary>
    /// <param name="provider">Whose.</param>
    /// <param name="definition">What is stored.</param>
    /// <param name="profile">The provider's description; null while no worker has stored one.</param>
    /// <param name="now">The instants after it are shown.</param>
    public static ScheduleState Of(string provider, ScheduleDefinition definition, ProviderProfile? profile, DateTimeOffset now)
    {
        var isFetched = profile is not { Enabled: false };
        return new(
            provider, definition.Every is null ? definition.Cron : null, definition.Every, definition.Zone,
            definition.Enabled && isFetched, definition.MinimumGap, profile?.LeastGap ?? TimeSpan.Zero, definition.Revision, definition.By,
            definition.At, definition.Reset ? true : null, isFetched ? Due(provider, definition, now) : [],
            definition.HandProblem.Length > 0 ? definition.HandProblem : isFetched ? null : NotFetched(profile!));
    }

    private static string NotFetched(ProviderProfile profile) =>
        profile.Note.Length > 0 ? $"the provider is not fetched: {profile.Note}" : "the provider is not fetched by this installation";

    private static IReadOnlyList<DueView> Due(string provider, ScheduleDefinition definition, DateTimeOffset now)
    {
        try
        {
            var zone = TimeZoneInfo.TryFindSystemTimeZoneById(definition.Zone, out var found) ? found : TimeZoneInfo.Utc;
            return [.. ScheduleCheck.Next(
                ProviderSchedule.Parse(provider, definition).Due, now,
                Shown).Select(at => new DueView(at.ToUniversalTime(), TimeZoneInfo.ConvertTime(at, zone)))];
        }
        catch (ScheduleFormatException)
        {
            // Workers report it and stay with the last good one; here it is to be mended.
            return [];
        }
    }
}

/// <summary>
/// An instant at which a provider is to be fetched, in UTC and in the schedule's time zone, as <c>/v1/ops/schedules</c> answers it.
/// </summary>
internal sealed record DueView(DateTimeOffset Utc, DateTimeOffset Local);

/// <summary>
/// The body of an operator's request to change a schedule; what is left out stays. A cron expression takes the place of an interval, and
/// the other way round.
/// </summary>
internal sealed record ScheduleChange(
    string? Cron = null, TimeSpan? Every = null, string? Zone = null, bool? Enabled = null, TimeSpan? MinimumGap = null)
{
    /// <summary>The definition after the change.</summary>
    /// <exception cref="ProblemException">400: both a cron expression and an interval.</exception>
    public ScheduleDefinition Of(ScheduleDefinition before) => Cron is not null && Every is not null
        ? throw ProblemException.BadParameter("every", "cannot be set together with cron")
        : before with
        {
            Cron = Cron ?? (Every is null ? before.Cron : ""),
            Every = Every ?? (Cron is null ? before.Every : null),
            Zone = Zone ?? before.Zone,
            Enabled = Enabled ?? before.Enabled,
            MinimumGap = MinimumGap ?? before.MinimumGap,
            Reset = false,
        };
}
