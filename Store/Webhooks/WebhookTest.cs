using System.Text.Json;

namespace Rates.Store;

/// <summary>A worker's answer to the question whether a webhook may be set: the problems, empty for none.</summary>
/// <param name="Problems">What is wrong with it; none when it may be stored.</param>
public sealed record WebhookAnswer(IReadOnlyList<FieldProblem> Problems);

/// <summary>What a receiver did with a test that an operator had a worker send.</summary>
/// <param name="Webhook">The name of the webhook.</param>
/// <param name="Delivery">What was sent as <c>X-Rates-Delivery</c>.</param>
/// <param name="Taken">True when it answered 2xx.</param>
/// <param name="Status">The HTTP status that it answered; null when there was no answer.</param>
/// <param name="Milliseconds">From the beginning of the connection to the answer, or to the failure.</param>
/// <param name="Reason">Why it was not taken; null when it was. Nothing secret.</param>
/// <param name="Worker">The worker that sent it.</param>
public sealed record WebhookTestResult(
    string Webhook, string Delivery, bool Taken, int? Status, long Milliseconds, string? Reason, string Worker)
{
    /// <summary>In one line, such as <c>answered 204 after 12 ms</c>.</summary>
    public string Summary() => Taken ? $"answered {Status} after {Milliseconds} ms" : $"was not taken after {Milliseconds} ms: {Reason}";
}

/// <summary>A worker's answer to the wish for a test.</summary>
/// <param name="Problems">Why none was sent; empty when one was.</param>
/// <param name="Result">What the receiver did; null with problems.</param>
public sealed record WebhookTestAnswer(IReadOnlyList<FieldProblem> Problems, WebhookTestResult? Result);

/// <summary>Writes and reads the JSON in which Api and workers exchange what concerns webhooks.</summary>
public static class WebhookText
{
    /// <summary>Writes a webhook.</summary>
    public static string Write(WebhookDefinition webhook) => JsonSerializer.Serialize(webhook, StoreFormat.Json.WebhookDefinition);

    /// <summary>Reads a webhook.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static WebhookDefinition ReadDefinition(string json) => SourceText.Read(json, StoreFormat.Json.WebhookDefinition);

    /// <summary>Writes an answer about a webhook.</summary>
    public static string Write(WebhookAnswer answer) => JsonSerializer.Serialize(answer, StoreFormat.Json.WebhookAnswer);

    /// <summary>Reads an answer about a webhook.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static WebhookAnswer ReadAnswer(string json) => SourceText.Read(json, StoreFormat.Json.WebhookAnswer);

    /// <summary>Writes what a test found.</summary>
    public static string Write(WebhookTestAnswer answer) => JsonSerializer.Serialize(answer, StoreFormat.Json.WebhookTestAnswer);

    /// <summary>Reads what a test found.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static WebhookTestAnswer ReadTestAnswer(string json) => SourceText.Read(json, StoreFormat.Json.WebhookTestAnswer);

    /// <summary>Writes what workers remember; the same memory always gives the same text.</summary>
    public static string Write(WebhookMemory memory) => JsonSerializer.Serialize(memory, StoreFormat.Json.WebhookMemory);
}
