using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Reads the JSON bodies and <c>If-Match</c> headers of operators' requests, and sends the JSON answers to them. Caches may not store the
/// answers.
/// </summary>
internal static class OpsHttp
{
    private const string Json = "application/json; charset=utf-8";

    /// <summary>Sends a value.</summary>
    /// <param name="context">The request.</param>
    /// <param name="value">What to send.</param>
    /// <param name="type">Its JSON form.</param>
    /// <param name="revision">Sent as ETag, for <c>If-Match</c> on a change; null for none.</param>
    /// <param name="status">The HTTP status.</param>
    public static Task SendAsync<T>(
        HttpContext context, T value, JsonTypeInfo<T> type, long? revision = null, int status = StatusCodes.Status200OK)
    {
        var response = context.Response;
        response.StatusCode = status;
        HeaderValues.ForbidGuessing(response.Headers);
        var body = JsonSerializer.SerializeToUtf8Bytes(value, type);
        if (revision is not { } one)
        {
            return UncachedAnswer.SendAsync(context, body, Json);
        }

        // Plain in every case: in another coding it would need another entity tag, and this one is the revision.
        response.Headers.CacheControl = "no-store";
        var tag = $"\"{one}\"";
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            Preconditions.Check(context.Request.Method, context.Request.Headers, tag, lastModified: null);
        }

        response.Headers.ETag = tag;
        return AnswerSender.WriteAsync(context, body, Json);
    }

    /// <summary>Reads a body.</summary>
    /// <exception cref="ProblemException">415 when it is not JSON, or compressed; 400 when it does not fit, naming the member.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var sent) || !sent.MediaType.Equals(
            "application/json", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(
                StatusCodes.Status415UnsupportedMediaType, $"Content-Type '{context.Request.ContentType}' is not application/json");
        }

        ReadOnlyMemory<byte> bytes = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        try
        {
            return JsonSerializer.Deserialize(bytes.Span, type)
                ?? throw ProblemException.BadParameter("body", "is null, an object is needed");
        }
        catch (JsonException misfit)
        {
            throw MisfitProblem.Of(misfit, bytes, type);
        }
    }

    /// <summary>Whether a text of an operator is one line that is shown as it is: no control characters, no marks of direction.</summary>
    public static bool IsPlain(string text) => text.All(letter => !char.IsControl(letter)
        && char.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator));

    /// <summary>Refuses JSON that is passed on as it is and has half of a surrogate pair: it is no text, and cannot be stored.</summary>
    /// <param name="name">The member that it came in.</param>
    /// <param name="element">What came.</param>
    /// <exception cref="ProblemException">400, naming the member.</exception>
    public static void RefuseNoText(string name, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    RefuseNoText($"{name}.{Text(name, () => member.Name)}", member.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (place, item) in element.EnumerateArray().Index())
                {
                    RefuseNoText($"{name}[{place}]", item);
                }

                break;
            case JsonValueKind.String:
                _ = Text(name, () => element.GetString()!);
                break;
        }
    }

    private static string Text(string name, Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw ProblemException.BadParameter(name, "has half of a surrogate pair, which is no letter");
        }
    }

    /// <summary>The revision that <c>If-Match</c> names; null for <c>*</c>, any.</summary>
    /// <exception cref="ProblemException">428 without the header; 400 when it is not a revision.</exception>
    public static long? ExpectedRevision(HttpRequest request)
    {
        var header = request.Headers.IfMatch.ToString().Trim();
        return header switch
        {
            "" => throw new ProblemException(
                StatusCodes.Status428PreconditionRequired,
                "If-Match is missing: send the revision that you saw, as in the ETag of GET, or * for any"),
            "*" => null,
            _ => long.TryParse(
                header.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture,
                out var revision)
                ? revision
                : throw ProblemException.BadValue("If-Match", header, "is not a revision such as \"17\""),
        };
    }

    /// <summary>409: the caller has seen another revision than the stored one.</summary>
    public static ProblemException Conflict(string what, long revision) => ProblemException.Of(
        StatusCodes.Status409Conflict, "If-Match", revision.ToString(CultureInfo.InvariantCulture),
        $"{what} has the revision {revision} now: look at it again, then change it");

    /// <summary>400: a worker found members that cannot be used; all of them in one message.</summary>
    public static ProblemException Refused(IReadOnlyList<FieldProblem> problems) => problems.Count == 0
        ? new(StatusCodes.Status503ServiceUnavailable, "the worker's answer is empty")
        : ProblemException.Of(
            StatusCodes.Status400BadRequest, problems[0].Field, problems[0].Value, string.Join("; ", problems));

    /// <summary>A number in the query.</summary>
    /// <exception cref="ProblemException">400: it is none, or out of range.</exception>
    public static int Count(HttpRequest request, int usual, int most) =>
        OpsQuery.Value(request, "count") is not { } text ? usual
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= most
                ? count
                : throw ProblemException.BadValue("count", text, $"is not a number from 1 to {most}");
}
