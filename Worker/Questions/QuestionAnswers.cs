using System.Text.Json;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Finds the answers to questions of the apis.</summary>
internal sealed class QuestionAnswers(EndpointCheck endpoints)
{
    /// <summary>The answer, JSON.</summary>
    /// <exception cref="JsonException">The question cannot be read.</exception>
    public Task<string> AnswerAsync(WorkerQuestion question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(question.Kind switch
        {
            QuestionKind.Endpoint => SourceText.Write(
                endpoints.Check(question.Provider, question.Asked.Length == 0 ? null : SourceText.ReadEndpoint(question.Asked))),
            _ => throw new JsonException($"this worker does not know the question {question.Kind}"),
        });
    }
}
