using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Rates.Api;

/// <summary>The formats in which the Api can answer, such as JSON and CSV.</summary>
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

/// <summary>Finds the format that a client wants, from the query or the Accept header.</summary>
internal static class AnswerFormats
{
    /// <summary>The media types, as listed in messages.</summary>
    public const string Offered = "application/json, text/csv, application/xml and application/x-ndjson";

    // In the order of preference where the client has none.
    private static readonly (AnswerFormat Format, string MediaType)[] Offers =
    [
        (AnswerFormat.Json, "application/json"),
        (AnswerFormat.Csv, "text/csv"),
        (AnswerFormat.Xml, "application/xml"),
        (AnswerFormat.Xml, "text/xml"),
        (AnswerFormat.Ndjson, "application/x-ndjson"),
        (AnswerFormat.Ndjson, "application/ndjson"),
    ];

    /// <summary>The number of formats.</summary>
    public static int Count { get; } = Enum.GetValues<AnswerFormat>().Length;

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

    /// <summary>The format that the Accept header asks for; JSON without one, and where it does not count.</summary>
    /// <exception cref="ProblemException">
    /// 406: none of the formats would do, and the query does not name one with <c>format</c>.
    /// </exception>
    public static AnswerFormat Accepted(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        return IsUsual(accept)
            ? AnswerFormat.Json
            : Negotiate(accept!)
                ?? (request.Query.ContainsKey(AnswerChoice.FormatParameter.Name) ? AnswerFormat.Json
                    : throw Refused(accept, $"{Offered}; format= in the query goes before the header"));
    }

    /// <summary>Refuses a request whose Accept header excludes the only media type that the endpoint has.</summary>
    /// <exception cref="ProblemException">406: it does.</exception>
    public static void RefuseOthers(HttpRequest request, string mediaType)
    {
        var accept = request.Headers.Accept;
        if (accept.Count > 0 && accept is not [""]
            && !(MediaTypeHeaderValue.TryParseList(accept!, out var ranges) && IsAccepted(ranges, mediaType)))
        {
            throw Refused(accept, mediaType);
        }
    }

    /// <summary>Whether an Accept header asks for JSON in one of the ways that programs do, or is absent.</summary>
    public static bool IsUsual(StringValues accept) =>
        accept.Count == 0 || (accept.Count == 1 && accept[0] is "*/*" or "application/json" or "");

    /// <summary>Whether the Accept header names HTML, as that of a browser does.</summary>
    public static bool IsOfBrowser(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept!, out var ranges) && HasHtml(ranges);

    private static bool HasHtml(IEnumerable<MediaTypeHeaderValue> ranges) =>
        ranges.Any(range => range.MediaType == "text/html" && range.Quality is not 0);

    private static bool IsAccepted(IList<MediaTypeHeaderValue> ranges, string mediaType) =>
        BestRange(ranges, mediaType) is var best and >= 0 && ranges[best].Quality is not 0;

    private static ProblemException Refused(StringValues accept, string offered) => new(
        StatusCodes.Status406NotAcceptable,
        $"Accept: '{ProblemException.Cut(accept.ToString())}' asks for none of the formats that are offered: {offered}");

    // Null where none of the formats would do.
    private static AnswerFormat? Negotiate(IList<string> accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges))
        {
            return null;
        }

        // Browsers prefer XML to everything but HTML; a person who opens an address in one can read JSON more easily.
        if (HasHtml(ranges))
        {
            return AnswerFormat.Json;
        }

        var offers = Offers.Select(offer => (offer.Format, Range: BestRange(ranges, offer.MediaType)))
            .Where(offer => offer.Range >= 0 && ranges[offer.Range].Quality is not 0)
            .OrderByDescending(offer => ranges[offer.Range].Quality ?? 1)
            .ThenBy(offer => offer.Range)
            .ToList();
        return offers.Count > 0 ? offers[0].Format : null;
    }

    // The most specific range that covers a type decides its quality, as RFC 9110 asks: "application/json;q=0, */*" excludes JSON.
    private static int BestRange(IList<MediaTypeHeaderValue> ranges, string mediaType)
    {
        var (best, bestRank) = (-1, -1);
        foreach (var (index, range) in ranges.Index())
        {
            var rank = range.MatchesAllTypes ? 0
                : range.MatchesAllSubTypes ? mediaType.StartsWith($"{range.Type}/", StringComparison.OrdinalIgnoreCase) ? 1 : -1
                : range.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase) ? 2 : -1;
            if (rank > bestRank)
            {
                (best, bestRank) = (index, rank);
            }
        }

        return best;
    }
}
