using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>SlotClaimer an adapter's request into the message that is sent. Only here does a credential meet an address.</summary>
internal static class RequestWriter
{
    private static readonly string UserAgent = $"Rates/{typeof(RequestWriter).Assembly.GetName().Version!.ToString(2)}";

    /// <summary>Where the request goes; user and password that an operator wrote into an address are not part of it.</summary>
    public static Uri Address(ProviderRequest request, ProviderBlock block) =>
        request.Resolve(block) is { UserInfo.Length: > 0 } told ? new UriBuilder(told) { UserName = "", Password = "" }.Uri : request.Resolve(block);

    /// <summary>The message for <paramref name="address"/>; conditional when <paramref name="condition"/> holds validators.</summary>
    public static HttpRequestMessage Write(ProviderRequest request, Uri address, ProviderBlock block, FetchValidators condition, CookieContainer cookies)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), Signed(address, block))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = Content(request),
        };
        // Some firewalls answer a request without Accept with a page of refusal and status 200.
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

        if (block is { Credential: { Header.Length: > 0 } place, Key.Length: > 0 })
        {
            Set(message, place.Header, place.Prefix + block.Key);
        }

        return message;
    }

    private static Uri Signed(Uri address, ProviderBlock block) =>
        block is { Credential: { Query.Length: > 0 } place, Key.Length: > 0 } && !address.Query.Contains($"{place.Query}=", StringComparison.Ordinal)
            ? new UriBuilder(address) { Query = $"{(address.Query.Length > 1 ? $"{address.Query[1..]}&" : "")}{place.Query}={Uri.EscapeDataString(block.Key)}" }.Uri
            : address;

    private static ByteArrayContent? Content(ProviderRequest request)
    {
        if (request.Body is not { } body)
        {
            return null;
        }

        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        var type = request.ContentType ?? "application/x-www-form-urlencoded";
        // Forms and JSON are UTF-8 by definition and know no such parameter; XML wants to be told.
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type.Contains("xml", StringComparison.OrdinalIgnoreCase) ? $"{type}; charset=utf-8" : type);
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
