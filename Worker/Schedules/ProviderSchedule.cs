using Quartz;
using Rates.Store;

namespace Rates.Worker;

/// <summary>A valid schedule definition: when a provider is fetched.</summary>
/// <param name="Definition">As stored.</param>
/// <param name="Cron">Its expression in its zone, with <c>H</c> resolved by the provider's key: the same on every worker.</param>
internal sealed record ProviderSchedule(ScheduleDefinition Definition, ZonedCron Cron)
{
    /// <summary>Reads a definition.</summary>
    /// <exception cref="FormatException">The expression or the zone is unusable; the message quotes it.</exception>
    public static ProviderSchedule Parse(string provider, ScheduleDefinition definition)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(definition.Zone, out var zone))
        {
            throw new FormatException($"zone '{definition.Zone}' is not a time zone");
        }

        try
        {
            return new(definition, new ZonedCron(CronExpression.ParseWithHash(definition.Cron, provider), zone));
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException)
        {
            throw new FormatException($"schedule '{definition.Cron}' is not a cron expression, seconds first: {problem.Message}", problem);
        }
    }
}
