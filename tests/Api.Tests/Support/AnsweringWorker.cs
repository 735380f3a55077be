using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>Stands for a worker that answers questions, until it is disposed.</summary>
internal sealed class AnsweringWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _working;

    /// <param name="services">The api's.</param>
    /// <param name="answer">What to answer a question with, JSON.</param>
    public AnsweringWorker(IServiceProvider services, Func<WorkerQuestion, string> answer) =>
        _working = WorkAsync(services.GetRequiredService<QuestionStore>(), answer);

    /// <summary>What it was asked, in order.</summary>
    public List<WorkerQuestion> Asked { get; } = [];

    /// <summary>A worker that finds nothing wrong with any endpoint.</summary>
    public static AnsweringWorker OfEndpoints(IServiceProvider services) => new(
        services,
        question => SourceText.Write(new EndpointAnswer([], new()
        {
            Provider = question.Provider,
            Address = question.Asked.Length > 0 ? SourceText.ReadEndpoint(question.Asked).Address : "https://www.ecb.europa.eu/",
            AllowedHosts = ["www.ecb.europa.eu", "gw.example"],
            Worker = "worker-1",
        })));

    /// <summary>A worker that finds a fault in declarations that say "evil", and reads two figures with all others.</summary>
    public static AnsweringWorker OfDeclarations(IServiceProvider services) => new(services, question =>
    {
        FieldProblem[] problems = question.Asked.Contains("evil", StringComparison.Ordinal)
            ? [new("address", "https://evil.example/", "is not allowed"), new("read.rows", "", "is missing")]
            : [];
        return question.Kind == QuestionKind.Declaration
            ? SourceText.Write(new DeclarationAnswer(problems))
            : SourceText.Write(new DryRunAnswer
            {
                Problems = problems,
                Failure = question.Asked.Contains("Sorry", StringComparison.Ordinal) ? "read.rows finds nothing: $ is a text" : null,
                Requests = ["daily?date=2026-08-20"],
                Figures = [.. Sample.EcbSheet.Observations.Take(2)],
                Count = 2,
                OddRows = [new("row $.rates[2]", "rate (@.mid): 'n/a' is not a number of the form Point")],
                Worker = "worker-1",
            });
    });

    /// <summary>
    /// A worker that finds nothing wrong with webhooks but for addresses that say "evil", and whose tests are taken unless the webhook is
    /// called "down".
    /// </summary>
    public static AnsweringWorker OfWebhooks(IServiceProvider services) => new(services, question =>
        question.Kind == QuestionKind.Webhook
            ? WebhookText.Write(new WebhookAnswer(question.Asked.Contains("evil", StringComparison.Ordinal)
                ? [new("address", "https://evil.example/", "is not https on a public host")]
                : []))
            : WebhookText.Write(new WebhookTestAnswer(
                [],
                question.Provider == "down"
                    ? new("down", "t2", Taken: false, 503, 12, "it answered 503", "worker-1")
                    : new(question.Provider, "t1", Taken: true, 204, 12, null, "worker-1"))));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _working;
        _end.Dispose();
    }

    private async Task WorkAsync(QuestionStore book, Func<WorkerQuestion, string> answer)
    {
        while (!_end.IsCancellationRequested)
        {
            foreach (var (id, (question, _)) in await book.ReadAsync(CancellationToken.None))
            {
                if (question.Value.Answer is null)
                {
                    Asked.Add(question.Value);
                    await book.UpdateAsync(
                        id, question.Revision, question.Value with { Worker = "worker-1", Answer = answer(question.Value) },
                        CancellationToken.None);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }
}
