namespace Rates.Api;

/// <summary>How long clients and proxies may cache an answer of the Api. A plain value, kept with a cached answer.</summary>
/// <param name="LastModified">When the newest sheet in it was fetched, as the text of a header; null when there is none.</param>
/// <param name="Until">When a sheet in it may be replaced or change its status; null for never.</param>
/// <param name="AtMost">The longest it may be cached, even when <paramref name="Until"/> is later.</param>
internal readonly record struct CacheLifetime(string? LastModified, DateTimeOffset? Until, TimeSpan AtMost)
{
    // A publication that is late may come at any moment.
    private static readonly TimeSpan WhileDue = TimeSpan.FromSeconds(10);

    /// <summary>For an answer that does not depend on sheets.</summary>
    public static CacheLifetime For(TimeSpan span) => new(null, null, span);

    /// <summary>How long the answer may be cached from <paramref name="now"/> on.</summary>
    public TimeSpan MaxAge(DateTimeOffset now)
    {
        if (Until is not { } until)
        {
            return AtMost;
        }

        var left = until - now;
        return left <= TimeSpan.Zero ? WhileDue : left < AtMost ? left : AtMost;
    }
}
