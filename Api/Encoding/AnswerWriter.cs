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
        Write(buffer, answer, format, choice);
        var headers = AnswerHeaders.Of(format.ContentType(), buffer.Written.Span, lifetime);
        return AnswerSender.SendOnceAsync(context, buffer.Written, headers, now);
    }

    /// <summary>Writes and sends one answer, and keeps it if it came before.</summary>
    /// <param name="context">The request.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="choice">How it is written.</param>
    /// <param name="lifetime">How long it may be cached.</param>
    /// <param name="kept">Where it is kept, and under which key.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ProblemException">406: no format is accepted.</exception>
    public Task SendAsync(
        HttpContext context, T answer, in AnswerChoice choice, in CacheLifetime lifetime, (AnswerCache Answers, string Key) kept,
        DateTimeOffset now)
    {
        var buffer = ByteBuffer.Rent();
        var format = choice.Format ?? AnswerFormats.Accepted(context.Request);
        Write(buffer, answer, format, choice);
        var headers = AnswerHeaders.Of(format.ContentType(), buffer.Written.Span, lifetime);
        kept.Answers.Offer(kept.Key, KeptAnswers.AnyFormat, buffer.Written.Span, headers);
        return AnswerSender.SendOnceAsync(context, buffer.Written, headers, now);
    }

    /// <summary>Writes one answer.</summary>
    public void Write(ByteBuffer buffer, T answer, AnswerFormat format, in AnswerChoice choice)
    {
        if (format == AnswerFormat.Json)
        {
            _json.Write(buffer, answer, choice.NumbersAsText);
        }
        else
        {
            toTable(answer).Write(buffer, format, choice);
        }
    }
}
