using System.Globalization;
using Rates.Core;

namespace Rates.Api;

/// <summary>A provider with its status, schedule and health, as <c>/v1/providers</c> answers it.</summary>
internal sealed record ProviderView
{
    /// <summary>Its key, lower case.</summary>
    public required string Key { get; init; }

    /// <summary>The institution's name, for a dataset with what tells it from the others.</summary>
    public required string Name { get; init; }

    /// <summary>Key of the institution: <c>nbp</c> for the dataset <c>nbp.b</c>; the key itself for an institution.</summary>
    public required string Institution { get; init; }

    /// <summary>
    /// Keys of the other providers that publish for the same institution or repeat its figures; left out when there are none.
    /// </summary>
    public IReadOnlyList<string>? Related { get; init; }

    /// <summary>The text to name beside its figures.</summary>
    public required string Attribution { get; init; }

    /// <summary>What it publishes, in words; left out where nobody has written it down.</summary>
    public string? Publishes { get; init; }

    /// <summary>Which way round the source publishes, such as 1 EUR = x foreign; left out where nobody has written it down.</summary>
    public string? Direction { get; init; }

    /// <summary>Units that the source's figures are for; answers are always for 1. Left out where nobody has written it down.</summary>
    public string? Units { get; init; }

    /// <summary>What its figures are made for: reference, market, official, compliance or average.</summary>
    public required string Category { get; init; }

    /// <summary>ISO 3166 alpha-2 code of its country; left out when it has none.</summary>
    public string? Country { get; init; }

    /// <summary>The currency its pairs share; left out when they share none.</summary>
    public string? Pivot { get; init; }

    /// <summary>Which figure it publishes.</summary>
    public required string Kind { get; init; }

    /// <summary>Address of its terms of use; left out where none are known.</summary>
    public string? Terms { get; init; }

    /// <summary>fresh, closed, stale, frozen, retired or missing.</summary>
    public required string Status { get; init; }

    /// <summary>Why there are no rates, or none newer; left out when there is nothing to explain.</summary>
    public string? Reason { get; init; }

    /// <summary>The day of its latest sheet.</summary>
    public string? AsOf { get; init; }

    /// <summary>When the source published; left out where only the day is known.</summary>
    public string? PublishedAt { get; init; }

    /// <summary>When the sheet was fetched; left out for one that ships with the product.</summary>
    public string? FetchedAt { get; init; }

    /// <summary>When the next publication is due; left out when there will be none.</summary>
    public string? NextExpectedAt { get; init; }

    /// <summary>The address the sheet came from.</summary>
    public string? Source { get; init; }

    /// <summary>True when this installation fetches it.</summary>
    public required bool Enabled { get; init; }

    /// <summary>True when its adapter has read a recorded answer of the source.</summary>
    public required bool Verified { get; init; }

    /// <summary>How many recorded answers of the source its adapter reads exactly.</summary>
    public required int RecordedAnswers { get; init; }

    /// <summary>True when the source asks for a credential.</summary>
    public required bool NeedsKey { get; init; }

    /// <summary>Why it is not fetched; left out when it is.</summary>
    public string? Note { get; init; }

    /// <summary>First day of its history; left out when it serves only the present.</summary>
    public string? HistoryFrom { get; init; }

    /// <summary>Last day of a series that has ended; left out while it is published.</summary>
    public string? HistoryUntil { get; init; }

    /// <summary>Every currency of its latest sheet.</summary>
    public required IReadOnlyList<string> Currencies { get; init; }

    /// <summary>
    /// Every currency with figures in this installation and its first and last day, of one provider; left out in the list of providers, and
    /// while the store does not answer.
    /// </summary>
    public IReadOnlyList<CurrencyDaysView>? Coverage { get; init; }

    /// <summary>When it publishes.</summary>
    public required CalendarView Calendar { get; init; }

    /// <summary>When workers fetch it; left out when they never do.</summary>
    public ScheduleView? Schedule { get; init; }

    /// <summary>The results of the latest fetches.</summary>
    public required HealthView Health { get; init; }

    /// <summary>Makes the view of an entry of a book.</summary>
    public static ProviderView Of(ProviderEntry entry, RateBook book)
    {
        var (profile, facts) = (entry.Stored.Profile, entry.Stored.Profile.Facts);
        return new()
        {
            Key = entry.Key,
            Name = entry.Name,
            Institution = ProviderKey.Institution(entry.Key),
            Related = RelatedTo(entry, book),
            Attribution = facts.Attribution.Length > 0 ? facts.Attribution : $"Source: {entry.Name}",
            Publishes = OrNull(facts.Publishes),
            Direction = OrNull(facts.Direction),
            Units = OrNull(facts.Units),
            Category = profile.Category.ToText(),
            RecordedAnswers = facts.RecordedAnswers,
            Country = OrNull(profile.Country),
            Pivot = OrNull(profile.Pivot.Code),
            Kind = profile.Kind.ToText(),
            Terms = OrNull(profile.Terms),
            Status = entry.Status.ToText(),
            Reason = OrNull(entry.Reason),
            AsOf = entry.AsOf?.ToText(),
            PublishedAt = entry.Sheet?.PublishedAt?.ToText(),
            FetchedAt = entry.FetchedAt?.ToText(),
            NextExpectedAt = entry.ExpectedAt?.ToText(),
            Source = entry.Sheet?.Source,
            Enabled = profile.Enabled,
            Verified = profile.Verified,
            NeedsKey = profile.NeedsKey,
            Note = OrNull(profile.Note),
            HistoryFrom = profile.HistoryFrom?.ToText(),
            HistoryUntil = profile.HistoryUntil?.ToText(),
            Currencies = entry.Rates is null ? [] : [.. entry.Rates.Crosses.Currencies.Select(currency => currency.Code)],
            Calendar = CalendarView.Of(profile.Calendar),
            Schedule = entry.Stored.Schedule is { } schedule
                ? new(schedule.Cron, schedule.Every, schedule.Zone, schedule.Enabled && profile.Enabled)
                : null,
            Health = HealthView.Of(entry.Stored.Health),
        };
    }

