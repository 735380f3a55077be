namespace Rates.Providers;

/// <summary>What kind of trouble a source made; the kind decides the reaction.</summary>
public enum ProviderFault
{
    /// <summary>No answer, or one that broke off: worth a retry.</summary>
    Unreachable,

    /// <summary>401, 402, 403, 429, or a redirect out of the provider's hosts: an operator's matter.</summary>
    Refused,

    /// <summary>The body is not what the adapter knows: the source changed, or sent a page for people.</summary>
    Unreadable,

    /// <summary>The figures cannot be right: held back.</summary>
    Implausible,
}

/// <summary>A source gave no usable answer.</summary>
/// <param name="fault">What kind of trouble.</param>
/// <param name="provider">The provider's key.</param>
/// <param name="reason">What happened, for people; never a credential.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class ProviderException(ProviderFault fault, string provider, string reason, Exception? inner = null)
    : Exception($"{provider}: {reason}", inner)
{
    /// <summary>What kind of trouble.</summary>
    public ProviderFault Fault { get; } = fault;

    /// <summary>The provider's key.</summary>
    public string Provider { get; } = provider;

    /// <summary>What happened, without the provider's key.</summary>
    public string Reason { get; } = reason;

    /// <summary>The HTTP status, where it was one; 0 otherwise.</summary>
    public int Status { get; init; }

    /// <summary>How long the source asks to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
