using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Says in words what does not fit in a body: which member, its value where it has one, and what may stand there. The reader's own texts
/// name types.
/// </summary>
internal static partial class MisfitProblem
{
    /// <summary>400, with the member and its value.</summary>
    /// <param name="misfit">What the reader of JSON found.</param>
    /// <param name="body">The body that was read.</param>
    /// <param name="type">What it was read as.</param>
    public static ProblemException Of(JsonException misfit, ReadOnlyMemory<byte> body, JsonTypeInfo type)
    {
        if (MemberNames.Fault(body.Span) is var (path, wrong))
        {
            return ProblemException.BadParameter(path.Length > 0 ? path : "body", wrong);
        }

        if (WhyNoJson(body) is { } unreadable)
        {
            return ProblemException.BadParameter("body", unreadable);
        }

        var member = misfit.Path is { Length: > 2 } place ? place[2..] : "body";
        var said = misfit.Message.Split(" Path:")[0].Split(" LineNumber:")[0];
        if (Missing().Match(said) is { Success: true } missing)
        {
            return ProblemException.BadParameter(member, $"lacks {missing.Groups["names"].Value}");
        }

        string[] steps = [.. Steps().Matches(misfit.Path ?? "").Select(step => step.Groups["name"].Value)];
        if (said.Contains("could not be mapped", StringComparison.Ordinal))
        {
            var known = steps.Length > 0 ? MembersOf(steps[..^1].Aggregate((JsonTypeInfo?)type, Inside)) : [];
            return ProblemException.BadParameter(
                member, known.Count == 0 ? "is no member that is known here" : $"is no member here; known are {string.Join(", ", known)}");
        }

        if (said.Contains("null", StringComparison.Ordinal) && said.Contains("allow", StringComparison.Ordinal))
        {
            return ProblemException.BadParameter(member, "is null, a value is needed");
        }

        if (!said.Contains("could not be converted", StringComparison.Ordinal))
        {
            return ProblemException.BadParameter(member, said);
        }

        var why = WhyNot(steps.Aggregate((JsonTypeInfo?)type, Inside));
        return ValueOf(body, steps) is { } value
            ? ProblemException.BadValue(member, value, why)
            : ProblemException.BadParameter(member, why);
    }

    private static string? WhyNoJson(ReadOnlyMemory<byte> body)
    {
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return "is empty, an object is needed";
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return null;
        }
        catch (JsonException malformed)
        {
            return RequestBody.WhereUnreadable(malformed);
        }
    }

    // The type of a member or an element; null where it is not known.
    private static JsonTypeInfo? Inside(JsonTypeInfo? type, string step) =>
        (type?.Kind == JsonTypeInfoKind.Object
            ? type.Properties.FirstOrDefault(property => property.Name == step)?.PropertyType
            : type?.ElementType) is { } inner && type!.Options.TryGetTypeInfo(Nullable.GetUnderlyingType(inner) ?? inner, out var found)
            ? found
            : null;

    private static IReadOnlyList<string> MembersOf(JsonTypeInfo? type) =>
        [.. (type?.Properties ?? []).Where(property => property.Set is not null || property.AssociatedParameter is not null)
            .Select(property => property.Name)];

    private static string WhyNot(JsonTypeInfo? type) => type switch
    {
        { Type.IsEnum: true } => $"is not one of {string.Join(", ", NamesOf(type))}",
        { Kind: JsonTypeInfoKind.Object } => $"is not an object with {string.Join(", ", MembersOf(type))}",
        { Kind: JsonTypeInfoKind.Enumerable } => "is not a list",
        { Kind: JsonTypeInfoKind.Dictionary } => "is not an object of names and values",
        { Type: var simple } when simple == typeof(string) => "is not a text",
        { Type: var simple } when simple == typeof(bool) => "is not true or false",
        { Type: var simple } when simple == typeof(int) || simple == typeof(long) => "is not a whole number, or too large",
        { Type: var simple } when simple == typeof(DateOnly) => "is not a day such as 2026-08-20",
        { Type: var simple } when simple == typeof(DateTimeOffset) => "is not an instant with its offset such as 2026-08-20T14:02:11Z",
        { Type: var simple } when simple == typeof(TimeSpan) => "is not a span of time such as 00:05:00",
        _ => "is no value that can stand here",
    };

    // A role of nothing cannot be given.
    private static IEnumerable<string> NamesOf(JsonTypeInfo type) => Enum.GetValuesAsUnderlyingType(type.Type).Cast<object>()
        .Select(value => Enum.ToObject(type.Type, value)).Where(value => !AccessRole.None.Equals(value))
        .Select(value => JsonSerializer.SerializeToElement(value, type).ToString());

    /// <summary>The value that stands at the end of a path, as a text; null where there is none.</summary>
    private static string? ValueOf(ReadOnlyMemory<byte> body, string[] steps)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var value = document.RootElement;
            foreach (var step in steps)
            {
                if (value.ValueKind == JsonValueKind.Array && int.TryParse(step, out var place) && place < value.GetArrayLength())
                {
                    value = value[place];
                }
                else if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value))
                {
                    return null;
                }
            }

            return value.ValueKind switch
            {
                _ when steps.Length == 0 => null,
                JsonValueKind.String => value.GetString(),
                _ => value.GetRawText(),
            };
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex(
        @"missing required properties including: (?<names>.+?)\.?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Missing();

    // A path such as $.secret.file, $.events[0] or $['odd name'].
    [GeneratedRegex(
        @"\.(?<name>[^.\[]+)|\['(?<name>.*?)'\]|\[(?<name>\d+)\]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Steps();
}
