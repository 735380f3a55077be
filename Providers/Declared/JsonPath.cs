using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rates.Providers;

/// <summary>
/// Finds values in JSON by a path: the part of RFC 9535 whose cost grows with the document only. Names, indexes, <c>*</c>, one
/// <c>..name</c>, and filters that compare one member with one text.
/// </summary>
/// <remarks>No library at hand both reads these paths and keeps numbers as they are written.</remarks>
internal sealed partial class JsonPath
{
    private readonly IReadOnlyList<Step> _steps;

    private JsonPath(IReadOnlyList<Step> steps) => _steps = steps;

    /// <summary>The kinds of step of a path.</summary>
    private enum StepKind
    {
        Member,
        Index,
        All,
        Descendants,
        Filter,
    }

    /// <summary>True when the path leads to one value at most.</summary>
    public bool IsSingle => _steps.All(step => step.Kind is StepKind.Member or StepKind.Index);

    /// <summary>Reads what follows <c>$</c> or <c>@</c>.</summary>
    /// <exception cref="FormatException">It is no such path; the message names the part that is not understood.</exception>
    public static JsonPath Parse(string text)
    {
        List<Step> steps = [];
        for (var at = 0; at < text.Length;)
        {
            var match = StepPattern().Match(text, at);
            if (!match.Success)
            {
                throw new FormatException($"is not understood from '{text[at..Math.Min(text.Length, at + 20)]}' on");
            }

            at += match.Length;
            steps.Add(StepOf(match));
        }

        return steps.Count(step => step.Kind == StepKind.Descendants) > 1
            ? throw new FormatException("has .. more than once")
            : new(steps);
    }

    /// <summary>Every value that the path leads to.</summary>
    public IEnumerable<JsonNode> All(JsonNode from)
    {
        IEnumerable<JsonNode> nodes = [from];
        foreach (var step in _steps)
        {
            nodes = nodes.SelectMany(node => Next(node, step));
        }

        return nodes;
    }

    /// <summary>The one value that the path leads to.</summary>
    /// <exception cref="FormatException">It is not there; the message says where the path ends and what is there.</exception>
    public JsonNode One(JsonNode from)
    {
        foreach (var step in _steps)
        {
            from = Next(from, step).FirstOrDefault() ?? throw new FormatException($"{from.Path} has no {step}: {from.Content}");
        }

        return from;
    }

    /// <summary>Why the path leads nowhere.</summary>
    public string Missing(JsonNode from)
    {
        JsonNode[] nodes = [from];
        foreach (var step in _steps)
        {
            JsonNode[] next = [.. nodes.SelectMany(node => Next(node, step)).Take(1)];
            if (next.Length == 0)
            {
                return $"{nodes[0].Path} has no {step}: {nodes[0].Content}";
            }

            nodes = next;
        }

        return "it is there";
    }

    private static Step StepOf(Match match) =>
        match.Groups["all"].Success ? new(StepKind.All, "*")
        : match.Groups["index"].Success ? new(StepKind.Index, "", int.Parse(match.Groups["index"].Value, CultureInfo.InvariantCulture))
        : match.Groups["filter"].Success
            ? new(StepKind.Filter, match.Groups["filter"].Value, 0, match.Groups["text"].Value, match.Groups["not"].Success)
        : match.Groups["deep"].Success ? new(StepKind.Descendants, match.Groups["deep"].Value)
        : new(StepKind.Member, match.Groups["name"].Success ? match.Groups["name"].Value : match.Groups["quoted"].Value);

    private static IEnumerable<JsonNode> Next(JsonNode node, Step step) => step.Kind switch
    {
        StepKind.Member => node.Member(step.Name) is { } member ? [member] : [],
        StepKind.Index => node.Value.ValueKind == JsonValueKind.Array && step.Index < node.Value.GetArrayLength()
            ? [new(node.Value[step.Index], node, null, step.Index)]
            : [],
        StepKind.Descendants => node.Descendants().Select(one => one.Member(step.Name)).OfType<JsonNode>(),
        StepKind.Filter => node.Children().Where(child =>
            child.Member(step.Name) is { Value.ValueKind: JsonValueKind.String or JsonValueKind.Number } member
            && member.Value.Text() == step.Text != step.IsNot),
        _ => node.Children(),
    };

    [GeneratedRegex(
        @"\G(?:(?<all>\.\*|\[\*\])|\[(?<index>[0-9]{1,6})\]|\['(?<quoted>[^']*)'\]|\.\.(?<deep>[\p{L}_][\p{L}\p{Nd}_-]*)"
            + @"|\[\?@\.(?<filter>[\p{L}_][\p{L}\p{Nd}_-]*)\s*(?:==|(?<not>!=))\s*'(?<text>[^']*)'\]|\.(?<name>[\p{L}_][\p{L}\p{Nd}_-]*))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StepPattern();

    /// <summary>One step of a path, such as a member's name or an index.</summary>
    private sealed record Step(StepKind Kind, string Name, int Index = 0, string Text = "", bool IsNot = false)
    {
        public override string ToString() => Kind switch
        {
            StepKind.Index => string.Create(CultureInfo.InvariantCulture, $"element {Index}"),
            StepKind.All => "elements",
            StepKind.Filter => $"element whose {Name} {(IsNot ? "is not" : "is")} '{Text}'",
            _ => $"member '{Name}'",
        };
    }
}

/// <summary>A value in a JSON document, with its place in it, such as <c>$.rates[3].mid</c>.</summary>
/// <param name="value">The value.</param>
/// <param name="parent">What holds it; null for the whole document.</param>
/// <param name="name">Its name in an object; null in an array.</param>
/// <param name="index">Its index in an array, from 0.</param>
internal sealed class JsonNode(JsonElement value, JsonNode? parent, string? name, int index)
{
    private const int NamesShown = 12;

    public JsonElement Value => value;

    public JsonNode? Parent => parent;

    public string? Name => name;

    /// <summary>Such as <c>$.rates[3].mid</c>.</summary>
    public string Path => parent is null ? "$"
        : name is null ? string.Create(CultureInfo.InvariantCulture, $"{parent.Path}[{index}]")
        : $"{parent.Path}.{name}";

    /// <summary>What the value is, for messages.</summary>
    public string Content => value.ValueKind switch
    {
        JsonValueKind.Object => $"its members are {string.Join(", ", value.EnumerateObject().Take(NamesShown).Select(one => one.Name))}",
        JsonValueKind.Array => $"it is an array of {value.GetArrayLength()}",
        var kind => $"it is {kind}",
    };

    public JsonNode? Member(string member) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(member, out var found)
        ? new(found, this, member, 0)
        : null;

    public IEnumerable<JsonNode> Children() => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Select(one => new JsonNode(one.Value, this, one.Name, 0)),
        JsonValueKind.Array => value.EnumerateArray().Select((one, place) => new JsonNode(one, this, null, place)),
        _ => [],
    };

    /// <summary>This value and everything inside it. Documents are read with a limit on depth.</summary>
    public IEnumerable<JsonNode> Descendants() => Children().SelectMany(child => child.Descendants()).Prepend(this);
}
