using Rates.Api;

namespace Rates.Channels;

/// <summary>Counts what one channel does, for <c>/v1/ops/channels</c> and metrics. Any thread may use it.</summary>
internal sealed class ChannelRecord(ChannelBlock block, TimeProvider time)
{
    private readonly Lock _lock = new();
    private ChannelState _state = new(
        block.Name, block.Type.Name, block.Options.Address, IsOpen: false, time.GetUtcNow(), block.Operations, 0, 0, 0, 0, 0, 0, null, null,
        null);

    private ChannelOutcomes _outcomes = new(0, 0, 0, 0, 0);
    private bool _wasOpen;

    /// <summary>How requests ended, and how often the transport was opened again.</summary>
    public ChannelOutcomes Outcomes
    {
        get
        {
            lock (_lock)
            {
                return _outcomes;
            }
        }
    }

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
    public void Opened()
    {
        lock (_lock)
        {
            _state = _state with { IsOpen = true, Since = time.GetUtcNow() };
            _outcomes = _outcomes with { Reconnects = _outcomes.Reconnects + (_wasOpen ? 1 : 0) };
            _wasOpen = true;
        }
    }

    /// <summary>The transport is closed because the host stops.</summary>
    public void Closed() => Change(state => state with { IsOpen = false, Since = time.GetUtcNow() });

    /// <summary>A request is being answered.</summary>
    public void Begun() => Change(state => state with { InHand = state.InHand + 1 });

    /// <summary>A request that had begun was given up.</summary>
    public void GivenUp() => Change(state => state with { InHand = state.InHand - 1 });

    /// <summary>A request that had begun was answered.</summary>
    /// <param name="status">The status of the answer, as over HTTP.</param>
    public void Answered(int status)
    {
        lock (_lock)
        {
            _outcomes = _outcomes.With(status);
            _state = _state with
            {
                InHand = _state.InHand - 1,
                Requests = _state.Requests + 1,
                Problems = _state.Problems + (ChannelOutcomes.IsAnswer(status) ? 0 : 1),
                LastUsedAt = time.GetUtcNow(),
            };
        }
    }

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

/// <summary>How the requests of one channel ended since the start of the process.</summary>
/// <param name="Answered">Answered with figures.</param>
/// <param name="Problems">Answered with a problem of the request, such as an unknown currency.</param>
/// <param name="Refused">Refused: no access, or more requests than a limit allows.</param>
/// <param name="Failed">Answered with a problem of the service, such as no rates yet.</param>
/// <param name="Reconnects">How often the transport was opened again.</param>
internal sealed record ChannelOutcomes(long Answered, long Problems, long Refused, long Failed, long Reconnects)
{
    /// <summary>Whether a status is that of an answer with figures.</summary>
    public static bool IsAnswer(int status) => status is >= 200 and < 300;

    /// <summary>One request more that ended with a status.</summary>
    public ChannelOutcomes With(int status) => status switch
    {
        >= 200 and < 300 => this with { Answered = Answered + 1 },
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests =>
            this with { Refused = Refused + 1 },
        >= 500 => this with { Failed = Failed + 1 },
        _ => this with { Problems = Problems + 1 },
    };
}
