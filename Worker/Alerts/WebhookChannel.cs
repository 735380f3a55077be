using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rates.Worker;

/// <summary>
/// Sends alerts to a receiver over HTTP, signed by <see cref="SignedPost"/>. The member <c>text</c> of the body is what chat services such
/// as Slack show; the others are for programs.
/// </summary>
/// <param name="index">Which of the receivers in the settings.</param>
/// <param name="options">Its address and secret.</param>
/// <param name="time">The time of signing.</param>
internal sealed class WebhookChannel(int index, WebhookOptions options, TimeProvider time) : IAlertChannel, IDisposable
{
    private readonly HttpMessageInvoker _connections = PostConnections.ToAnywhere();

    /// <inheritdoc/>
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"webhook-{index}");

    /// <inheritdoc/>
    public Task SendAsync(AlertMessage message, CancellationToken cancellationToken) =>
        new SignedPost(_connections, () => PostTarget.Of(options), time).SendAsync(
            message.Id, JsonSerializer.SerializeToUtf8Bytes(WebhookBody.Of(message), AlertJson.Default.WebhookBody), cancellationToken);

    public void Dispose() => _connections.Dispose();
}

/// <summary>The JSON body of an alert that is posted to a webhook.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="At">When it was made.</param>
/// <param name="Text">The message as text.</param>
/// <param name="Items">Each provider whose state changed.</param>
internal sealed record WebhookBody(
    string Id, DateTimeOffset At, string Text, [property: JsonPropertyName("items")] IReadOnlyList<AlertItem> Items)
{
    /// <summary>The body of a message.</summary>
    public static WebhookBody Of(AlertMessage message) => new(message.Id, message.At, message.Text, message.Items);
}
