using System.Text.Json.Serialization.Metadata;

namespace Rates.Api;

/// <summary>Writes one kind of answer in the format that the client wants.</summary>
/// <param name="json">Its JSON form.</param>
/// <param name="toTable">Its rows, for the other formats.</param>
internal sealed class Reply<T>(Func<ApiJson, JsonTypeInfo<T>> json, Func<T, Table> toTable)
{
    /// <summary>Writes and sends.</summary>
    public Task SendAsync(HttpContext context, T answer, in ApiQuery query, in Freshness freshness, DateTimeOffset now)
    {
        var buffer = ByteBuffer.Rent();
        var format = query.Format ?? AnswerFormats.Accepted(context.Request);
        if (format == AnswerFormat.Json)
        {
            ApiJson.Write(buffer, answer, query.NumbersAsText, json);
        }
        else
        {
            toTable(answer).Write(buffer, format, query.NumbersAsText);
        }

        return AnswerSender.SendAsync(context, buffer.Written, AnswerHeaders.Of(format.ContentType(), buffer.Written.Span, freshness), now);
    }
}
