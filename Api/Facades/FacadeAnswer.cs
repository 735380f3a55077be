using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rates.Api;

/// <summary>
/// Sends the JSON answers of façades (interfaces of other services that the Api answers as well, so that their clients work unchanged).
/// </summary>
internal static partial class FacadeAnswer
{
    private const string JsonType = "application/json; charset=utf-8";
    private const string ScriptType = "application/javascript; charset=utf-8";

    private static readonly JsonWriterOptions Compact = new() { Encoder = AnswerJsonSettings.Encoder };
    private static readonly JsonWriterOptions Indented = new() { Encoder = AnswerJsonSettings.Encoder, Indented = true };

    /// <summary>Sends an answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="lifetime">How long it may be cached.</param>
    /// <param name="now">The current time.</param>
    /// <param name="write">Writes the JSON.</param>
    /// <param name="isIndented">True for one member a line.</param>
    /// <param name="callback">The JavaScript function that the answer is an argument of; null for plain JSON.</param>
    public static Task SendAsync(
        HttpContext context, in CacheLifetime lifetime, DateTimeOffset now, Action<Utf8JsonWriter> write, bool isIndented = false,
        string? callback = null)
    {
        var body = Encode(write, isIndented, callback);
        var headers = AnswerHeaders.Of(callback is null ? JsonType : ScriptType, body.WrittenSpan, lifetime);
        return AnswerSender.SendOnceAsync(context, body.WrittenMemory, headers, now);
    }

    /// <summary>Sends text of another type.</summary>
    public static Task SendAsync(HttpContext context, in CacheLifetime lifetime, DateTimeOffset now, string contentType, byte[] body) =>
        AnswerSender.SendOnceAsync(context, body, AnswerHeaders.Of(contentType, body, lifetime), now);

    /// <summary>Sends an error, which no cache may keep. The caller has set the status.</summary>
    public static Task SendErrorAsync(HttpContext context, Action<Utf8JsonWriter> write, string? callback = null)
    {
        context.Response.Headers.CacheControl = "no-store";
        HeaderValues.AllowAnyOrigin(context.Response.Headers);
        return AnswerSender.WriteAsync(
            context, Encode(write, isIndented: false, callback).WrittenMemory, callback is null ? JsonType : ScriptType);
    }

    /// <summary>
    /// The function that a <c>callback</c> parameter names; null without one, and for a text that is no name: a script must not hold text
    /// of a stranger's choice.
    /// </summary>
    public static string? Callback(HttpRequest request) =>
        request.Query["callback"].ToString() is { Length: > 0 } name && FunctionName().IsMatch(name) ? name : null;

    private static ArrayBufferWriter<byte> Encode(Action<Utf8JsonWriter> write, bool isIndented, string? callback)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        if (callback is not null)
        {
            // The comment keeps the first bytes of the file from being chosen by a stranger.
            body.Write(Encoding.ASCII.GetBytes($"/**/{callback}("));
        }

        using (var json = new Utf8JsonWriter(body, isIndented ? Indented : Compact))
        {
            write(json);
        }

        if (callback is not null)
        {
            body.Write(");"u8);
        }

        return body;
    }

    [GeneratedRegex(@"^[A-Za-z_$][A-Za-z0-9_$.]{0,63}\z", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex FunctionName();
}
