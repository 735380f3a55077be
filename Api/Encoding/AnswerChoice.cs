namespace Rates.Api;

/// <summary>The format of the Api's answer, and whether its numbers are strings, as the client's query chooses them.</summary>
internal struct AnswerChoice : IQueryTarget
{
    /// <summary><c>format</c>.</summary>
    public static readonly QueryParameter FormatParameter = new(
        "format",
        "How the answer is written; goes before the Accept header. As that header asks unless given, JSON where it asks for none.",
        "csv", "json", "csv", "xml", "ndjson");

    /// <summary><c>numbers</c>.</summary>
    public static readonly QueryParameter NumbersParameter = new(
        "numbers", "Whether rates and amounts are JSON numbers or strings; numbers unless given.", "string", "number", "string")
    {
        Default = "number",
    };

    /// <summary><c>separator</c>.</summary>
    public static readonly QueryParameter SeparatorParameter = new(
        "separator", "What stands between the cells of a CSV; the comma unless given.", "semicolon", "comma", "semicolon")
    {
        Default = "comma",
    };

    /// <summary><c>decimal</c>.</summary>
    public static readonly QueryParameter DecimalParameter = new(
        "decimal", "The mark in the numbers of a CSV; the point unless given. Countries whose spreadsheets part cells by semicolons "
            + "write a comma.",
        "comma", "point", "comma")
    {
        Default = "point",
    };

    /// <summary><c>bom</c>.</summary>
    public static readonly QueryParameter MarkParameter = new(
        "bom", "Whether a CSV begins with the byte order mark by which some spreadsheets know UTF-8; it does not unless given.", "true",
        "true", "false")
    {
        Default = "false",
    };

    /// <summary>The parameters of endpoints whose answers have no numbers that may be strings.</summary>
    public static readonly QueryParameter[] FormatParameters = [FormatParameter, SeparatorParameter, DecimalParameter, MarkParameter];

    /// <summary>All of them.</summary>
    public static readonly QueryParameter[] Parameters =
        [FormatParameter, NumbersParameter, SeparatorParameter, DecimalParameter, MarkParameter];

    /// <summary>For endpoints that take these parameters alone, without <c>numbers</c>.</summary>
    public static readonly QueryParameters OnlyFormat = new(FormatParameters);

    /// <summary>The format named in the query; null when the Accept header decides.</summary>
    public AnswerFormat? Format { get; private set; }

    /// <summary>True when numbers are written as JSON strings.</summary>
    public bool NumbersAsText { get; private set; }

    /// <summary>How a CSV is written.</summary>
    public CsvForm Csv { get; private set; }

    /// <summary>Reads the query of an endpoint that takes <see cref="OnlyFormat"/>.</summary>
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
        else if (parameter == SeparatorParameter)
        {
            Csv = Csv with
            {
                HasSemicolons = value switch
                {
                    "semicolon" => true,
                    "comma" => false,
                    _ => throw ProblemException.BadValue(parameter.Name, value, "is not one of comma, semicolon"),
                },
            };
        }
        else if (parameter == DecimalParameter)
        {
            Csv = Csv with
            {
                HasDecimalCommas = value switch
                {
                    "comma" => true,
                    "point" => false,
                    _ => throw ProblemException.BadValue(parameter.Name, value, "is not one of point, comma"),
                },
            };
        }
        else if (parameter == MarkParameter)
        {
            Csv = Csv with { HasMark = QueryValues.Flag(parameter.Name, value) };
        }
        else
        {
            throw new InvalidOperationException($"Parameter {parameter.Name} is not read");
        }
    }
}
