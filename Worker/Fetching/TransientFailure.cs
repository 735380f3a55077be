using System.Net;
using System.Net.Sockets;
using Rates.Providers;

namespace Rates.Worker;

/// <summary>
/// Tells whether a failed request to a source is sent again: yes for failures that may be gone a moment later, and after how long.
/// </summary>
internal static class TransientFailure
{
    /// <summary>A longer Retry-After is not waited for within the fetch: the provider is fetched again after it.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(5);

    /// <summary>True for faults of the connection, for 5xx, and for 429 with a short Retry-After.</summary>
    public static bool Of(ProviderException problem) => problem switch
    {
        { RetryAfter: { } wait } when wait > LongestWait => false,
        { Status: (int)HttpStatusCode.TooManyRequests } => problem.RetryAfter is not null,
        { Status: >= 500 or (int)HttpStatusCode.RequestTimeout } => true,
        { Fault: ProviderFault.Unreachable, InnerException: HttpRequestException connection } => connection.HttpRequestError
            is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError
            || connection.InnerException is IOException or SocketException,
        { Fault: ProviderFault.Unreachable, InnerException: IOException or TimeoutException } => true,
        _ => false,
    };

    /// <summary>
    /// How long before retry number <paramref name="retry"/>, from 0: 1 s, then 3 s, up to a quarter more or less; or what
    /// the source asks.
    /// </summary>
    public static TimeSpan Wait(int retry, ProviderException? problem) =>
        problem?.RetryAfter ?? TimeSpan.FromMilliseconds((retry == 0 ? 1_000 : 3_000) * Random.Shared.Next(75, 126) / 100);
}
