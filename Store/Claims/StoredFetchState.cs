using System.Text.Json;

namespace Rates.Store;

/// <summary>
/// The stored form of <see cref="FetchState"/>, how far the fetching of a provider has come. Instants are Unix milliseconds; 0 means never.
/// </summary>
internal sealed record StoredFetchState
{
    // Instants further ahead than this were stored under a wrong clock and must not stop the provider.
    private const long Tolerance = 5_000;

    // No source asks for a longer delay; a longer one was computed with a wrong clock.
    private const long LongestDelay = 31L * 24 * 60 * 60 * 1000;

    public long Slot { get; init; }

    public long Done { get; init; }

    public long Fence { get; init; }

    public string Owner { get; init; } = "";

    public long Start { get; init; }

    public long Until { get; init; }

    public int Attempt { get; init; }

    public int Failures { get; init; }

    public long NotBefore { get; init; }

    /// <summary>JSON of <see cref="FetchValidators"/>; empty for none.</summary>
    public string Validators { get; init; } = "";

    /// <summary>
    /// Whether a claim is granted, and otherwise until when not, where that is known. <c>claim.lua</c> makes the same decisions in the same
    /// order for Redis; the contract tests check both.
    /// </summary>
    public (ClaimVerdict Verdict, long Until) Decide(long slot, ClaimTerms terms, long now)
    {
        var lease = (long)terms.Lease.TotalMilliseconds;
        var gap = (long)terms.MinimumGap.TotalMilliseconds;
        var (done, recorded, start) = (IgnoreFuture(Done, now), IgnoreFuture(Slot, now), IgnoreFuture(Start, now));
        return slot switch
        {
            _ when slot > now + Tolerance => (ClaimVerdict.Future, 0),
            _ when slot <= done => (ClaimVerdict.Done, 0),
            // A lease that ends later than two leases from now was granted before the clock was set back: it has ended.
            _ when Until > now && Until - now <= 2 * lease => (ClaimVerdict.Busy, Until),
            _ when slot < recorded => (ClaimVerdict.Older, 0),
            _ when slot == recorded && Attempt >= terms.MaxAttempts => (ClaimVerdict.Exhausted, 0),
            _ when slot != recorded && now - start < gap => (ClaimVerdict.TooSoon, start + gap),
            _ when NotBefore > now && NotBefore - now <= LongestDelay => (ClaimVerdict.HeldBack, NotBefore),
            _ => (ClaimVerdict.Granted, now + lease),
        };
    }

    /// <summary>The state after a granted claim.</summary>
    public StoredFetchState Granted(long slot, string owner, long fence, long now, long until) => this with
    {
        Attempt = slot == Slot ? Attempt + 1 : 1,
        Slot = slot,
        Owner = owner,
        Fence = fence,
        Start = now,
        Until = until,
    };

    /// <summary>The public form.</summary>
    public FetchState ToState(long now) => new(
        Instant(Done), Instant(Slot), Attempt, Until > now ? Instant(Until) : null, Failures, NotBefore > now ? Instant(NotBefore) : null,
        ReadValidators())
    {
        Now = DateTimeOffset.FromUnixTimeMilliseconds(now),
    };

    private static DateTimeOffset? Instant(long milliseconds) =>
        milliseconds == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private FetchValidators ReadValidators()
    {
        try
        {
            return Validators.Length == 0
                ? FetchValidators.None
                : JsonSerializer.Deserialize(Validators, StoreFormat.Json.FetchValidators) ?? FetchValidators.None;
        }
        catch (JsonException)
        {
            // Without validators the next request is unconditional, which is always right.
            return FetchValidators.None;
        }
    }

    private static long IgnoreFuture(long instant, long now) => instant > now + Tolerance ? 0 : instant;
}
