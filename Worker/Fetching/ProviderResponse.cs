using Rates.Providers;

namespace Rates.Worker;

/// <summary>The HTTP answer of a source to one request.</summary>
/// <param name="Address">Where the request went, without a credential.</param>
/// <param name="Body">The body; null when the source has nothing in the window, or nothing new.</param>
/// <param name="NotModified">True when the source confirmed what is stored (304).</param>
/// <param name="ETag">As the source sent it; null for none.</param>
/// <param name="LastModified">As sent; null for none.</param>
internal sealed record ProviderResponse(Uri Address, ProviderBody? Body, bool NotModified, string? ETag, string? LastModified)
{
    /// <summary>The headers that describe the body, for evidence.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
