namespace Rates.Api;

/// <summary>
/// An answer of the Api that depends on the rates in memory alone, such as the list of providers: it is encoded once for each format, and
/// kept until those rates change.
/// </summary>
/// <param name="writer">Writes it.</param>
/// <param name="make">Makes it of a book.</param>
/// <param name="cacheTime">How long clients may cache it.</param>
internal sealed class BookAnswer<T>(AnswerWriter<T> writer, Func<RateBook, T> make, TimeSpan cacheTime)
{
    private Encoded _encoded = new(RateBook.Empty);

    /// <summary>Sends it in the format that the client wants.</summary>
    /// <exception cref="ProblemException">406: no format is accepted.</exception>
    public Task SendAsync(HttpContext context, RateBook book, in AnswerChoice choice, DateTimeOffset now)
    {
        var encoded = Volatile.Read(ref _encoded);
        if (!ReferenceEquals(encoded.Book, book))
        {
            Volatile.Write(ref _encoded, encoded = new(book));
        }

        var format = choice.Format ?? AnswerFormats.Accepted(context.Request);
        if (format == AnswerFormat.Csv && choice.Csv != default)
        {
            return writer.SendAsync(context, make(book), choice, CacheLifetime.For(cacheTime), now);
        }

        // Two threads may both make the same bytes; the later ones stay.
        var (body, headers) = encoded.Formats[(int)format] ??= Encode(book, format);
        return AnswerSender.SendAsync(context, body, headers, now);
    }

    private Answer Encode(RateBook book, AnswerFormat format)
    {
        var buffer = ByteBuffer.Rent();
        writer.Write(buffer, make(book), format, default);
        var headers = AnswerHeaders.Of(format.ContentType(), buffer.Written.Span, CacheLifetime.For(cacheTime));
        return new(new(buffer.Written.ToArray(), headers.ETag), headers);
    }

    /// <summary>One encoded answer: its bytes and headers.</summary>
    private sealed record Answer(EncodedBody Body, AnswerHeaders Headers);

    /// <summary>The encoded answers that were made of one book, by format.</summary>
    private sealed class Encoded(RateBook book)
    {
        public RateBook Book => book;

        public Answer?[] Formats { get; } = new Answer?[Enum.GetValues<AnswerFormat>().Length];
    }
}
