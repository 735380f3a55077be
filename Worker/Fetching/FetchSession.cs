using System.Net;
using System.Text;
using Rates.Providers;

namespace Rates.Worker;

/// <summary>
/// The state that the requests of one fetch of a provider share: pauses, cookies, and totals of requests and bytes. It is also read when
/// the fetch failed.
/// </summary>
/// <param name="retries">Whether transient faults are tried again; not after a failed fetch, to spare the source.</param>
/// <param name="pause">Wait between two requests.</param>
internal sealed class FetchSession(bool retries, TimeSpan pause)
{
    // Longer than what is stored of it: a credential is removed first, and must not be cut in two before.
    private const int ExcerptBytes = 4 << 10;

    /// <summary>Whether transient faults are tried again.</summary>
    public bool Retries => retries;

    /// <summary>Wait between two requests.</summary>
    public TimeSpan Pause => pause;

    /// <summary>Cookies of this fetch: a token page and the data behind it go together.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>True for a back-fill, which leaves the schedule its part of the provider's daily quota.</summary>
    public bool LeavesForSchedule { get; init; }

    /// <summary>Counts a request against the provider's daily quota; null where it has none.</summary>
    public Func<CancellationToken, Task>? Quota { get; set; }

    /// <summary>Requests sent, retries and redirects included.</summary>
    public int Requests { get; private set; }

    /// <summary>Decoded bytes received.</summary>
    public long Bytes { get; private set; }

    /// <summary>The first 4 KiB of the newest body; empty before the first.</summary>
    public string Excerpt { get; private set; } = "";

    /// <summary>Counts a request that is about to be sent.</summary>
    /// <exception cref="ProviderException">The provider's daily quota is used: it must not be sent.</exception>
    public async Task CountRequestAsync(CancellationToken cancellationToken)
    {
        if (Quota is { } quota)
        {
            await quota(cancellationToken);
        }

        Requests++;
    }

    /// <summary>Adds a received body to the totals.</summary>
    public void Received(ReadOnlySpan<byte> body)
    {
        Bytes += body.Length;
        Excerpt = Encoding.UTF8.GetString(body[..Math.Min(body.Length, ExcerptBytes)]);
    }
}
