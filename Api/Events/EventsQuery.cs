namespace Rates.Api;

/// <summary>The query parameters of <c>/v1/events</c>: the event after which the stream begins.</summary>
internal struct EventsQuery : IQueryTarget
{
    /// <summary><c>lastEventId</c>.</summary>
    public static readonly QueryParameter LastEventIdParameter = new(
        "lastEventId", "The id of the last event that was read; goes before the header Last-Event-ID.", "1700000000000-a:1700000000001");

    /// <summary>The header that browsers send by themselves.</summary>
    public static readonly HeaderParameter LastEventIdHeader = new(
        "Last-Event-ID", "The id of the last event that was read.", LastEventIdParameter.Example!);

    /// <summary>What the endpoint takes.</summary>
    public static readonly QueryParameters Allowed = new(LastEventIdParameter);

    /// <summary>The id given in the query, else in the header; empty when there is none.</summary>
    public string LastId { get; private set; }

    /// <summary>Reads the query and the header.</summary>
    /// <exception cref="ProblemException">400, with the parameter or header and its value.</exception>
    public static EventsQuery Parse(HttpRequest request)
    {
        var parsed = new EventsQuery { LastId = request.Headers[LastEventIdHeader.Name].ToString() };
        if (parsed.LastId.Length > 0)
        {
            Check(LastEventIdHeader.Name, parsed.LastId);
        }

        QueryParser.Parse(request.QueryString.Value, Allowed, ref parsed);
        return parsed;
    }

    // A client that goes on from an id that was never sent would miss changes without knowing.
    private static void Check(string name, string id)
    {
        if (ChangeFollowers.VersionOf(id) is null)
        {
            throw ProblemException.BadValue(name, id, $"is not the id of an event, such as {LastEventIdParameter.Example}");
        }
    }

    /// <inheritdoc/>
    public void Take(QueryParameter parameter, ReadOnlySpan<char> value)
    {
        LastId = value.ToString();
        Check(parameter.Name, LastId);
    }
}
