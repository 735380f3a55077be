using Microsoft.Extensions.Logging;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Takes questions of Apis to the workers from the store and answers them: each is taken by one worker.</summary>
internal sealed partial class QuestionAnswerer(
    QuestionStore book, QuestionAnswers answers, StoreAvailability availability, WorkerOptions options, StoreClock time,
    ILogger<QuestionAnswerer> logger) : StoreFollower(availability, time)
{
    // A question that takes long, such as one that waits for a receiver, does not hold up the others.
    private readonly List<Task> _answering = [];
    private long _revision = -1;

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_answering).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

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
        if (await book.UpdateAsync(id, question.Revision, taken, stoppingToken) is { } revision)
        {
            _answering.RemoveAll(answering => answering.IsCompleted);
            _answering.Add(AnswerAsync(id, revision, taken, stoppingToken));
        }
    }

    private async Task AnswerAsync(string id, long revision, WorkerQuestion taken, CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await book.UpdateAsync(id, revision, taken with { Answer = await AnswerOfAsync(taken, stoppingToken) }, stoppingToken);
        }
        catch (StoreUnavailableException problem)
        {
            Availability.Lost(problem);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The worker stops: whoever asked is told that nobody answered.
        }
    }

    private async Task<string> AnswerOfAsync(WorkerQuestion question, CancellationToken stoppingToken)
    {
        try
        {
            return await answers.AnswerAsync(question, stoppingToken);
        }
        catch (Exception problem) when (problem is not (OperationCanceledException or StoreUnavailableException))
        {
            // All errors are caught here: a question that cannot be answered stays without an answer, and never ends the worker.
            Log.Unanswered(logger, question.Provider, question.Kind, problem.GetType().Name);
            return "";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error,
            Message = "{Provider}: a question of the kind {Kind} could not be answered: a fault of ours, {Fault}")]
        public static partial void Unanswered(ILogger logger, string provider, QuestionKind kind, string fault);
    }
}
