namespace Rates.Api;

/// <summary>The query parameters of <c>/v1/events</c>: the event after which the stream begins.</summary>
internal struct EventsQuery : IQueryTarget
{
    /// <summary><c>lastEventId</c>.</summary>
    public static readonly QueryParameter LastEventIdParameter = new(
        "lastEventId", "The id of the last event that was read; goes before the header Last-Event-ID.", "1700000000000-a:1700000000001");

    /// <summary>What the endpoint takes.</summary>
    public static readonly QueryParameters Allowed = new(LastEventIdParameter);

    /// <summary>The id given in the query; null when there is none.</summary>
    public string? LastId { get; private set; }

    /// <summary>Reads the query.</summary>
    /// <exception cref="ProblemException">400, with the parameter and its value.</exception>
    public static EventsQuery Parse(HttpRequest request)
    {
        var parsed = default(EventsQuery);
        QueryParser.Parse(request.QueryString.Value, Allowed, ref parsed);
        return parsed;
    }

    /// <inheritdoc/>
    public void Take(QueryParameter parameter, ReadOnlySpan<char> value) => LastId = value.ToString();
}
