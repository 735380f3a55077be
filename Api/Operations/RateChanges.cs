using System.Threading.Channels;

namespace Rates.Api;

/// <summary>Tells transports of the changes that <c>/v1/events</c> sends, behind the same check of access.</summary>
public sealed class RateChanges
{
    private readonly InProcessRequest _requests;
    private readonly AccessGate _gate;
    private readonly ChangeFollowers _followers;
    private readonly AccessWatch _access;
    private readonly CurrentBook _current;

    internal RateChanges(IServiceProvider services) => (_current, _requests, _gate, _followers, _access) = (
        services.GetRequiredService<CurrentBook>(), new(services), services.GetRequiredService<AccessGate>(),
        services.GetRequiredService<ChangeFollowers>(), services.GetRequiredService<AccessWatch>());

    /// <summary>The id of the last change of each provider's sheet, by the provider's key.</summary>
    public IReadOnlyDictionary<string, string> LastIds() => _current.Book.Entries.Where(entry => entry.Sheet is { Epoch.Length: > 0 })
        .ToDictionary(entry => entry.Key, entry => RateEvent.OfSheet(entry).Id!, StringComparer.Ordinal);

    /// <summary>
    /// Passes changes on, one after the other: first those that were missed, at most one for each provider, then each that happens.
    /// </summary>
    /// <param name="request">Who asks, and from where on.</param>
    /// <param name="handle">Takes one change. Changes that happen meanwhile are kept, up to a limit.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>
    /// Null when it ended because <paramref name="handle"/> was too slow or the access ended: a client that may still read asks again,
    /// from the last change on. The problem when the client may not follow.
    /// </returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<OperationAnswer?> FollowAsync(
        ChangeRequest request, Func<ChangeMessage, CancellationToken, Task> handle, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(handle);
        var handler = _gate.Before(context => _followers.FollowAsync(request.Client, changes => _access.RunAsync(
            Caller.Of(context), token => PassOnAsync(request.LastId, changes, handle, token), cancellationToken)));
        try
        {
            var answer = await _requests.RunAsync(
                handler, context => context.Request.Path = "/v1/events", request.ApiKey, Guid.NewGuid().ToString("N"), cancellationToken);
            return answer.IsSuccess ? null : answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The access ended.
            return null;
        }
    }

    private async Task PassOnAsync(
        string lastId, ChannelReader<RateEvent> changes, Func<ChangeMessage, CancellationToken, Task> handle,
        CancellationToken cancellationToken)
    {
        var since = _followers.Since(lastId);
        foreach (var missed in since.Missed)
        {
            await handle(ChangeMessage.Of(missed), cancellationToken);
        }

        await foreach (var change in changes.ReadAllAsync(cancellationToken))
        {
            if (since.IsNew(change))
            {
                await handle(ChangeMessage.Of(change), cancellationToken);
            }
        }
    }
}
