using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rates.Api;

/// <summary>
/// Says in words what does not fit in a body: which member, and its value where it has one. The reader's own texts name types.
/// </summary>
internal static partial class MisfitProblem
{
    /// <summary>400, with the member and its value.</summary>
    /// <param name="misfit">What the reader of JSON found.</param>
    /// <param name="body">The body that was read.</param>
    public static ProblemException Of(JsonException misfit, ReadOnlyMemory<byte> body)
    {
        var member = misfit.Path is { Length: > 2 } path ? path[2..] : "body";
        var said = misfit.Message.Split(" Path:")[0].Split(" LineNumber:")[0];
        if (Missing().Match(said) is { Success: true } missing)
        {
            return ProblemException.BadParameter(member, $"lacks {missing.Groups["names"].Value}");
        }

        if (said.Contains("could not be mapped", StringComparison.Ordinal))
        {
            return ProblemException.BadParameter(member, "is no member that is known here");
        }

        if (said.Contains("null", StringComparison.Ordinal) && said.Contains("allow", StringComparison.Ordinal))
        {
            return ProblemException.BadParameter(member, "is null, a value is needed");
        }

        return !said.Contains("could not be converted", StringComparison.Ordinal) ? ProblemException.BadParameter(member, said)
            : ValueOf(body, member) is { } value ? ProblemException.BadValue(member, value, "is no value that can stand here")
            : ProblemException.BadParameter(member, "is no value that can stand here");
    }

    /// <summary>The value of a member of the outermost object, as a text; null for any other member.</summary>
    private static string? ValueOf(ReadOnlyMemory<byte> body, string member)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(member, out var value)
                ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
                : null;
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
}
