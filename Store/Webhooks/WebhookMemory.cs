using System.Collections.Immutable;

namespace Rates.Store;

/// <summary>What workers remember of webhooks between looks: one document, which the worker writes that does the look.</summary>
public sealed record WebhookMemory
{
    /// <summary>What was last seen of each provider, by key.</summary>
    public IReadOnlyDictionary<string, SeenProvider> Seen
    {
        get => field ?? ImmutableDictionary<string, SeenProvider>.Empty;
        init;
    }

    /// <summary>Changes that are still to be posted, oldest first.</summary>
    public IReadOnlyList<WebhookDelivery> Outbox { get => field ?? []; init; }

    /// <summary>The receivers at the last look, by name.</summary>
    public IReadOnlyDictionary<string, WebhookReceiver> Receivers
    {
        get => field ?? ImmutableDictionary<string, WebhookReceiver>.Empty;
        init;
    }
}

/// <summary>What was last seen of a provider, to tell the next change by.</summary>
/// <param name="Version">The version of its sheet; 0 for none.</param>
/// <param name="IsStale">True when a publication was missed.</param>
/// <param name="Failures">Failed fetches since the last success.</param>
/// <param name="Days">
/// The newest of the stored days that are answered in place of a sheet, and when they were fetched; empty for none, null where an
/// earlier release looked, which did not remember it.
/// </param>
public sealed record SeenProvider(long Version, bool IsStale, int Failures, string? Days = null);

/// <summary>A change that is still to be posted to one receiver, or that was given up.</summary>
/// <param name="Id">Unique; a receiver that gets it twice knows it by this.</param>
/// <param name="Subscription">The name of the webhook.</param>
/// <param name="Change">What is told.</param>
/// <param name="At">When the change was seen, or when an operator had it sent again.</param>
/// <param name="Attempts">How often posting failed so far.</param>
/// <param name="NotBefore">When it is tried again.</param>
/// <param name="Problem">Why it failed last; empty before the first try.</param>
public sealed record WebhookDelivery(
    string Id, string Subscription, WebhookEvent Change, DateTimeOffset At, int Attempts, DateTimeOffset NotBefore, string Problem);

/// <summary>How a receiver was doing at the last look.</summary>
public sealed record WebhookReceiver
{
    /// <summary>True for one of the settings of the workers, false for one that operators set.</summary>
    public bool IsOfSettings { get; init; }

    /// <summary>Where it is posted to, without anything secret.</summary>
    public string Address { get => field ?? ""; init; }

    /// <summary>Which changes it is told; empty for all.</summary>
    public IReadOnlyList<string> Events { get => field ?? []; init; }

    /// <summary>Of which providers; empty for all.</summary>
    public IReadOnlyList<string> Providers { get => field ?? []; init; }

    /// <summary>When it last took a message, UTC; null for never.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>What it took then, such as <c>published ecb</c>.</summary>
    public string Taken { get => field ?? ""; init; }

    /// <summary>When it last did not take one, UTC; null for never.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>What it did not take then, and why.</summary>
    public string Failure { get => field ?? ""; init; }
}

/// <summary>The stored memory, with what a change of it needs.</summary>
/// <param name="Revision">The revision that a change must find.</param>
/// <param name="Json">As it is stored.</param>
/// <param name="Value">The memory; null when it cannot be read.</param>
public sealed record WebhookMemoryRecord(long Revision, string Json, WebhookMemory? Value);

/// <summary>A change that a receiver did not take for a day.</summary>
/// <param name="Delivery">The change.</param>
/// <param name="GivenUpAt">When it was given up, UTC.</param>
/// <param name="SendAgain">True once an operator wants it posted again: the next look takes it.</param>
public sealed record WebhookDeadLetter(WebhookDelivery Delivery, DateTimeOffset GivenUpAt, bool SendAgain);
