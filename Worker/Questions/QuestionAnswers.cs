using System.Text.Json;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Works out the answer to one question of an Api, such as whether a declared provider may come into force.</summary>
internal sealed class QuestionAnswers(
    EndpointCheck endpoints, DeclarationCheck declarations, DeclarationTrial trial, WebhookTrial webhooks)
{
    /// <summary>The answer, JSON.</summary>
    /// <exception cref="JsonException">The question cannot be read.</exception>
    public async Task<string> AnswerAsync(WorkerQuestion question, CancellationToken cancellationToken) => question.Kind switch
    {
        QuestionKind.Endpoint => SourceText.Write(
            endpoints.Check(question.Provider, question.Asked.Length == 0 ? null : SourceText.ReadEndpoint(question.Asked))),
        QuestionKind.Declaration => SourceText.Write(
            new DeclarationAnswer(declarations.Read(question.Provider, question.Asked).Problems)),
        QuestionKind.Try => SourceText.Write(await trial.RunAsync(SourceText.ReadDryRun(question.Asked), cancellationToken)),
        QuestionKind.Webhook => WebhookText.Write(webhooks.Check(question.Provider, WebhookText.ReadDefinition(question.Asked))),
        QuestionKind.WebhookTest => WebhookText.Write(await webhooks.SendAsync(question.Provider, cancellationToken)),
        _ => throw new JsonException($"this worker does not know the question {question.Kind}"),
    };
}
