using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rates.Store;

namespace Rates.Worker;

/// <summary>JSON metadata of the body that is posted to the receivers of webhooks.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WebhookEvent))]
internal sealed partial class WebhookJson : JsonSerializerContext;

/// <summary>Writes the body that is posted: letters of all languages as they are, since it is no HTML.</summary>
internal static class WebhookFormat
{
    private static readonly WebhookJson Json =
        new(new JsonSerializerOptions(WebhookJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The body of a message.</summary>
    public static byte[] Body(WebhookEvent change) => JsonSerializer.SerializeToUtf8Bytes(change, Json.WebhookEvent);
}
