using Rates.Store;

namespace Rates.Worker;

/// <summary>A receiver that this worker can post to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsOfSettings">True for one of the settings, false for one that operators set.</param>
/// <param name="IsPaused">True while operators have nothing posted to it.</param>
/// <param name="Events">Which changes it is told; empty for all.</param>
/// <param name="Providers">Of which providers; empty for all.</param>
/// <param name="Address">Where it is, without anything secret.</param>
/// <param name="Post">Posts to it.</param>
internal sealed record Webhook(
    string Name, bool IsOfSettings, bool IsPaused, IReadOnlyList<string> Events, IReadOnlyList<string> Providers, string Address,
    SignedPost Post)
{
    /// <summary>How long a receiver has for its answer, connecting included.</summary>
    public static TimeSpan AnswerWithin { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether it is told of a change.</summary>
    public bool Wants(string change, string provider) =>
        (Events.Count == 0 || Events.Contains(change)) && (Providers.Count == 0 || Providers.Contains(provider));

    /// <summary>What is remembered of it: how it was doing before, with what it is now.</summary>
    public WebhookReceiver Remembered(WebhookReceiver? before) => (before ?? new()) with
    {
        IsOfSettings = IsOfSettings,
        Address = Address,
        Events = Events,
        Providers = Providers,
    };

    /// <summary>Posts a message; returns the status of the answer.</summary>
    /// <exception cref="AlertException">It was not taken; the message has nothing secret.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was an answer.</exception>
    public async Task<int> SendAsync(string id, WebhookEvent change, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(AnswerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await Post.SendAsync(id, WebhookFormat.Body(change), either.Token);
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AlertException($"no answer within {AnswerWithin.TotalSeconds} s", problem);
        }
    }
}
