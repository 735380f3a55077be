using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Pipelines.Sockets.Unofficial.Pumping;

/// <summary>
/// The owner's end of the incoming pipe: counts what has been consumed, since a pipe does not tell how much it holds, and
/// says when the owner will read no more, since a receive loop that waits for the peer would not notice.
/// </summary>
internal sealed class InputReader(PipeReader inner, Action completing) : PipeReader
{
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
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        ReadResult result = await inner.ReadAsync(cancellationToken).ConfigureAwait(false);
        _lastRead = result.Buffer;
        return result;
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
}
