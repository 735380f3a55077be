namespace Rates.Api;

/// <summary>
/// The whole answers of one endpoint that are asked for again. Each book has answers of its own, so one of an earlier book is never found.
/// </summary>
internal sealed class KeptAnswers
{
    /// <summary>The format under which an answer is kept whose key has the Accept header.</summary>
    public const AnswerFormat AnyFormat = AnswerFormat.Json;

    private AnswerCache _answers = new(RateBook.Empty);

    /// <summary>The answers made of a book.</summary>
    /// <remarks>Two threads may both make a cache; the later one stays.</remarks>
    public AnswerCache Of(RateBook book)
    {
        var answers = Volatile.Read(ref _answers);
        if (!ReferenceEquals(answers.Book, book))
        {
            Volatile.Write(ref _answers, answers = new(book));
        }

        return answers;
    }

    /// <summary>What an answer depends on beside the book: the path, the query and the Accept header, as they came.</summary>
    public static string KeyOf(HttpRequest request) => $"{request.Path.Value}{request.QueryString.Value}\n{request.Headers.Accept}";
}
