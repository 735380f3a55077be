using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial.Pumping;

/// <summary>
/// The two loops between a transport and a pair of pipes. Whatever ends one loop ends the other: peer and owner each see
/// every byte that was flushed before an orderly end, both pipes complete with the first fault otherwise, and no exception
/// leaves a loop. The transport is released once nobody can use it any more, or at Dispose.
/// </summary>
internal sealed class DuplexPump : IDisposable
{
    private readonly ITransport _transport;
    private readonly Pipe _incoming;
    private readonly Pipe _outgoing;
    private readonly bool _waitBeforeRenting;
    private Closing? _closing;
    private PipeShutdownKind _announced;
    private int _runningLoops = 2;
    private long _received;
    private long _sent;
    private int _lastReceived = -1;

    private DuplexPump(ITransport transport, PipeOptions send, PipeOptions receive, bool waitBeforeRenting)
    {
        _transport = transport;
        _incoming = new Pipe(receive);
        _outgoing = new Pipe(send);
        _waitBeforeRenting = waitBeforeRenting;
        Input = new InputReader(_incoming.Reader, InputCompleted);
        Output = new OutputWriter(_outgoing.Writer);
    }

    /// <summary>What has been received.</summary>
    public InputReader Input { get; }

    /// <summary>What is to be sent.</summary>
    public OutputWriter Output { get; }

    /// <summary>Bytes received so far.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Bytes sent so far.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Bytes of the last receive; 0 at the end of the stream, -1 before the first.</summary>
    public int LastReceived => Volatile.Read(ref _lastReceived);

    /// <summary>What was announced before the connection closed, else why it closed; None while it is open.</summary>
    public PipeShutdownKind ShutdownKind => _announced is not PipeShutdownKind.None
        ? _announced
        : Volatile.Read(ref _closing)?.Kind ?? PipeShutdownKind.None;

    /// <summary>Why the connection was closed; null while it is open.</summary>
    public Closing? Closing => Volatile.Read(ref _closing);

    /// <summary>Starts both loops, each on the scheduler that its side of the pipe options names.</summary>
    public static DuplexPump Start(ITransport transport, PipeOptions send, PipeOptions receive, bool waitBeforeRenting)
    {
        var pump = new DuplexPump(transport, send, receive, waitBeforeRenting);
        receive.WriterScheduler.Schedule(static state => _ = ((DuplexPump)state!).ReceiveUntilClosedAsync(), pump);
        send.ReaderScheduler.Schedule(static state => _ = ((DuplexPump)state!).SendUntilClosedAsync(), pump);
        return pump;
    }

    /// <summary>Records an end that is coming. False if one was announced before or the connection is closed.</summary>
    public bool TryAnnounce(PipeShutdownKind kind) =>
        Closing is null
        && Interlocked.CompareExchange(ref _announced, kind, PipeShutdownKind.None) is PipeShutdownKind.None;

    /// <summary>Closes the transport at once; both loops end and both pipes complete soon after.</summary>
    public void Dispose()
    {
        TryClose(new Closing(PipeShutdownKind.PipeDisposed));
        Abort();
    }

    // Everything that can go wrong ends up in the inner task, where it does no harm, and is read from there.
    private async Task ReceiveUntilClosedAsync()
    {
        Task receiving = ReceiveAsync();
        await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (FaultOf(receiving) is { } fault)
        {
            TryClose(Closing.WhileReceiving(fault));
            Abort();
        }

        _incoming.Writer.Complete(Closing?.Fault);
        FinishOutput();
        LoopEnded();
    }

    private async Task SendUntilClosedAsync()
    {
        Task sending = SendAsync();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (FaultOf(sending) is { } fault) TryClose(Closing.WhileSending(fault));

        _outgoing.Reader.Complete(Closing?.Fault);

        // After a half-close, which closes nothing yet, replies may still come.
        if (Closing is not null) Abort();
        LoopEnded();
    }

    private async Task ReceiveAsync()
    {
        PipeWriter writer = _incoming.Writer;
        while (true)
        {
            if (_waitBeforeRenting) await _transport.ReceiveAsync(Memory<byte>.Empty).ConfigureAwait(false);
            int count = await _transport.ReceiveAsync(writer.GetMemory()).ConfigureAwait(false);
            Volatile.Write(ref _lastReceived, count);
            if (count == 0)
            {
                TryClose(new Closing(PipeShutdownKind.ReadEndOfStream));
                return;
            }

            Interlocked.Add(ref _received, count);
            writer.Advance(count);
            FlushResult flush = await writer.FlushAsync().ConfigureAwait(false);
            if (flush.IsCompleted || flush.IsCanceled) return;
        }
    }

    private async Task SendAsync()
    {
        PipeReader reader = _outgoing.Reader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync().ConfigureAwait(false);
            foreach (ReadOnlyMemory<byte> segment in read.Buffer)
            {
                for (int done = 0; done < segment.Length;)
                {
                    int count = await _transport.SendAsync(segment[done..]).ConfigureAwait(false);
                    Interlocked.Add(ref _sent, count);
                    done += count;
                }
            }

            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                TryAnnounce(PipeShutdownKind.WriteEndOfStream);
                _transport.FinishSending();
            }

            if (read.IsCompleted || read.IsCanceled) return;
        }
    }

    private static Exception? FaultOf(Task loop) => loop.IsCompletedSuccessfully
        ? null
        : loop.Exception?.InnerException ?? new OperationCanceledException();

    // Comes before the pipe knows, so that the reason is on record by the time the loops notice.
    private void InputCompleted()
    {
        TryClose(new Closing(PipeShutdownKind.InputReaderCompleted));
        FinishOutput();
    }

    private bool TryClose(Closing closing) => Interlocked.CompareExchange(ref _closing, closing, null) is null;

    // The send loop sends what has been flushed, then ends. A server that no longer sends cannot answer what would follow.
    private void FinishOutput() => _outgoing.Reader.CancelPendingRead();

    private void Abort()
    {
        _transport.Dispose();
        _incoming.Writer.CancelPendingFlush();
        _outgoing.Reader.CancelPendingRead();
    }

    private void LoopEnded()
    {
        if (Interlocked.Decrement(ref _runningLoops) == 0) _transport.Dispose();
    }
}
