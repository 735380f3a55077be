namespace Rates.Api;

/// <summary>The format of the Api's answer, and whether its numbers are strings, as the client's query chooses them.</summary>
internal struct AnswerChoice : IQueryTarget
{
    /// <summary><c>format</c>.</summary>
    public static readonly QueryParameter FormatParameter = new(
        "format", "How the answer is written; goes before the Accept header.", null, "json", "csv", "xml", "ndjson");

    /// <summary><c>numbers</c>.</summary>
    public static readonly QueryParameter NumbersParameter = new(
        "numbers", "Whether rates and amounts are JSON numbers or strings.", null, "number", "string");

    /// <summary>For endpoints that take <c>format</c> alone.</summary>
    public static readonly QueryParameters OnlyFormat = new(FormatParameter);

    /// <summary>The format named in the query; null when the Accept header decides.</summary>
    public AnswerFormat? Format { get; private set; }

    /// <summary>True when numbers are written as JSON strings.</summary>
    public bool NumbersAsText { get; private set; }

    /// <summary>Reads the query of an endpoint that takes <c>format</c> alone.</summary>
    /// <exception cref="ProblemException">400, with the parameter and its value.</exception>
    public static AnswerChoice Parse(HttpRequest request)
    {
        var choice = default(AnswerChoice);
        QueryParser.Parse(request.QueryString.Value, OnlyFormat, ref choice);
        return choice;
    }

    /// <inheritdoc/>
    public void Take(QueryParameter parameter, ReadOnlySpan<char> value)
    {
        if (parameter == FormatParameter)
        {
            Format = AnswerFormats.Named(
                value) ?? throw ProblemException.BadValue(parameter.Name, value, "is not one of json, csv, xml, ndjson");
        }
        else if (parameter == NumbersParameter)
        {
            NumbersAsText = value switch
            {
                "string" => true,
                "number" => false,
                _ => throw ProblemException.BadValue(parameter.Name, value, "is not one of number, string"),
            };
        }
        else
        {
            throw new InvalidOperationException($"Parameter {parameter.Name} is not read");
        }
    }
}
