using Microsoft.Net.Http.Headers;

namespace Rates.Api;

/// <summary>The format of an answer.</summary>
internal enum AnswerFormat
{
    /// <summary>application/json, the default.</summary>
    Json,

    /// <summary>text/csv, with a header row.</summary>
    Csv,

    /// <summary>application/xml.</summary>
    Xml,

    /// <summary>application/x-ndjson: one JSON object per line.</summary>
    Ndjson,
}

/// <summary>Finds the format that a client wants.</summary>
internal static class AnswerFormats
{
    /// <summary>The media types, as listed in messages.</summary>
    public const string Offered = "application/json, text/csv, application/xml and application/x-ndjson";

    /// <summary>The Content-Type of a format.</summary>
    public static string ContentType(this AnswerFormat format) => format switch
    {
        AnswerFormat.Csv => "text/csv; charset=utf-8",
        AnswerFormat.Xml => "application/xml; charset=utf-8",
        AnswerFormat.Ndjson => "application/x-ndjson; charset=utf-8",
        _ => "application/json; charset=utf-8",
    };

    /// <summary>The format by its name in <c>format=</c>; null for an unknown one.</summary>
    public static AnswerFormat? Named(ReadOnlySpan<char> name) => name switch
    {
        "json" => AnswerFormat.Json,
        "csv" => AnswerFormat.Csv,
        "xml" => AnswerFormat.Xml,
        "ndjson" => AnswerFormat.Ndjson,
        _ => null,
    };

    /// <summary>The format that the Accept header asks for; JSON without one.</summary>
    /// <exception cref="ProblemException">406: none of the formats would do.</exception>
    public static AnswerFormat Accepted(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        return accept.Count == 0 || (accept.Count == 1 && accept[0] is "*/*" or "application/json")
            ? AnswerFormat.Json
            : Negotiate(accept!);
    }

    private static AnswerFormat Negotiate(IList<string> accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var wanted))
        {
            throw new ProblemException(StatusCodes.Status406NotAcceptable, $"Accept cannot be read; offered are {Offered}");
        }

        // Browsers prefer XML to everything but HTML; a person who opens an address in one can read JSON more easily.
        if (wanted.Any(type => type.MediaType == "text/html"))
        {
            return AnswerFormat.Json;
        }

        return wanted.Where(type => type.Quality is not 0)
            .OrderByDescending(type => type.Quality ?? 1)
            .Select(type => Matching(type.MediaType.Value))
            .FirstOrDefault(format => format is not null)
            ?? throw new ProblemException(StatusCodes.Status406NotAcceptable, $"Accept: none of {accept[0]} is offered, but {Offered} are");
    }

    private static AnswerFormat? Matching(string? mediaType) => mediaType?.ToUpperInvariant() switch
    {
        "*/*" or "APPLICATION/*" or "APPLICATION/JSON" => AnswerFormat.Json,
        "TEXT/*" or "TEXT/CSV" => AnswerFormat.Csv,
        "APPLICATION/XML" or "TEXT/XML" => AnswerFormat.Xml,
        "APPLICATION/X-NDJSON" or "APPLICATION/NDJSON" => AnswerFormat.Ndjson,
        _ => null,
    };
}
