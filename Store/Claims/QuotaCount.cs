namespace Rates.Store;

/// <summary>The store's answer to a worker that wants to send a request to a provider with a daily quota.</summary>
/// <param name="Verdict">Whether the request was counted.</param>
/// <param name="Used">Requests of the day so far, this one included when it was counted; 0 for another day.</param>
/// <param name="Until">When the count starts again at 0.</param>
/// <param name="Now">What the store's clock showed.</param>
public readonly record struct QuotaCount(QuotaVerdict Verdict, int Used, DateTimeOffset Until, DateTimeOffset Now);

/// <summary>The store's answers to a worker that wants to send a request: counted, or the reason why not.</summary>
public enum QuotaVerdict
{
    /// <summary>The request was counted and may be sent.</summary>
    Granted,

    /// <summary>The quota is used, or no more is left than must be spared.</summary>
    Used,

    /// <summary>It is not the day that the caller stated: work it out again from the store's clock.</summary>
    OtherDay,
}
