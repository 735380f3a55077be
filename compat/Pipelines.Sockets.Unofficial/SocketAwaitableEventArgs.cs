using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using Pipelines.Sockets.Unofficial.Pumping;

namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// Socket event args that can be awaited, so that one instance serves a whole series of operations without allocating:
/// start an operation, call <see cref="Complete"/> if the socket says it is already over, await, repeat.
/// </summary>
/// <remarks>One operation and one await at a time; <see cref="Abort"/> may come from any thread and is final.</remarks>
public sealed class SocketAwaitableEventArgs : SocketAsyncEventArgs, ICriticalNotifyCompletion, IValueTaskSource<int>
{
    // The state is null while the operation runs, the continuation once somebody awaits it, and in the end a mark.
    private static readonly Action CompletedMark = static () => { };
    private static readonly Action AbortedMark = static () => { };

    private readonly PipeScheduler? _scheduler;
    private Action? _state;
    private SocketError _abortReason;
    private ValueContinuation? _asValueTask;

    /// <summary>Execution context does not flow: the loops of a connection would keep their creator's alive.</summary>
    /// <param name="scheduler">Where the await resumes; null: on the thread that completes the operation.</param>
    public SocketAwaitableEventArgs(PipeScheduler? scheduler = null)
        : base(true) =>
        _scheduler = ReferenceEquals(scheduler, PipeScheduler.Inline) ? null : scheduler;

    /// <summary>Whether the operation has completed or been aborted.</summary>
    public bool IsCompleted => IsOver(Volatile.Read(ref _state));

    /// <summary>The instance is its own awaiter.</summary>
    public SocketAwaitableEventArgs GetAwaiter() => this;

    /// <summary>Ends the await and makes the instance ready for the next operation.</summary>
    /// <returns>Bytes transferred.</returns>
    /// <exception cref="SocketException">The operation failed or was aborted.</exception>
    /// <exception cref="InvalidOperationException">The operation is still running.</exception>
    public int GetResult()
    {
        Action? state = Volatile.Read(ref _state);
        if (!IsOver(state)) throw new InvalidOperationException("The socket operation is still running.");
        if (ReferenceEquals(state, AbortedMark)) throw new SocketException((int)_abortReason);

        Volatile.Write(ref _state, null);
        return SocketError == SocketError.Success ? BytesTransferred : throw new SocketException((int)SocketError);
    }

    /// <inheritdoc />
    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    /// <inheritdoc />
    public void UnsafeOnCompleted(Action continuation)
    {
        Action? before = Interlocked.CompareExchange(ref _state, continuation, null);
        if (before is null) return;
        if (!IsOver(before)) throw new InvalidOperationException("The socket operation is already awaited.");

        // It completed since IsCompleted was asked. Resuming right here would nest one loop turn into another.
        Resume(_scheduler ?? PipeScheduler.ThreadPool, continuation);
    }

    /// <summary>Marks the operation as over; the socket itself calls this for one that completes later.</summary>
    public void Complete() => End(CompletedMark);

    /// <summary>
    /// Ends the await with an error unless the operation is already over. Final: the operation may still be running
    /// underneath, so the instance takes no further one.
    /// </summary>
    public void Abort(SocketError error = SocketError.OperationAborted)
    {
        _abortReason = error == SocketError.Success ? SocketError.OperationAborted : error;
        End(AbortedMark);
    }

    int IValueTaskSource<int>.GetResult(short token) => GetResult();

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token)
    {
        Action? state = Volatile.Read(ref _state);
        if (!IsOver(state)) return ValueTaskSourceStatus.Pending;
        return ReferenceEquals(state, CompletedMark) && SocketError == SocketError.Success
            ? ValueTaskSourceStatus.Succeeded
            : ValueTaskSourceStatus.Faulted;
    }

    void IValueTaskSource<int>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        UnsafeOnCompleted((_asValueTask ??= new ValueContinuation()).Holding(continuation, state));

    /// <summary>The operation just started as a value task, which is to be awaited once and before the next one starts.</summary>
    /// <param name="pending">What the socket said: false if the operation is over already.</param>
    internal ValueTask<int> Started(bool pending)
    {
        if (!pending) Complete();
        return new ValueTask<int>(this, token: 0);
    }

    /// <inheritdoc />
    protected override void OnCompleted(SocketAsyncEventArgs e) => Complete();

    private static bool IsOver(Action? state) =>
        ReferenceEquals(state, CompletedMark) || ReferenceEquals(state, AbortedMark);

    private static void Resume(PipeScheduler scheduler, Action continuation) =>
        scheduler.Schedule(static state => ((Action)state!)(), continuation);

    private void End(Action mark)
    {
        Action? expected = Volatile.Read(ref _state);
        while (!IsOver(expected))
        {
            Action? before = Interlocked.CompareExchange(ref _state, mark, expected);
            if (!ReferenceEquals(before, expected))
            {
                expected = before;
                continue;
            }

            if (expected is not null) Resume(_scheduler ?? PipeScheduler.Inline, expected);
            return;
        }
    }
}
