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
