using System.Threading.Channels;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Asks the workers what only they know, such as whether a source can be reached, through the store, and waits for the answer.
/// </summary>
internal sealed class WorkerQuestions(QuestionStore book)
{
    // A worker takes a question at once; one that fetches a source for it answers later.
    private static readonly TimeSpan TakenWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>The answer of one of the workers, JSON.</summary>
    /// <exception cref="ProblemException">503: no worker took or answered the question.</exception>
    public async Task<string> AskAsync(HttpContext context, QuestionKind kind, string provider, string asked)
    {
        var cancellationToken = context.RequestAborted;
        var changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        await using var watch = await book.WatchAsync(() => changed.Writer.TryWrite(true), cancellationToken);
        var question = new WorkerQuestion { Kind = kind, Provider = provider, Asked = asked };
        var id = await book.AskAsync(question, Caller.Of(context).Name, cancellationToken)
            ?? throw new ProblemException(
                StatusCodes.Status503ServiceUnavailable, $"{QuestionStore.MostOpen} questions wait for a worker already: try again later");
        var since = TimeProvider.System.GetTimestamp();
        try
        {
            while (true)
            {
                var now = (await book.ReadAsync(cancellationToken)).GetValueOrDefault(id).Question?.Value;
                var waited = TimeProvider.System.GetElapsedTime(since);
                if (now?.Answer is { } answer)
                {
                    return answer.Length > 0 ? answer : throw Unanswered($"the worker {now.Worker} failed to answer; its log says why");
                }

                if (waited > (now is { Worker.Length: > 0 } ? AnsweredWithin : TakenWithin))
                {
                    throw Unanswered("no worker answered: is one running? rates workers lists them");
                }

                await WaitAsync(changed.Reader, cancellationToken);
            }
        }
        finally
        {
            await RemoveAsync(id);
        }
    }

    private static async Task WaitAsync(ChannelReader<bool> changed, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(changed.ReadAsync(either.Token).AsTask(), Task.Delay(BetweenLooks, TimeProvider.System, either.Token));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task RemoveAsync(string id)
    {
        try
        {
            if ((await book.ReadAsync(CancellationToken.None)).TryGetValue(id, out var left))
            {
                await book.RemoveAsync(id, left.Question.Revision, CancellationToken.None);
            }
        }
        catch (StoreUnavailableException)
        {
            // Workers delete what is left after a while.
        }
    }

    private static ProblemException Unanswered(string why) => new(StatusCodes.Status503ServiceUnavailable, why);
}
