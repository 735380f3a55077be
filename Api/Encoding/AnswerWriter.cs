using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rates.Api;

/// <summary>Writes one type of the Api's answers in the format that the client wants, and sends it.</summary>
/// <param name="typeInfo">Its JSON metadata; see <see cref="AnswerJson{T}"/>.</param>
/// <param name="toTable">Its rows, for CSV, XML and NDJSON.</param>
internal sealed class AnswerWriter<T>(Func<JsonSerializerOptions, JsonTypeInfo<T>> typeInfo, Func<T, RowTable> toTable)
{
    private readonly AnswerJson<T> _json = new(typeInfo);

    /// <summary>Writes and sends one answer.</summary>
    /// <exception cref="ProblemException">406: no format is accepted.</exception>
    public Task SendAsync(HttpContext context, T answer, in AnswerChoice choice, in CacheLifetime lifetime, DateTimeOffset now)
    {
        var buffer = ByteBuffer.Rent();
        var format = choice.Format ?? AnswerFormats.Accepted(context.Request);
        Write(buffer, answer, format, choice.NumbersAsText);
        return AnswerSender.SendAsync(context, buffer.Written, AnswerHeaders.Of(format.ContentType(), buffer.Written.Span, lifetime), now);
    }

    /// <summary>Writes one answer.</summary>
    public void Write(ByteBuffer buffer, T answer, AnswerFormat format, bool numbersAsText)
    {
        if (format == AnswerFormat.Json)
        {
            _json.Write(buffer, answer, numbersAsText);
        }
        else
        {
            toTable(answer).Write(buffer, format, numbersAsText);
        }
    }
}
