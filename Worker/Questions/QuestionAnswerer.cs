using Microsoft.Extensions.Logging;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Takes questions of Apis to the workers from the store and answers them: each is taken by one worker.</summary>
internal sealed partial class QuestionAnswerer(
    QuestionStore book, QuestionAnswers answers, StoreAvailability availability, WorkerOptions options, StoreClock time,
    ILogger<QuestionAnswerer> logger) : StoreFollower(availability, time)
{
    private long _revision = -1;

    /// <inheritdoc/>
    protected override Task<IAsyncDisposable> WatchAsync(CancellationToken cancellationToken) => book.WatchAsync(Signal, cancellationToken);

    /// <inheritdoc/>
    protected override async Task LookAsync(CancellationToken stoppingToken)
    {
        var revision = await book.ReadRevisionAsync(stoppingToken);
        if (revision == _revision)
        {
            return;
        }

        foreach (var (id, (question, at)) in await book.ReadAsync(stoppingToken))
        {
            if (Time.GetUtcNow() - at > QuestionStore.Life)
            {
                await book.RemoveAsync(id, question.Revision, stoppingToken);
            }
            else if (question.Value.Worker.Length == 0)
            {
                await TakeAsync(id, question, stoppingToken);
            }
        }

        _revision = revision;
    }

    private async Task TakeAsync(string id, WithRevision<WorkerQuestion> question, CancellationToken stoppingToken)
    {
        var taken = question.Value with { Worker = options.Id };
        if (await book.UpdateAsync(id, question.Revision, taken, stoppingToken) is not { } revision)
        {
            return;
        }

        try
        {
            taken = taken with { Answer = await answers.AnswerAsync(taken, stoppingToken) };
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or StoreUnavailableException))
        {
            // All errors are caught here: a question that cannot be answered stays without an answer, and never ends the worker.
            Log.Unanswered(logger, question.Value.Provider, question.Value.Kind, problem.GetType().Name);
            taken = taken with { Answer = "" };
        }

        await book.UpdateAsync(id, revision, taken, stoppingToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error,
            Message = "{Provider}: a question of the kind {Kind} could not be answered: a fault of ours, {Fault}")]
        public static partial void Unanswered(ILogger logger, string provider, QuestionKind kind, string fault);
    }
}
