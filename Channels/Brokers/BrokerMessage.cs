using System.Globalization;
using System.Text;

namespace Rates.Channels;

/// <summary>A message that a broker delivered, whatever its protocol.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="ReplyTo">Where the answer goes; empty when the client named nothing.</param>
/// <param name="Deliveries">How often it was delivered before, as far as the broker tells.</param>
internal sealed record BrokerMessage(ChannelRequest Request, string ReplyTo, long Deliveries)
{
    /// <summary>The property with the operation, for clients that cannot set the protocol's own field.</summary>
    public const string Operation = "operation";

    /// <summary>The property with the media types that the client takes.</summary>
    public const string Accept = "accept";

    /// <summary>The property with the API key.</summary>
    public const string ApiKey = "apiKey";

    /// <summary>The property of a reply with its HTTP status.</summary>
    public const string Status = "status";

    /// <summary>The property of a dead letter that says why it is one.</summary>
    public const string Reason = "x-reason";

    private const int MostDeliveries = 10;

    // What brokers and tracing add to messages is no parameter.
    private static readonly string[] OfOthers = ["x-", "JMS", "traceparent", "tracestate", "baggage", "_AMQ"];

    /// <summary>Why the message cannot be answered at all; null when it can.</summary>
    public string? WhyDead => ReplyTo.Length == 0 ? "The message has no reply-to: nobody can get the answer"
        : Deliveries > MostDeliveries ? $"The message was delivered {Deliveries} times and never answered"
        : null;

    /// <summary>Makes it of a message's properties.</summary>
    /// <param name="operation">The protocol's own field of the operation; null or empty where it is not set.</param>
    /// <param name="properties">The application's properties: parameters, and those named here.</param>
    /// <param name="contentType">The content type of the body.</param>
    /// <param name="body">The body.</param>
    /// <param name="replyTo">Where the answer goes; null for nowhere.</param>
    /// <param name="deliveries">How often it was delivered before.</param>
    public static BrokerMessage Of(
        string? operation, IEnumerable<KeyValuePair<string, object?>> properties, string? contentType, ReadOnlyMemory<byte> body,
        string? replyTo, long deliveries)
    {
        List<KeyValuePair<string, string>> all =
        [
            .. properties.Where(one => one.Value is not null
                    && !OfOthers.Any(start => one.Key.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
                .Select(one => KeyValuePair.Create(one.Key, Text(one.Value!))),
        ];
        return new(
            new(string.IsNullOrEmpty(operation) ? Taken(Operation) : operation)
            {
                Parameters = [.. all.Where(one => one.Key is not (Operation or Accept or ApiKey))],
                Accept = Taken(Accept),
                ApiKey = Taken(ApiKey),
                ContentType = contentType ?? "",
                Body = body,
            },
            replyTo ?? "",
            deliveries);

        string Taken(string name) => all.Find(one => one.Key == name).Value ?? "";
    }

    private static string Text(object value) => value switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        bool flag => flag ? "true" : "false",
        System.Collections.IEnumerable list => string.Join(',', list.Cast<object>().Select(Text)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
