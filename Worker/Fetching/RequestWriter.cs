using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Converts an adapter's request to the HTTP message that is sent. The only code that adds a credential to a request.</summary>
internal static class RequestWriter
{
    // What stands for the key in a declared provider's requests, as it is and within an address.
    private const string KeyInBody = "{key}";
    private const string KeyInAddress = "%7Bkey%7D";

    private static readonly string UserAgent = $"Rates/{typeof(RequestWriter).Assembly.GetName().Version!.ToString(2)}";

    /// <summary>Where the request goes; user and password that an operator wrote into an address are not part of it.</summary>
    /// <exception cref="ProviderException">The request is no address, or a declared provider's leads to another host.</exception>
    public static Uri Address(ProviderRequest request, RateProvider provider)
    {
        try
        {
            var resolved = request.Resolve(provider.Block);
            return resolved.UserInfo.Length > 0 ? new UriBuilder(resolved) { UserName = "", Password = "" }.Uri : resolved;
        }
        catch (FormatException wrong)
        {
            throw new ProviderException(ProviderFault.Refused, provider.Key, wrong.Message, wrong);
        }
    }

    /// <summary>The message for <paramref name="address"/>; conditional when <paramref name="condition"/> holds validators.</summary>
    public static HttpRequestMessage Write(
        ProviderRequest request, Uri address, ProviderBlock block, FetchValidators condition, CookieContainer cookies)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), WithKey(address, block))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = Content(request, block),
        };
        // Some firewalls answer a request without an Accept header with an error page and status 200.
        Set(message, "User-Agent", UserAgent);
        Set(message, "Accept", "*/*");
        Set(message, "Accept-Encoding", "gzip, br");
        Set(message, "If-None-Match", condition.ETag);
        Set(message, "If-Modified-Since", condition.LastModified);
        Set(message, "Cookie", cookies.GetCookieHeader(address));
        foreach (var (name, value) in block.Headers.Concat(request.Headers))
        {
            Set(message, name, value);
        }

        if (block is { Credential: { Header.Length: > 0 } credential, Key.Length: > 0 })
        {
            Set(message, credential.Header, credential.Prefix + block.Key);
        }

        return message;
    }

    private static Uri WithKey(Uri address, ProviderBlock block)
    {
        if (block.Key.Length > 0 && address.AbsoluteUri.Contains(KeyInAddress, StringComparison.OrdinalIgnoreCase))
        {
            return new(address.AbsoluteUri.Replace(KeyInAddress, Uri.EscapeDataString(block.Key), StringComparison.OrdinalIgnoreCase));
        }

        if (block is not { Credential: { Query.Length: > 0 } credential, Key.Length: > 0 }
            || address.Query.Contains($"{credential.Query}=", StringComparison.Ordinal))
        {
            return address;
        }

        var before = address.Query.Length > 1 ? $"{address.Query[1..]}&" : "";
        var key = credential.Parameters(block.Key).Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}");
        return new UriBuilder(address) { Query = before + string.Join('&', key) }.Uri;
    }

    private static ByteArrayContent? Content(ProviderRequest request, ProviderBlock block)
    {
        if (request.Body is not { } body)
        {
            return null;
        }

        if (block.Credential is not null)
        {
            body = body.Replace(KeyInBody, block.Key, StringComparison.Ordinal);
        }

        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        var type = request.ContentType ?? "application/x-www-form-urlencoded";
        // Forms and JSON are always UTF-8 and have no charset parameter; XML has one.
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(
            type.Contains("xml", StringComparison.OrdinalIgnoreCase) ? $"{type}; charset=utf-8" : type);
        return content;
    }

    private static void Set(HttpRequestMessage message, string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        message.Headers.Remove(name);
        message.Headers.TryAddWithoutValidation(name, value);
    }
}
