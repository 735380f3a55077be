using System.Text;

namespace Rates.Channels.Tests;

/// <summary>A message for a channel.</summary>
internal sealed record Sent(string Id, string Operation, IReadOnlyList<KeyValuePair<string, string>> Properties)
{
    public string ReplyTo { get; init; } = "";

    public string ContentType { get; init; } = "";

    public string Body { get; init; } = "";
}

/// <summary>A message that came back.</summary>
internal sealed record Received(
    string Id, int Status, string ContentType, byte[] Body, IReadOnlyDictionary<string, string> Properties, string Subject)
{
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>A stock client of one protocol, as an application has it.</summary>
internal interface IBrokerClient : IAsyncDisposable
{
    /// <summary>Sends a message; returns when the broker has it.</summary>
    Task SendAsync(string queue, Sent message);

    /// <summary>Waits for the next message of a queue and takes it.</summary>
    Task<Received> ReceiveAsync(string queue);
}
