namespace Rates.Upstream;

/// <summary>A request that came.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Provider">First segment of its path.</param>
/// <param name="Method">Such as GET.</param>
/// <param name="Path">The rest of its path, query included, without a leading slash.</param>
/// <param name="Headers">As sent; names compare without case.</param>
/// <param name="Body">As sent; empty for none.</param>
/// <param name="Answer">What it was answered with.</param>
public sealed record UpstreamCall(
    DateTimeOffset At, string Provider, string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body, Fault Answer);
