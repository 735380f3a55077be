using System.Text;
using System.Text.Json;

namespace Rates.Api;

/// <summary>One row to convert, as it came; a field that is not given is null.</summary>
internal sealed record ConversionRow(string? Amount, string? From, string? To, string? Date, string? Provider);

/// <summary>Reads the rows of a POST, from JSON or CSV.</summary>
internal static class ConversionRows
{
    /// <summary>Most rows of one request.</summary>
    public const int MaxRows = 1000;

    private const string Fields = "amount, from, to, date, provider";
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4 };

    /// <summary>Reads the body.</summary>
    /// <exception cref="ProblemException">400 for a body that is no list of rows or has too many, 415 for another media type.</exception>
    public static async Task<IReadOnlyList<ConversionRow>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);

        // Parsing a thousand rows takes too long for the thread that serves the sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        var rows = request.ContentType?.Split(';')[0].Trim().ToUpperInvariant() switch
        {
            null or "APPLICATION/JSON" => FromJson(bytes),
            "TEXT/CSV" => FromCsv(bytes.Span),
            _ => throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "Rows are read from application/json and text/csv"),
        };
        return rows.Count is > 0 and <= MaxRows
            ? rows
            : throw new ProblemException(
                StatusCodes.Status400BadRequest, $"The body holds {rows.Count} rows; 1 to {MaxRows} are converted at once");
    }

    private static List<ConversionRow> FromJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(Row)]
                : throw new ProblemException(StatusCodes.Status400BadRequest, $"The body is no JSON array of rows with {Fields}");
        }
        catch (JsonException malformed)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, $"The body is no JSON: {malformed.Message}");
        }
    }

    private static ConversionRow Row(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, $"A row is no JSON object with {Fields}");
        }

        var cells = new Dictionary<string, string?>();
        foreach (var field in element.EnumerateObject())
        {
            // A number keeps its digits as text; anything else that is no text is refused by whoever reads the field.
            cells[field.Name] = field.Value.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => field.Value.GetString(),
                _ => field.Value.GetRawText(),
            };
        }

        return Row(cells);
    }

    private static List<ConversionRow> FromCsv(ReadOnlySpan<byte> body)
    {
        try
        {
            var lines = CsvText.Read(Encoding.UTF8.GetString(body).TrimStart('\uFEFF')).ToList();
            var columns = lines.FirstOrDefault() ?? [];
            return [.. lines.Skip(1).Select(line => Row(columns, line))];
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException)
        {
            throw new ProblemException(
                StatusCodes.Status400BadRequest, $"The body is no CSV with a header of {Fields}: {malformed.Message}");
        }
    }

    private static ConversionRow Row(string[] columns, string[] line) => Row(
        columns.Zip(line).ToDictionary(cell => cell.First, string? (cell) => cell.Second is { Length: > 0 } text ? text : null));

    private static ConversionRow Row(Dictionary<string, string?> cells)
    {
        var row = new ConversionRow(Take("amount"), Take("from"), Take("to"), Take("date"), Take("provider"));
        return cells.Count == 0 ? row : throw ProblemException.BadParameter(
            cells.Keys.First(), $"there is no such field; known are {Fields}");

        string? Take(string name) => cells.Remove(name, out var value) ? value : null;
    }
}
