using Cronos;

namespace Rates.Store;

/// <summary>When a provider is fetched: its schedule after it was read and found usable, with its due instants.</summary>
/// <param name="Definition">As stored.</param>
/// <param name="Due">Its instants, with <c>H</c> resolved by the provider's key: the same on every worker.</param>
public sealed record ProviderSchedule(ScheduleDefinition Definition, IDueTimes Due)
{
    private const string CronosPrefix = "The given cron expression has an invalid format. ";
    private const int FieldsWithSeconds = 6;
    private const int FieldsWithoutSeconds = 5;
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(400);

    /// <summary>Reads a definition.</summary>
    /// <exception cref="ScheduleFormatException">
    /// The expression, the interval or the zone is unusable; it names which, and its value.
    /// </exception>
    public static ProviderSchedule Parse(string provider, ScheduleDefinition definition)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(definition.Zone, out var zone))
        {
            throw new ScheduleFormatException("zone", definition.Zone, "is not a time zone; use an IANA name such as Europe/Berlin");
        }

        if (definition.Every is { } interval)
        {
            return interval < TimeSpan.FromSeconds(1) || interval > LongestInterval
                ? throw new ScheduleFormatException(
                    "every", interval.ToString("c"), $"is not between a second and {LongestInterval.TotalDays} days")
                : new(definition, new FixedInterval(interval, provider));
        }

        return new(definition, new ZonedCron(Cron(provider, definition.Cron), definition.Cron, zone));
    }

    private static CronExpression Cron(string provider, string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is not (FieldsWithSeconds or FieldsWithoutSeconds))
        {
            throw new ScheduleFormatException(
                "cron", text, $"has {fields.Length} fields; a cron expression has six, seconds first, or five without seconds");
        }

        // Programs that read six fields count Sunday as 1, those that read five as 0 or 7: a name is the same to all.
        if (fields.Length == FieldsWithSeconds && HasNumberOfDay(fields[^1]))
        {
            throw new ScheduleFormatException(
                "cron", text,
                $"has the weekday '{fields[^1]}'; write weekdays as names, such as MON-FRI, since programs count them differently");
        }

        try
        {
            return CronExpression.Parse(
                text, fields.Length == FieldsWithSeconds ? CronFormat.IncludeSeconds : CronFormat.Standard,
                unchecked((int)StableHash.Of(provider)));
        }
        catch (CronFormatException problem)
        {
            throw new ScheduleFormatException(
                "cron", text,
                $"is not a cron expression: {problem.Message.Replace(CronosPrefix, "", StringComparison.Ordinal)}");
        }
    }

    // The number after # says which such weekday of the month is meant.
    private static bool HasNumberOfDay(string field) => field.Split(',').Any(part => part.Split('#')[0].Any(char.IsAsciiDigit));
}

/// <summary>Thrown for a schedule that cannot be used, with the reason.</summary>
/// <param name="field">The member at fault: cron, every, zone or minimumGap.</param>
/// <param name="value">Its value.</param>
/// <param name="why">What is wrong with it.</param>
public sealed class ScheduleFormatException(string field, string value, string why) : FormatException($"{field} '{value}' {why}")
{
    /// <summary>The member at fault.</summary>
    public string Field { get; } = field;

    /// <summary>Its value.</summary>
    public string Value { get; } = value;

    /// <summary>What is wrong with it.</summary>
    public string Why { get; } = why;
}
