namespace Rates.Api;

/// <summary>That the process runs.</summary>
internal sealed record Liveness(string Status);

/// <summary>Whether the Api can answer.</summary>
/// <param name="Status">ready, degraded (answers, but the store does not) or starting.</param>
/// <param name="Source">store, disk or none: where the rates in use come from.</param>
/// <param name="Store">up, down or unasked.</param>
/// <param name="StoreSince">Since when.</param>
/// <param name="Sheets">How many providers have a sheet.</param>
/// <param name="ByStatus">How many providers stand how.</param>
internal sealed record Readiness(string Status, string Source, string Store, string? StoreSince, int Sheets, IReadOnlyDictionary<string, int> ByStatus);

/// <summary><c>/health/live</c> and <c>/health/ready</c>.</summary>
internal sealed class HealthEndpoints(CurrentBook current, BookRefresher refresher)
{
    /// <summary>Answers while the process runs.</summary>
    public Task HandleLiveAsync(HttpContext context)
    {
        ApiQuery.Parse(context.Request.QueryString.Value, Parameters.None, current.Book);
        return AnswerSender.SendJsonAsync(context, new Liveness("live"), json => json.Liveness, AnswerFormat.Json.ContentType());
    }

    /// <summary>200 with rates to serve, from wherever; 503 before the first.</summary>
    public Task HandleReadyAsync(HttpContext context)
    {
        var book = current.Book;
        ApiQuery.Parse(context.Request.QueryString.Value, Parameters.None, book);
        var link = refresher.Link;
        var isUp = link is { IsUp: true };
        var readiness = new Readiness(
            !book.HasSheets ? "starting" : isUp ? "ready" : "degraded",
            !book.HasSheets ? "none" : refresher.HasReachedStore ? "store" : "disk",
            link is null ? "unasked" : isUp ? "up" : "down",
            link?.Since.ToText(),
            book.Entries.Count(entry => entry.Sheet is not null),
            book.Entries.CountBy(entry => entry.Status.ToText()).OrderBy(count => count.Key, StringComparer.Ordinal).ToDictionary());
        context.Response.StatusCode = book.HasSheets ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return AnswerSender.SendJsonAsync(context, readiness, json => json.Readiness, AnswerFormat.Json.ContentType());
    }
}
