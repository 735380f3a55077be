using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Finds what changed of each provider since the last look.</summary>
internal static class ChangeDetection
{
    /// <summary>What is remembered of the present states.</summary>
    public static IReadOnlyDictionary<string, SeenProvider> See(IEnumerable<ProviderState> states) =>
        states.ToDictionary(state => state.Key, See, StringComparer.Ordinal);

    /// <summary>Each provider that changed, with the kind of change; a new sheet is <see cref="WebhookEvent.Published"/>.</summary>
    /// <param name="before">What was seen at the last look.</param>
    /// <param name="states">The present states.</param>
    public static IEnumerable<(string Event, ProviderState State)> Between(
        IReadOnlyDictionary<string, SeenProvider> before, IEnumerable<ProviderState> states)
    {
        foreach (var state in states)
        {
            var (now, then) = (See(state), before.GetValueOrDefault(state.Key));
            if (now.Version > (then?.Version ?? 0))
            {
                yield return (WebhookEvent.Published, state);
            }

            if (now.IsStale && then is { IsStale: false })
            {
                yield return (WebhookEvent.Stale, state);
            }

            if (now.Failures > (then?.Failures ?? 0))
            {
                yield return (WebhookEvent.Failed, state);
            }
        }
    }

    private static SeenProvider See(ProviderState state) => new(
        state.Version, state.Status is StalenessStatus.Stale or StalenessStatus.Frozen, state.Health.Failures);
}
