using System.Text.Json;
using Rates.Core;

namespace Rates.Store;

/// <summary>Reads the stored JSON of a provider: its description, its schedule and its health.</summary>
internal static class ProviderJson
{
    private static readonly string[] Categories = EnumNames.Of(typeof(ProviderCategory));
    private static readonly string[] Cadences = EnumNames.Of(typeof(Cadence));

    /// <summary>What is known of a provider's publication.</summary>
    public static StoredObject<ProviderFacts> Facts { get; } = new(
        () => new(), 0,
        ("publishes", (ref json, facts) => facts with { Publishes = StoredValue.Text(ref json) }),
        ("direction", (ref json, facts) => facts with { Direction = StoredValue.Text(ref json) }),
        ("units", (ref json, facts) => facts with { Units = StoredValue.Text(ref json) }),
        ("attribution", (ref json, facts) => facts with { Attribution = StoredValue.Text(ref json) }),
        ("recordedAnswers", (ref json, facts) => facts with { RecordedAnswers = json.GetInt32() }));

    /// <summary>When a provider publishes.</summary>
    public static StoredObject<PublicationCalendar> Calendar { get; } = new(
        () => new(), 0,
        ("cadence", (ref json, calendar) => calendar with { Cadence = (Cadence)StoredValue.Name(ref json, Cadences) }),
        ("days", (ref json, calendar) => calendar with { Days = StoredValue.Text(ref json) }),
        ("at", (ref json, calendar) => calendar with { At = StoredValue.Time(ref json) }),
        ("zone", (ref json, calendar) => calendar with { Zone = StoredValue.Text(ref json) }),
        ("grace", (ref json, calendar) => calendar with { Grace = StoredValue.Duration(ref json) }),
        ("holidays", (ref json, calendar) => calendar with { Holidays = json.GetString() }),
        ("lag", (ref json, calendar) => calendar with { Lag = json.GetInt32() }),
        ("dayOfMonth", (ref json, calendar) => calendar with { DayOfMonth = json.GetInt32() }));

    private static StoredObject<OddRow> Row { get; } = new(
        () => new("", ""), 0,
        ("place", (ref json, row) => row with { Place = StoredValue.Text(ref json) }),
        ("reason", (ref json, row) => row with { Reason = StoredValue.Text(ref json) }));

    /// <summary>The health of a provider.</summary>
    public static StoredObject<ProviderHealth> Health { get; } = new(
        () => new(), 0,
        ("lastAttemptAt", (ref json, health) => health with { LastAttemptAt = StoredValue.InstantOrNull(ref json) }),
        ("lastSuccessAt", (ref json, health) => health with { LastSuccessAt = StoredValue.InstantOrNull(ref json) }),
        ("failures", (ref json, health) => health with { Failures = json.GetInt32() }),
        ("reason", (ref json, health) => health with { Reason = StoredValue.Text(ref json) }),
        ("quarantined", (ref json, health) => health with { Quarantined = json.GetInt32() }),
        ("oddRows", (ref json, health) => health with { OddRows = json.GetInt32() }),
        ("firstOddRows", (ref json, health) => health with { FirstOddRows = Rows(ref json) }),
        ("refusedRows", (ref json, health) => health with { RefusedRows = json.GetInt32() }),
        ("firstRefusedRows", (ref json, health) => health with { FirstRefusedRows = Rows(ref json) }),
        ("firstReleasedRows", (ref json, health) => health with { FirstReleasedRows = Rows(ref json) }),
        ("notBefore", (ref json, health) => health with { NotBefore = StoredValue.InstantOrNull(ref json) }),
        ("scheduleProblem", (ref json, health) => health with { ScheduleProblem = StoredValue.Text(ref json) }));

    /// <summary>A schedule.</summary>
    public static StoredObject<ScheduleDefinition> Schedule { get; } = new(
        () => new() { Cron = "", Zone = "" }, 2,
        ("cron", (ref json, schedule) => schedule with { Cron = StoredValue.Text(ref json) }),
        ("zone", (ref json, schedule) => schedule with { Zone = StoredValue.Text(ref json) }),
        ("every", (ref json, schedule) => schedule with { Every = StoredValue.DurationOrNull(ref json) }),
        ("enabled", (ref json, schedule) => schedule with { Enabled = json.GetBoolean() }),
        ("reset", (ref json, schedule) => schedule with { Reset = json.GetBoolean() }),
        ("minimumGap", (ref json, schedule) => schedule with { MinimumGap = StoredValue.Duration(ref json) }),
        ("revision", (ref json, schedule) => schedule with { Revision = json.GetInt64() }),
        ("by", (ref json, schedule) => schedule with { By = StoredValue.Text(ref json) }),
        ("at", (ref json, schedule) => schedule with { At = json.GetDateTimeOffset() }));

    /// <summary>The description. Other members are ignored.</summary>
    public static StoredObject<ProviderProfile> Profile { get; } = new(
        () => new() { Key = "", Name = "" }, 2,
        ("key", (ref json, profile) => profile with { Key = StoredValue.Text(ref json) }),
        ("name", (ref json, profile) => profile with { Name = StoredValue.Text(ref json) }),
        ("country", (ref json, profile) => profile with { Country = StoredValue.Text(ref json) }),
        ("pivot", (ref json, profile) => profile with { Pivot = StoredValue.Code(ref json) }),
        ("kind", (ref json, profile) => profile with { Kind = StoredValue.Kind(ref json) }),
        ("category", (ref json, profile) => profile with { Category = (ProviderCategory)StoredValue.Name(ref json, Categories) }),
        ("facts", (ref json, profile) => profile with { Facts = Facts.Read(ref json) }),
        ("terms", (ref json, profile) => profile with { Terms = StoredValue.Text(ref json) }),
        ("calendar", (ref json, profile) => profile with { Calendar = Calendar.Read(ref json) }),
        ("historyFrom", (ref json, profile) => profile with { HistoryFrom = StoredValue.DayOrNull(ref json) }),
        ("historyUntil", (ref json, profile) => profile with { HistoryUntil = StoredValue.DayOrNull(ref json) }),
        ("independence", (ref json, profile) => profile with { Independence = StoredValue.Text(ref json) }),
        ("verified", (ref json, profile) => profile with { Verified = json.GetBoolean() }),
        ("enabled", (ref json, profile) => profile with { Enabled = json.GetBoolean() }),
        ("note", (ref json, profile) => profile with { Note = StoredValue.Text(ref json) }),
        ("needsKey", (ref json, profile) => profile with { NeedsKey = json.GetBoolean() }),
        ("leastGap", (ref json, profile) => profile with { LeastGap = StoredValue.Duration(ref json) }));

    /// <summary>Schedule and health. Other members are ignored.</summary>
    public static StoredObject<StoredScheduleAndHealth> ScheduleAndHealth { get; } = new(
        () => new(null, null), 0,
        ("schedule", (ref json, state) => state with { Schedule = StoredValue.IsNull(ref json) ? null : Schedule.Read(ref json) }),
        ("health", (ref json, state) => state with { Health = StoredValue.IsNull(ref json) ? null : Health.Read(ref json) }));

    private static IReadOnlyList<OddRow> Rows(ref Utf8JsonReader json) => StoredValue.List(ref json, Row.Read);
}
