using Rates.Core;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Finds what changed of each provider since the last look.</summary>
internal static class ChangeDetection
{
    /// <summary>What is remembered of a present state.</summary>
    public static SeenProvider See(ProviderState state) => new(
        state.Version, state.Status is StalenessStatus.Stale or StalenessStatus.Frozen, state.Health.Failures,
        state is { AsOf: { } day, StoredAt: { } at } ? $"{IsoText.Of(day)} {IsoText.OfTicks(at)}" : "");

    /// <summary>True where the sheet has a new version: it may be a new sheet, or the same one that its source has confirmed.</summary>
    /// <param name="then">What was seen at the last look; null for nothing.</param>
    /// <param name="state">The present state.</param>
    public static bool IsStoredAgain(SeenProvider? then, ProviderState state) => state.Version > (then?.Version ?? 0);

    /// <summary>The kinds of change since the last look.</summary>
    /// <param name="then">What was seen at the last look; null for nothing.</param>
    /// <param name="state">The present state.</param>
    /// <param name="sheet">The present sheet; null where its version is the one that was seen, and where there is none.</param>
    public static IEnumerable<string> Between(SeenProvider? then, ProviderState state, RateSheet? sheet)
    {
        var now = See(state);
        if (sheet?.PublishedVersion > (then?.Version ?? 0))
        {
            yield return sheet.Revised ? WebhookEvent.Revised : WebhookEvent.Published;
        }

        if (now.Days is { Length: > 0 } days && (then is null ? "" : then.Days) is { } known && days != known)
        {
            yield return WebhookEvent.Published;
        }

        if (now.IsStale && then is { IsStale: false })
        {
            yield return WebhookEvent.Stale;
        }

        if (now.Failures > (then?.Failures ?? 0))
        {
            yield return WebhookEvent.Failed;
        }
    }
}
