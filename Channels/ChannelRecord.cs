using Rates.Api;

namespace Rates.Channels;

/// <summary>Counts what one channel does, for <c>/v1/ops/channels</c>. Any thread may use it.</summary>
internal sealed class ChannelRecord(ChannelBlock block, TimeProvider time)
{
    private readonly Lock _lock = new();
    private ChannelState _state = new(
        block.Name, block.Type.Name, block.Options.Address, IsOpen: false, time.GetUtcNow(), block.Operations, 0, 0, 0, 0, 0, 0, null, null,
        null);

    /// <summary>The counts now.</summary>
    public ChannelState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>The transport is open.</summary>
    public void Opened() => Change(state => state with { IsOpen = true, Since = time.GetUtcNow() });

    /// <summary>The transport is closed because the host stops.</summary>
    public void Closed() => Change(state => state with { IsOpen = false, Since = time.GetUtcNow() });

    /// <summary>A request is being answered.</summary>
    public void Begun() => Change(state => state with { InHand = state.InHand + 1 });

    /// <summary>A request that had begun was given up.</summary>
    public void GivenUp() => Change(state => state with { InHand = state.InHand - 1 });

    /// <summary>A request that had begun was answered.</summary>
    /// <param name="isProblem">Whether with a problem.</param>
    public void Answered(bool isProblem) => Change(state => state with
    {
        InHand = state.InHand - 1,
        Requests = state.Requests + 1,
        Problems = state.Problems + (isProblem ? 1 : 0),
        LastUsedAt = time.GetUtcNow(),
    });

    /// <summary>A change was sent.</summary>
    public void Sent() => Change(state => state with { Changes = state.Changes + 1, LastUsedAt = time.GetUtcNow() });

    /// <summary>A message was moved to the dead-letter queue.</summary>
    /// <param name="reason">Why.</param>
    public void DeadLettered(string reason) => Change(state => state with
    {
        Requests = state.Requests + 1,
        DeadLetters = state.DeadLetters + 1,
        LastUsedAt = time.GetUtcNow(),
        LastFailure = reason,
        LastFailureAt = time.GetUtcNow(),
    });

    /// <summary>Changes are not sent, because reads are closed and the channel has no key, for example. Requests are answered.</summary>
    /// <param name="reason">Why.</param>
    public void Refused(string reason) => Change(state => state with
    {
        Failures = state.Failures + 1,
        LastFailure = reason,
        LastFailureAt = time.GetUtcNow(),
    });

    /// <summary>The transport failed, and is closed.</summary>
    /// <param name="reason">Why.</param>
    public void Failed(string reason) => Change(state => state with
    {
        IsOpen = false,
        Since = state.IsOpen ? time.GetUtcNow() : state.Since,
        Failures = state.Failures + 1,
        LastFailure = reason,
        LastFailureAt = time.GetUtcNow(),
    });

    private void Change(Func<ChannelState, ChannelState> change)
    {
        lock (_lock)
        {
            _state = change(_state);
        }
    }
}
