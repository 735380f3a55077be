using Rates.Store;

namespace Rates.Api;

/// <summary>The answer of <c>/health/live</c>: the process runs.</summary>
internal sealed record Liveness(string Status);

/// <summary>The answer of <c>/health/ready</c>: whether the Api has rates to serve, and what is wrong.</summary>
/// <param name="Status">
/// ready; degraded (rates are answered, but the store cannot be reached or takes no writes, most providers are late, or settings name
/// providers that are not known); or starting (no rates yet).
/// </param>
/// <param name="Source">store, disk or none: where the rates in use come from.</param>
/// <param name="Store">up, readonly (it refuses what this process writes), down or unasked.</param>
/// <param name="StoreSince">Since when the store is up or down.</param>
/// <param name="Sheets">Number of providers that have a sheet.</param>
/// <param name="ByStatus">Number of providers of each status.</param>
/// <param name="Reasons">Why it is degraded or starting, one sentence each; empty when ready.</param>
/// <param name="Warnings">Providers among those that answer by default that are late or have no rates, each with why.</param>
internal sealed record Readiness(
    string Status, string Source, string Store, string? StoreSince, int Sheets, IReadOnlyDictionary<string, int> ByStatus,
    IReadOnlyList<string> Reasons, IReadOnlyList<string> Warnings);

/// <summary>Answers <c>/health/live</c> and <c>/health/ready</c>: whether the process runs, and whether it has rates to serve.</summary>
internal sealed class HealthEndpoints(
    CurrentBook current, BookRefresher refresher, KnownProviders known, IStoreCheck store, TimeProvider time)
{
    private static readonly AnswerJson<Liveness> LivenessJson = new(options => new HealthJson(options).Liveness);
    private static readonly AnswerJson<Readiness> ReadinessJson = new(options => new HealthJson(options).Readiness);

    /// <summary>Answers 200 while the process runs.</summary>
    public static Task HandleLiveAsync(HttpContext context)
    {
        QueryParser.RefuseParameters(context.Request);
        return AnswerSender.SendJsonAsync(context, new Liveness("live"), LivenessJson, AnswerFormat.Json.ContentType());
    }

    /// <summary>Answers 200 when there are rates to serve, from any source, and 503 before the first.</summary>
    public Task HandleReadyAsync(HttpContext context)
    {
        var book = current.Book;
        QueryParser.RefuseParameters(context.Request);
        var connection = refresher.Connection;
        var isUp = connection is { IsUp: true };
        var refused = store.WriteProblem;
        var (reasons, warnings) = HealthReasons.Of(book, connection, refresher.HasReachedStore, time.GetUtcNow());
        reasons = [.. reasons, .. known.Problems(book)];
        if (isUp && refused is not null)
        {
            reasons = [$"the store takes no writes: {refused}", .. reasons];
        }

        if (!book.HasSheets)
        {
            reasons = ["there are no rates yet", .. reasons];
        }

        var readiness = new Readiness(
            !book.HasSheets ? "starting" : reasons.Count == 0 ? "ready" : "degraded",
            !book.HasSheets ? "none" : refresher.HasReachedStore ? "store" : "disk",
            connection is null ? "unasked" : !isUp ? "down" : refused is null ? "up" : "readonly",
            connection?.Since.ToText(),
            book.Entries.Count(entry => entry.Sheet is not null),
            book.Entries.CountBy(entry => entry.Status.ToText()).OrderBy(count => count.Key, StringComparer.Ordinal).ToDictionary(),
            reasons, warnings);
        context.Response.StatusCode = book.HasSheets ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return AnswerSender.SendJsonAsync(context, readiness, ReadinessJson, AnswerFormat.Json.ContentType());
    }
}
