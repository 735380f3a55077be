using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Tasks.Sources;

namespace Pipelines.Sockets.Unofficial.Pumping;

/// <summary>
/// The owner's end of the incoming pipe: counts what has been consumed, since a pipe does not tell how much it holds, and
/// says when the owner will read no more, since a receive loop that waits for the peer would not notice.
/// </summary>
internal sealed class InputReader(PipeReader inner, Action completing) : PipeReader, IValueTaskSource<ReadResult>
{
    private readonly ValueContinuation _continuation = new();
    private ValueTask<ReadResult> _pending;
    private ReadOnlySequence<byte> _lastRead;
    private long _consumed;

    /// <summary>Bytes that the owner has taken out of the pipe.</summary>
    public long Consumed => Interlocked.Read(ref _consumed);

    /// <inheritdoc />
    public override bool TryRead(out ReadResult result)
    {
        bool any = inner.TryRead(out result);
        if (any) _lastRead = result.Buffer;
        return any;
    }

    /// <inheritdoc />
    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
#pragma warning disable CA2012 // consumed once, in GetResult
        _pending = inner.ReadAsync(cancellationToken);
#pragma warning restore CA2012
        return new ValueTask<ReadResult>(this, token: 0);
    }

    /// <inheritdoc />
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <inheritdoc />
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        long taken = _lastRead.IsEmpty ? 0 : _lastRead.GetOffset(consumed) - _lastRead.GetOffset(_lastRead.Start);
        _lastRead = default;
        inner.AdvanceTo(consumed, examined);
        Interlocked.Add(ref _consumed, taken);
    }

    /// <inheritdoc />
    public override void CancelPendingRead() => inner.CancelPendingRead();

    /// <inheritdoc />
    public override void Complete(Exception? exception = null)
    {
        completing();
        inner.Complete(exception);
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token)
    {
        ReadResult result = _pending.GetAwaiter().GetResult();
        _lastRead = result.Buffer;
        return result;
    }

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _pending switch
    {
        { IsCompletedSuccessfully: true } => ValueTaskSourceStatus.Succeeded,
        { IsCompleted: false } => ValueTaskSourceStatus.Pending,
        { IsCanceled: true } => ValueTaskSourceStatus.Canceled,
        _ => ValueTaskSourceStatus.Faulted,
    };

    void IValueTaskSource<ReadResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        // Bits rather than HasFlag, which allocates until the method has been optimized.
        bool captureContext = (flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != ValueTaskSourceOnCompletedFlags.None;
        bool flowContext = (flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != ValueTaskSourceOnCompletedFlags.None;
        var awaiter = _pending.ConfigureAwait(captureContext).GetAwaiter();
        Action run = _continuation.Holding(continuation, state);
        if (flowContext) awaiter.OnCompleted(run);
        else awaiter.UnsafeOnCompleted(run);
    }
}
