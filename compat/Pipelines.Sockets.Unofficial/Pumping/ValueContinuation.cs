namespace Pipelines.Sockets.Unofficial.Pumping;

/// <summary>
/// Turns the continuation of a value task into the plain delegate that awaiters take, with one delegate for all awaits:
/// awaiting allocates nothing, whatever thread completes it. Boxes pooled by the compiler are kept per core and can miss.
/// </summary>
internal sealed class ValueContinuation
{
    private readonly Action _run;
    private Action<object?>? _continuation;
    private object? _state;

    public ValueContinuation() => _run = Run;

    /// <summary>The delegate that runs <paramref name="continuation"/>; to be called before the next one is held.</summary>
    public Action Holding(Action<object?> continuation, object? state)
    {
        _continuation = continuation;
        _state = state;
        return _run;
    }

    private void Run()
    {
        Action<object?> continuation = _continuation!;
        object? state = _state;
        _continuation = null;
        _state = null;
        continuation(state);
    }
}
