using System.Globalization;

namespace Rates.Api;

/// <summary><c>/v1/providers</c> and <c>/v1/providers/{key}</c>.</summary>
internal sealed class ProvidersEndpoint(CurrentBook current, TimeProvider time)
{
    /// <summary>What they take.</summary>
    public const Parameters Allowed = Parameters.Format;

    // Health moves with every fetch.
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(5);
    private static readonly Reply<IReadOnlyList<ProviderView>> All = new(json => json.IReadOnlyListProviderView, ToTable);
    private static readonly Reply<ProviderView> One = new(json => json.ProviderView, provider => ToTable([provider]));

    /// <summary>Lists every provider.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var query = ApiQuery.Parse(context.Request.QueryString.Value, Allowed, book);
        return All.SendAsync(context, [.. book.Entries.Select(ProviderView.Of)], query, Freshness.For(Kept), time.GetUtcNow());
    }

    /// <summary>Shows one.</summary>
    public Task HandleOneAsync(HttpContext context)
    {
        var book = current.Book;
        var query = ApiQuery.Parse(context.Request.QueryString.Value, Allowed, book);
        var key = context.Request.RouteValues["key"] as string ?? "";
        var entry = book.Find(key) ?? throw ProblemException.Unknown("key", key, "is no known provider; /v1/providers lists them");
        return One.SendAsync(context, ProviderView.Of(entry), query, Freshness.For(Kept), time.GetUtcNow());
    }

    private static Table ToTable(IReadOnlyList<ProviderView> providers)
    {
        var table = new Table("providers", "provider", "key", "name", "country", "pivot", "kind", "status", "asOf", "fetchedAt", "nextExpectedAt", "enabled", "verified", "#currencies", "#failures", "reason", "terms");
        foreach (var one in providers)
        {
            table.Add(
                one.Key, one.Name, one.Country, one.Pivot, one.Kind, one.Status, one.AsOf, one.FetchedAt, one.NextExpectedAt,
                one.Enabled ? "true" : "false", one.Verified ? "true" : "false",
                one.Currencies.Count.ToString(CultureInfo.InvariantCulture), one.Health.Failures.ToString(CultureInfo.InvariantCulture), one.Reason, one.Terms);
        }

        return table;
    }
}
