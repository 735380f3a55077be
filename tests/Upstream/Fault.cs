namespace Rates.Upstream;

/// <summary>What can be wrong with a source.</summary>
public enum FaultKind
{
    /// <summary>Nothing: the document.</summary>
    None,

    /// <summary>The connection is reset when the request has come, before any answer.</summary>
    Reset,

    /// <summary>The connection is reset in the middle of the body.</summary>
    ResetBody,

    /// <summary>No answer, and the connection stays open.</summary>
    Silence,

    /// <summary>The headers, a byte every <c>argument</c> milliseconds (100).</summary>
    SlowHeaders,

    /// <summary>The body, a byte every <c>argument</c> milliseconds (100), without an end.</summary>
    SlowBody,

    /// <summary>A body of 10 GB, announced as such.</summary>
    Huge,

    /// <summary>A chunked body without an end.</summary>
    Endless,

    /// <summary>A chunk that claims to be longer than memory.</summary>
    HugeChunk,

    /// <summary>64 MiB of zeros, packed with gzip.</summary>
    Bomb,

    /// <summary>
    /// The document in the content coding <c>argument</c>: gzip, br or deflate; of any other name, unpacked under that name.
    /// </summary>
    Coded,

    /// <summary>The document packed with gzip and cut after <c>argument</c> bytes, close-delimited.</summary>
    CodedCut,

    /// <summary>A Content-Length that is a hundred bytes more than the body.</summary>
    WrongLength,

    /// <summary>The document cut after <c>argument</c> bytes, close-delimited.</summary>
    Truncated,

    /// <summary>The document, close-delimited.</summary>
    CloseDelimited,

    /// <summary>A page for people, with status 200.</summary>
    Html,

    /// <summary>The status <c>argument</c>, such as <c>429 Retry-After: 2</c>.</summary>
    Status,

    /// <summary>The status and the JSON body of <c>argument</c>, such as <c>403 {"error":"no such key"}</c>.</summary>
    Refusal,

    /// <summary>A redirect to <c>argument</c>, with status 302.</summary>
    Redirect,

    /// <summary>A redirect to the requested address.</summary>
    Loop,

    /// <summary>The document in the charset <c>argument</c>, announced as UTF-8.</summary>
    Charset,

    /// <summary>400 KiB of headers.</summary>
    ManyHeaders,

    /// <summary>The document, announced as <c>argument</c>.</summary>
    ContentType,
}

/// <summary>A fault of one answer.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Argument">What the kind says it is; empty for its default.</param>
public sealed record Fault(FaultKind Kind, string Argument = "")
{
    /// <summary>None.</summary>
    public static Fault None { get; } = new(FaultKind.None);

    /// <summary>Reads <c>kind</c> or <c>kind argument</c>, such as <c>status 503</c>; the kind in any case.</summary>
    /// <exception cref="FormatException">There is no such kind.</exception>
    public static Fault Parse(string text)
    {
        var (kind, argument) = text.Trim().Split(' ', 2) is [var first, var rest] ? (first, rest) : (text.Trim(), "");
        return Enum.TryParse<FaultKind>(kind, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed)
            ? new(parsed, argument)
            : throw new FormatException($"'{kind}' is no fault: {string.Join(", ", Enum.GetNames<FaultKind>())}");
    }
}
