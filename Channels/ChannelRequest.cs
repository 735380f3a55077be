namespace Rates.Channels;

/// <summary>A request as a transport received it, before its body is read.</summary>
/// <param name="Operation">The operation's name; empty when the client named none.</param>
internal sealed record ChannelRequest(string Operation)
{
    /// <summary>Most bytes of a body; a longer one is refused.</summary>
    public const int MaxBody = 64 * 1024;

    /// <summary>Parameters that came beside the body.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>The content type of the body; empty when the client named none.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>Parameters as a query or as JSON; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The media types that the client takes; empty when it names none.</summary>
    public string Accept { get; init; } = "";

    /// <summary>The client's API key; empty when it has none.</summary>
    public string ApiKey { get; init; } = "";
}
