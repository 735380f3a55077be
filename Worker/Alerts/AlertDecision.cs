using System.Globalization;

namespace Rates.Worker;

/// <summary>
/// Decides which alert messages about providers to send: one for each change of a provider's state, and one for many changes at once.
/// </summary>
internal static class AlertDecision
{
    /// <summary>More changes than this at once are told in one message.</summary>
    public const int MostSingle = 3;

    /// <summary>After so many messages within an hour, changes are collected.</summary>
    public const int MostInAnHour = 10;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan BetweenCollected = TimeSpan.FromMinutes(15);

    /// <summary>The memory after a look at all providers.</summary>
    /// <param name="memory">The memory before.</param>
    /// <param name="providers">Every fetched provider.</param>
    /// <param name="options">How long states must last.</param>
    /// <param name="channels">Names of all receivers.</param>
    /// <param name="now">The store's time.</param>
    public static AlertMemory Next(
        AlertMemory memory, IReadOnlyList<ProviderState> providers, AlertOptions options, IReadOnlyList<string> channels,
        DateTimeOffset now)
    {
        Dictionary<string, ProviderAlert> next = new(StringComparer.Ordinal);
        List<AlertItem> items = [];
        DateTimeOffset[] made = [.. memory.Made.Where(at => at > now - Hour && at <= now)];
        var isHeldBack = made.Length >= MostInAnHour && made[^1] > now - BetweenCollected;
        foreach (var provider in providers)
        {
            var seen = ProviderConditions.Of(provider);
            var known = memory.Providers.GetValueOrDefault(provider.Key) ?? new(ProviderCondition.Well, now, ProviderCondition.Well);
            var alert = seen == known.Seen ? known : known with { Seen = seen, Since = now };
            var wait = seen == ProviderCondition.Well ? options.Settle : options.After;
            if (seen != alert.Told && now - alert.Since >= wait && !isHeldBack)
            {
                items.Add(
                    new(
                        provider.Key, provider.Name, seen, alert.Told, alert.Since, provider.AsOf, provider.Missed,
                        ProviderConditions.Text(seen, provider)));
                alert = alert with { Told = seen };
            }

            if (alert is not { Seen: ProviderCondition.Well, Told: ProviderCondition.Well })
            {
                next[provider.Key] = alert;
            }
        }

        AlertMessage[] messages =
        [
            .. (items.Count > MostSingle || made.Length >= MostInAnHour ? [items] : items.Select(item => (List<AlertItem>)[item]))
                .Where(some => some.Count > 0)
                .Select((some, index) => new AlertMessage(Id(now, index), now, some, channels, 0, now)),
        ];
        return new() { Providers = next, Outbox = [.. memory.Outbox, .. messages], Made = [.. made, .. messages.Select(_ => now)] };
    }

    /// <summary>Whether two memories hold the same; a memory that did not change is not stored again.</summary>
    public static bool Same(AlertMemory one, AlertMemory other) =>
        one.Outbox.SequenceEqual(other.Outbox) && one.Providers.Count == other.Providers.Count
        && one.Providers.All(entry => other.Providers.GetValueOrDefault(entry.Key) == entry.Value);

    private static string Id(DateTimeOffset now, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeMilliseconds()}-{index}");
}
