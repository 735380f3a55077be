namespace Rates.Providers;

/// <summary>The kinds of reason why a source gave no usable answer. The worker decides by it when to try again.</summary>
public enum ProviderFault
{
    /// <summary>No answer, or one that broke off: worth a retry.</summary>
    Unreachable,

    /// <summary>
    /// 401, 402, 403, 429, an error that the answer itself reports, or a redirect out of the provider's hosts: an operator has to correct
    /// something.
    /// </summary>
    Refused,

    /// <summary>The body is not what the adapter knows: the source changed, or sent a page for people.</summary>
    Unreadable,

    /// <summary>No request was sent: the provider's daily quota is used.</summary>
    QuotaUsed,

    /// <summary>The figures cannot be right: held back.</summary>
    Implausible,
}

/// <summary>Thrown when a source gave no usable answer, with the kind of fault.</summary>
/// <param name="fault">The kind of failure.</param>
/// <param name="provider">The provider's key.</param>
/// <param name="reason">What happened, for people; never a credential.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class ProviderException(ProviderFault fault, string provider, string reason, Exception? inner = null)
    : Exception($"{provider}: {reason}", inner)
{
    /// <summary>The kind of failure.</summary>
    public ProviderFault Fault { get; } = fault;

    /// <summary>The provider's key.</summary>
    public string Provider { get; } = provider;

    /// <summary>What happened, without the provider's key.</summary>
    public string Reason { get; } = reason;

    /// <summary>The HTTP status, where it was one; 429 for a limit that an answer with another status reports; 0 otherwise.</summary>
    public int Status { get; init; }

    /// <summary>For a used quota: when the next request may be sent, UTC; null otherwise.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>How long the source wants no further request; null when it states none.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
