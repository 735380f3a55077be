using Rates.Store;

namespace Rates.Api;

/// <summary>The state of a provider's stored days: what was made of them is right until it changes.</summary>
/// <param name="Sheet">Its newest sheet.</param>
/// <param name="Revision">
/// The revision of its history; 0 where the store has none, because no worker of this release has written to it.
/// </param>
internal readonly record struct HistoryVersion(SheetVersion Sheet, long Revision)
{
    private static readonly TimeSpan WithoutRevision = TimeSpan.FromMinutes(1);

    /// <summary>Whether what was made of this state may still be used: without a revision for a minute only.</summary>
    /// <param name="present">The state now.</param>
    /// <param name="madeAt">When it was made.</param>
    /// <param name="now">The present instant.</param>
    public bool IsUsable(HistoryVersion present, DateTimeOffset madeAt, DateTimeOffset now) =>
        this == present && (Revision > 0 || madeAt + WithoutRevision > now);
}
