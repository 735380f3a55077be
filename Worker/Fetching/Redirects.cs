using System.Net;
using Rates.Providers;

namespace Rates.Worker;

/// <summary>Checks the HTTP redirects of sources: only to hosts of the provider, and never from https to http.</summary>
internal static class Redirects
{
    /// <summary>Most hops of one request.</summary>
    public const int Most = 2;

    /// <summary>The address to go on to; null when the answer is no redirect.</summary>
    /// <exception cref="ProviderException">The redirect leads where this source may not send us.</exception>
    public static Uri? Target(HttpResponseMessage response, Uri from, RateProvider provider)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
        {
            return null;
        }

        var target = response.Headers.Location is { } location ? new Uri(from, location) : null;
        return target is not null && IsOwn(target, provider.Block) && (target.Scheme == from.Scheme || target.Scheme == Uri.UriSchemeHttps)
            ? target
            : throw new ProviderException(
                ProviderFault.Refused, provider.Key,
                $"redirected to {HostOf(target)}, outside its own hosts")
            { Status = (int)response.StatusCode };
    }

    /// <summary>The request as it goes to the target: only 307 and 308 keep a body.</summary>
    public static ProviderRequest Onward(ProviderRequest request, HttpStatusCode status) =>
        status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            ? request
            : request with { Method = "GET", Body = null, ContentType = null };

    private static bool IsOwn(Uri target, ProviderBlock block) => target.Scheme is "https" or "http" && target.UserInfo.Length == 0
        && block.Addresses.Values.Append(block.Address!).Any(own => own.IdnHost.Equals(target.IdnHost, StringComparison.OrdinalIgnoreCase)
            && (own.Port == target.Port || (target.Scheme == Uri.UriSchemeHttps && target.IsDefaultPort)));

    private static string HostOf(Uri? target) =>
        target is null ? "nowhere" : target.IsFile ? "a file" : target.GetLeftPart(UriPartial.Authority).Split('@')[^1];
}
