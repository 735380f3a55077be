using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Rates.Api;

/// <summary>One row that a client sent to <c>/v1/convert</c>, as it sent it; a field that is not given is null.</summary>
/// <param name="Amount">A decimal.</param>
/// <param name="From">The unit to convert from.</param>
/// <param name="To">The unit to convert to.</param>
/// <param name="Date">The day of the rate.</param>
/// <param name="Provider">Key of the only provider to use.</param>
internal sealed record ConversionRow(string? Amount, string? From, string? To, string? Date, string? Provider)
{
    /// <summary>Why the row cannot be read; null when it can.</summary>
    internal RowError? Error { get; init; }
}

/// <summary>Reads the rows that a client posts to <c>/v1/convert</c>, from JSON or CSV.</summary>
internal static class ConversionRows
{
    /// <summary>Most rows of one request.</summary>
    public const int MaxRows = 1000;

    private const string Fields = "amount, from, to, date, provider";
    private static readonly SearchValues<char> DigitsAndComma = SearchValues.Create("+-0123456789,");
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4 };

    /// <summary>Reads the body.</summary>
    /// <returns>The rows; one that cannot be read has its <see cref="ConversionRow.Error"/>.</returns>
    /// <exception cref="ProblemException">
    /// 400 for a body that is no list of rows, has too many or none that can be read, 415 for another media type and for a compressed body.
    /// </exception>
    public static async Task<IReadOnlyList<ConversionRow>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> text = await RequestBody.ReadAsync(request, cancellationToken);

        // Parsing a thousand rows takes too long for the thread that serves the sockets.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var rows = request.ContentType?.Split(';')[0].Trim().ToUpperInvariant() switch
        {
            _ when text.IsEmpty => throw Refused($"The body is empty; it holds rows with {Fields}"),
            _ when !Utf8.IsValid(text.Span) => throw Refused("The body is not UTF-8 text"),
            null or "" or "APPLICATION/JSON" => FromJson(text),
            "TEXT/CSV" => FromCsv(text.Span),
            _ => throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, "Rows are read from application/json and text/csv"),
        };
        return rows switch
        {
            { Count: 0 or > MaxRows } => throw Refused($"The body holds {rows.Count} rows; 1 to {MaxRows} are converted at once"),
            [{ Error: { } first }, ..] when rows.TrueForAll(row => row.Error is not null) =>
                throw Refused($"No row can be read; the first: {first.Detail}"),
            _ => rows,
        };
    }

    private static ProblemException Refused(string detail) => new(StatusCodes.Status400BadRequest, detail);

    private static List<ConversionRow> FromJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(Row)]
                : throw Refused($"The body is no JSON array of rows with {Fields}");
        }
        catch (JsonException malformed)
        {
            throw Refused($"The body {RequestBody.WhereUnreadable(malformed)}");
        }
    }

    private static ConversionRow Row(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return Unreadable(new(null, null, $"the row is no JSON object with {Fields}"));
        }

        var cells = new Dictionary<string, string?>();
        RowError? error = null;
        foreach (var field in element.EnumerateObject())
        {
            string name;
            string? text;
            try
            {
                (name, text) = (field.Name, TextOf(field.Value));
            }
            catch (InvalidOperationException)
            {
                error = new(null, null, "a text of the row holds half of a surrogate pair, which is no character");
                continue;
            }

            // Nobody can know which of two values is meant.
            error ??= cells.TryAdd(name, text) ? null : ErrorOf(ProblemException.BadParameter(name, "is given twice in this row"));
        }

        var row = Row(cells);
        return row with { Error = error ?? row.Error };
    }

    private static ConversionRow Unreadable(RowError error) => new(null, null, null, null, null) { Error = error };

    private static RowError ErrorOf(ProblemException wrong) => new(wrong.Parameter, wrong.Value, wrong.Message);

    // A number keeps its digits as text, and loses its exponent. Other kinds of value are refused by the reader of the field.
    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when ExactDecimal.Read(value.GetRawText(), allowExponent: true, out var number) is null => number.ToText(),
        _ => value.GetRawText(),
    };

    private static List<ConversionRow> FromCsv(ReadOnlySpan<byte> body)
    {
        try
        {
            var text = Encoding.UTF8.GetString(body);
            var separator = CsvText.SeparatorOf(text);
            var lines = CsvText.Read(text, separator).Select(WithoutEmptyEnd).ToList();

            // Spreadsheets begin a text with a capital letter.
            string[] columns = [.. (lines.FirstOrDefault() ?? []).Select(name => name.ToLowerInvariant())];
            var rows = lines.Skip(1).Select(line => Row(columns, line));
            return columns.Distinct(StringComparer.Ordinal).Count() == columns.Length
                ? [.. separator == ';' ? rows.Select(WithPoint) : rows]
                : throw Refused($"The body is no CSV with a header of {Fields}: a column is named twice");
        }
        catch (FormatException malformed)
        {
            throw Refused($"The body is no CSV with a header of {Fields}: {malformed.Message}");
        }
    }

    // A column that a spreadsheet once used has a separator in each line for ever.
    private static string[] WithoutEmptyEnd(string[] line) => line[..(Array.FindLastIndex(line, cell => cell.Length > 0) + 1)];

    private static ConversionRow Row(string[] columns, string[] line) => line.Length <= columns.Length
        ? Row(columns.Zip(line).ToDictionary(cell => cell.First, string? (cell) => cell.Second is { Length: > 0 } text ? text : null))
        : Unreadable(new(null, null, $"the row has {line.Length} cells, the header of the CSV has {columns.Length}"));

    // Spreadsheets of countries with a decimal comma put semicolons between cells. There 1.234 may be a thousand or a little more than one.
    private static ConversionRow WithPoint(ConversionRow row) => row switch
    {
        { Error: not null } or { Amount: null } => row,
        { Amount: var amount } when amount.AsSpan().Count(',') == 1 && !amount.AsSpan().ContainsAnyExcept(DigitsAndComma) =>
            row with { Amount = amount.Replace(',', '.') },
        { Amount: var amount } when amount.Contains(',', StringComparison.Ordinal) => row with
        {
            Error = ErrorOf(ProblemException.BadValue("amount", amount, "is not a decimal number such as 1234,56 or 1234.56")),
        },
        { Amount: var amount } when IsGrouped(amount) => row with
        {
            Error = ErrorOf(ProblemException.BadValue(
                "amount", amount, "may be thousands or a fraction where semicolons part cells; write 1234 or 1,234")),
        },
        _ => row,
    };

    // Such as 1.234, and not 0.125.
    private static bool IsGrouped(ReadOnlySpan<char> amount)
    {
        var digits = amount.TrimStart("+-");
        var point = digits.IndexOf('.');
        return point is >= 1 and <= 3 && digits.Length == point + 4 && digits[0] != '0';
    }

    private static ConversionRow Row(Dictionary<string, string?> cells)
    {
        var row = new ConversionRow(Take("amount"), Take("from"), Take("to"), Take("date"), Take("provider"));
        return cells.Count == 0 ? row : row with
        {
            Error = ErrorOf(ProblemException.BadParameter(cells.Keys.First(), $"there is no such field; known are {Fields}")),
        };

        string? Take(string name) => cells.Remove(name, out var value) ? value : null;
    }
}
