using System.Globalization;
using System.Text.Json;
using Rates.Core;

namespace Rates.Providers;

/// <summary>Reads values from a source's JSON; an error names the member that is missing or of another type.</summary>
internal static class JsonReading
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public static JsonElement Root(ReadOnlyMemory<byte> bytes)
    {
        var start = bytes.Span is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        try
        {
            using var document = JsonDocument.Parse(bytes[start..], Strict);
            return document.RootElement.Clone();
        }
        catch (JsonException problem)
        {
            // The library counts lines and bytes from 0, and names them in its own way at the end of its message.
            var reason = problem.Message.Split(" LineNumber:")[0].TrimEnd('.');
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"this is no JSON (line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}): {reason}"), problem);
        }
    }

    extension(JsonElement element)
    {
        /// <summary>The member called <paramref name="name"/>, which must be there.</summary>
        public JsonElement Member(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member)
                ? member
                : throw new FormatException($"'{name}' is missing");

        /// <summary>The member called <paramref name="name"/>; null when it is absent or null.</summary>
        public JsonElement? Optional(string name) =>
            element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null
                ? member
                : null;

        /// <summary>The elements of an array, which this must be.</summary>
        public JsonElement.ArrayEnumerator Items() =>
            element.ValueKind == JsonValueKind.Array
                ? element.EnumerateArray()
                : throw new FormatException($"an array was expected, not {element.ValueKind}");

        /// <summary>The members of an object, which this must be.</summary>
        public JsonElement.ObjectEnumerator Members() =>
            element.ValueKind == JsonValueKind.Object
                ? element.EnumerateObject()
                : throw new FormatException($"an object was expected, not {element.ValueKind}");

        /// <summary>The text of a string, or a number as it is written.</summary>
        public string Text() => element.ValueKind switch
        {
            JsonValueKind.String => element.GetString()!,
            JsonValueKind.Number => element.GetRawText(),
            _ => throw new FormatException($"text was expected, not {element.ValueKind}"),
        };

        /// <summary>A figure, written as a number or as text of the form <paramref name="form"/>.</summary>
        public decimal Number(NumberForm form = NumberForm.Point) =>
            element.ValueKind == JsonValueKind.Number ? RateNumber.ParseJson(element.GetRawText()) : RateNumber.Parse(element.Text(), form);

        /// <summary>A figure, or null for null, blank text and the source's markers for "not quoted".</summary>
        public decimal? NumberOrNull(NumberForm form = NumberForm.Point, params ReadOnlySpan<string> markers) => element.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.Number => RateNumber.ParseJson(element.GetRawText()),
            _ => RateNumber.ParseOrNull(element.Text(), form, markers),
        };

        /// <summary>A day written in exactly this format; text after it, such as a time, is cut when the format is shorter.</summary>
        public DateOnly Day(string format = "yyyy-MM-dd") => DayParser.Parse(element.Text(), format);

        /// <summary>An instant written as seconds since 1970, between the years 1900 and 2200.</summary>
        public DateTimeOffset Instant() =>
            element.ValueKind == JsonValueKind.Number
            && element.TryGetInt64(out var seconds) && seconds is > -2_208_988_800 and < 7_258_118_400
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : throw new FormatException("seconds since 1970 were expected");

        /// <summary>A three-letter currency code; blanks around it are padding.</summary>
        public Currency Code() => Currency.Parse(element.Text().Trim());
    }
}