    private static string[]? RelatedTo(ProviderEntry entry, RateBook book)
    {
        string[] related =
        [
            .. book.Entries.Where(other => other.Key != entry.Key && other.Independence == entry.Independence).Select(other => other.Key),
        ];
        return related.Length > 0 ? related : null;
    }

    private static string? OrNull(string text) => text.Length > 0 ? text : null;
}

/// <summary>When a provider's source publishes, in its own time zone, as <c>/v1/providers</c> answers it.</summary>
internal sealed record CalendarView(Cadence Cadence, string Days, string At, string Zone, string? Holidays)
{
    /// <summary>Makes the view of a calendar.</summary>
    public static CalendarView Of(PublicationCalendar calendar) =>
        new(calendar.Cadence, calendar.Days, calendar.At.ToString("HH:mm", CultureInfo.InvariantCulture), calendar.Zone, calendar.Holidays);
}

/// <summary>A currency with figures, as <c>/v1/providers/{key}</c> answers it.</summary>
/// <param name="Code">Its code.</param>
/// <param name="First">The first day with a figure.</param>
/// <param name="Last">The last day with a figure.</param>
internal sealed record CurrencyDaysView(string Code, string First, string Last);

/// <summary>When workers fetch a provider, as <c>/v1/providers</c> answers it.</summary>
/// <param name="Cron">
/// A cron expression of six fields, seconds first, or of five without seconds; empty where <c>every</c> is given.
/// </param>
/// <param name="Every">A fixed interval in place of <c>cron</c>; left out when there is none.</param>
/// <param name="Zone">The IANA time zone of the expression.</param>
/// <param name="Enabled">
/// Whether it is fetched; false while an operator has paused it, and where this installation does not fetch it.
/// </param>
internal sealed record ScheduleView(string Cron, TimeSpan? Every, string Zone, bool Enabled);

/// <summary>
/// A row of a source's answer that could not be read, was refused, or was refused and released, as <c>/v1/providers</c> answers it.
/// </summary>
/// <param name="Place">Where in the answer it is.</param>
/// <param name="Reason">Why it was left out, or who released it and when.</param>
internal sealed record OddRowView(string Place, string Reason);

/// <summary>The results of the latest fetches of a provider, as <c>/v1/providers</c> answers them.</summary>
/// <param name="LastAttemptAt">Start of the last fetch.</param>
/// <param name="LastSuccessAt">Start of the last fetch with a usable answer.</param>
/// <param name="Failures">Failed fetches since the last success.</param>
/// <param name="Reason">The last failure; left out after a success.</param>
/// <param name="Quarantined">
/// Publications of which the ingest rules refused all or some figures, since the last one that was accepted whole or that an operator
/// decided about.
/// </param>
/// <param name="OddRows">Rows of the newest answer that were left out because they could not be read.</param>
/// <param name="FirstOddRows">The first few of them; left out when there are none.</param>
/// <param name="RefusedRows">Figures of the newest answer that were left out because the ingest rules refused them.</param>
/// <param name="FirstRefusedRows">The first few of them; left out when there are none.</param>
/// <param name="FirstReleasedRows">
/// The first few figures of the newest sheet that the ingest rules refused and an operator released; left out when there are none.
/// </param>
/// <param name="NotBefore">It is not fetched before this instant; left out when it may be fetched at any time.</param>
/// <param name="ScheduleProblem">What is wrong with a schedule stored by hand, which is not used; left out when nothing is.</param>
internal sealed record HealthView(
    string? LastAttemptAt, string? LastSuccessAt, int Failures, string? Reason, int Quarantined, int OddRows,
    IReadOnlyList<OddRowView>? FirstOddRows, int RefusedRows, IReadOnlyList<OddRowView>? FirstRefusedRows,
    IReadOnlyList<OddRowView>? FirstReleasedRows, string? NotBefore, string? ScheduleProblem)
{
    /// <summary>Makes the view of a health record.</summary>
    public static HealthView Of(ProviderHealth health) => new(
        health.LastAttemptAt?.ToText(),
        health.LastSuccessAt?.ToText(),
        health.Failures,
        health.Reason is { Length: > 0 } reason ? reason : null,
        health.Quarantined,
        health.OddRows,
        Views(health.FirstOddRows),
        health.RefusedRows,
        Views(health.FirstRefusedRows),
        Views(health.FirstReleasedRows),
        health.NotBefore?.ToText(),
        health.ScheduleProblem is { Length: > 0 } problem ? problem : null);

    private static IReadOnlyList<OddRowView>? Views(IReadOnlyList<OddRow> rows) =>
        rows.Count > 0 ? [.. rows.Select(row => new OddRowView(row.Place, row.Reason))] : null;
}
