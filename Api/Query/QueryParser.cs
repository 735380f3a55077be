namespace Rates.Api;

/// <summary>
/// A struct that <see cref="QueryParser"/> puts the values of a query into. It is a struct so that reading allocates nothing.
/// </summary>
internal interface IQueryTarget
{
    /// <summary>Takes the value of one parameter.</summary>
    /// <param name="parameter">One of those that the endpoint takes.</param>
    /// <param name="value">Its value, unescaped.</param>
    /// <exception cref="ProblemException">The parameter cannot have this value.</exception>
    void Take(QueryParameter parameter, ReadOnlySpan<char> value);
}

/// <summary>Parses the raw query string of a request: refuses unknown and repeated names, and hands each value to the target.</summary>
internal static class QueryParser
{
    /// <summary>Most characters of a query.</summary>
    public const int MaxLength = 4096;

    /// <summary>Reads <paramref name="query"/> into <paramref name="target"/>.</summary>
    /// <param name="query">As it came, with or without its question mark.</param>
    /// <param name="allowed">The parameters that the endpoint takes.</param>
    /// <param name="target">Takes the values.</param>
    /// <exception cref="ProblemException">400 or 404, with the parameter and its value.</exception>
    public static void Parse<TTarget>(ReadOnlySpan<char> query, QueryParameters allowed, ref TTarget target)
        where TTarget : struct, IQueryTarget
    {
        if (query.Length > MaxLength)
        {
            throw TooLong(query);
        }

        var seen = 0UL;
        var reader = new QueryReader(query);
        while (reader.Read())
        {
            var index = allowed.IndexOf(reader.Name);
            if (index < 0)
            {
                throw Unknown(reader.Name, allowed);
            }

            if ((seen & (1UL << index)) != 0)
            {
                throw ProblemException.BadParameter(reader.Name, "may be given only once");
            }

            seen |= 1UL << index;
            target.Take(allowed[index], reader.Value);
        }
    }

    /// <summary>Reads the query of an endpoint that takes no parameter.</summary>
    /// <exception cref="ProblemException">400: there is one.</exception>
    public static void RefuseParameters(HttpRequest request)
    {
        var nothing = default(NoTarget);
        Parse(request.QueryString.Value, QueryParameters.None, ref nothing);
    }

    private static ProblemException Unknown(ReadOnlySpan<char> name, QueryParameters allowed)
    {
        if (name.IsEmpty)
        {
            return ProblemException.BadParameter("=", "a parameter has no name");
        }

        // Such as provider for providers, quotes[] for quotes, BASE for base.
        var hint = "";
        foreach (var known in allowed.List)
        {
            if (known.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)
                || name.StartsWith(known.Name, StringComparison.OrdinalIgnoreCase))
            {
                hint = $"did you mean {known.Name}? ";
            }
        }

        return ProblemException.BadParameter(name, $"there is no such parameter here; {hint}known are {allowed.Names}");
    }

    // The longest parameter is the one to shorten, so it is the one that the message names.
    private static ProblemException TooLong(ReadOnlySpan<char> query)
    {
        var (name, length) = ("", 0);
        var reader = new QueryReader(query);
        while (reader.Read())
        {
            if (reader.Name.Length + reader.Value.Length > name.Length + length)
            {
                (name, length) = (reader.Name.ToString(), reader.Value.Length);
            }
        }

        return ProblemException.BadParameter(
            name, $"{length} characters in a query of {query.Length}, of which at most {MaxLength} are read");
    }

    /// <summary>The target of queries that may have no parameters.</summary>
    private readonly struct NoTarget : IQueryTarget
    {
        public void Take(QueryParameter parameter, ReadOnlySpan<char> value) =>
            throw new InvalidOperationException($"Parameter {parameter.Name} is not read");
    }
}
