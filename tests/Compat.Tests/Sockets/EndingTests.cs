using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;
using Rates.Testing;

namespace Rates.Compat.Tests.Sockets;

/// <summary>Whatever ends a connection: both pipes complete, the reason is on record, the socket is released.</summary>
public class EndingTests
{
    private static readonly byte[] Some = [1, 2, 3];

    [Fact]
    public async Task When_the_peer_finishes_both_pipes_end_in_order()
    {
        using Loopback pair = await Loopback.ConnectAsync();
        await pair.Peer.SendAsync(Some);

        pair.Peer.Shutdown(SocketShutdown.Send);

        Assert.Equal(Some, await pair.Connection.Input.ReadToEndAsync());
        await pair.Connection.Output.FlushUntilCompletedAsync();
        Assert.Equal(PipeShutdownKind.ReadEndOfStream, pair.Connection.ShutdownKind);
        Assert.Equal(SocketError.Success, pair.Connection.SocketError);
        Assert.Equal(0, pair.Connection.LastReceived);
        await Eventually.IsAsync(() => IsClosed(pair.Client), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task What_was_flushed_before_the_peer_finished_still_goes_out()
    {
        using Loopback pair = await Loopback.ConnectAsync();
        byte[] flushed = Pipes.RandomBytes(50_000, seed: 3);
        await pair.Connection.Output.WriteInTimeAsync(flushed);

        pair.Peer.Shutdown(SocketShutdown.Send);

        Assert.Equal(flushed, await pair.Peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task A_reset_faults_both_pipes()
    {
        using Loopback pair = await Loopback.ConnectAsync();

        pair.ResetByPeer();

        await Assert.ThrowsAsync<ConnectionResetException>(() => pair.Connection.Input.ReadToEndAsync());
        await Assert.ThrowsAsync<ConnectionResetException>(() => pair.Connection.Output.FlushUntilCompletedAsync());
        Assert.Equal(PipeShutdownKind.ReadSocketError, pair.Connection.ShutdownKind);
        Assert.Equal(SocketError.ConnectionReset, pair.Connection.SocketError);
        await Eventually.IsAsync(() => IsClosed(pair.Client), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_reset_is_noticed_by_a_writer_whose_owner_does_not_read()
    {
        var small = new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1, useSynchronizationContext: false);
        using Loopback pair = await Loopback.ConnectAsync(receive: small);
        await pair.Peer.SendAsync(Some);
        await Eventually.IsAsync(() => pair.Connection.BytesRead == Some.Length, TestContext.Current.CancellationToken);

        pair.ResetByPeer();

        await Assert.ThrowsAsync<ConnectionResetException>(() => pair.Connection.Output.FlushUntilCompletedAsync());
        await Assert.ThrowsAsync<ConnectionResetException>(() => pair.Connection.Input.ReadToEndAsync());
        Assert.Equal(PipeShutdownKind.WriteSocketError, pair.Connection.ShutdownKind);
        Assert.NotEqual(SocketError.Success, pair.Connection.SocketError);
    }

    [Fact]
    public async Task Completing_the_output_is_a_half_close_after_which_replies_still_arrive()
    {
        using Loopback pair = await Loopback.ConnectAsync();
        await pair.Connection.Output.WriteInTimeAsync(Some);

        await pair.Connection.Output.CompleteAsync();
        byte[] question = await pair.Peer.ReceiveToEndAsync();
        await pair.Peer.SendAsync(Some);
        pair.Peer.Shutdown(SocketShutdown.Send);

        Assert.Equal(Some, question);
        Assert.Equal(Some, await pair.Connection.Input.ReadToEndAsync());
        Assert.Equal(PipeShutdownKind.WriteEndOfStream, pair.Connection.ShutdownKind);
        await Eventually.IsAsync(() => IsClosed(pair.Client), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_reset_after_the_half_close_is_not_taken_for_an_orderly_end()
    {
        using Loopback pair = await Loopback.ConnectAsync();
        await pair.Connection.Output.CompleteAsync();
        await pair.Peer.ReceiveToEndAsync();

        pair.ResetByPeer();

        await Assert.ThrowsAsync<ConnectionResetException>(() => pair.Connection.Input.ReadToEndAsync());
        Assert.Equal(PipeShutdownKind.WriteEndOfStream, pair.Connection.ShutdownKind);
        Assert.Equal(SocketError.ConnectionReset, pair.Connection.SocketError);
    }

    [Fact]
    public async Task Completing_the_input_sends_the_rest_and_closes()
    {
        using Loopback pair = await Loopback.ConnectAsync();
        byte[] flushed = Pipes.RandomBytes(50_000, seed: 4);
        await pair.Connection.Output.WriteInTimeAsync(flushed);

        await pair.Connection.Input.CompleteAsync();

        Assert.Equal(flushed, await pair.Peer.ReceiveToEndAsync());
        await pair.Connection.Output.FlushUntilCompletedAsync();
        Assert.Equal(PipeShutdownKind.InputReaderCompleted, pair.Connection.ShutdownKind);
        await Eventually.IsAsync(() => IsClosed(pair.Client), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Disposal_ends_both_pipes_and_the_peer()
    {
        using Loopback pair = await Loopback.ConnectAsync();
        Task<byte[]> reading = pair.Connection.Input.ReadToEndAsync();

        pair.Connection.Dispose();
        pair.Connection.Dispose();

        Assert.Empty(await reading);
        await pair.Connection.Output.FlushUntilCompletedAsync();
        Assert.Empty(await pair.Peer.ReceiveToEndAsync());
        Assert.Equal(PipeShutdownKind.PipeDisposed, pair.Connection.ShutdownKind);
        Assert.Equal(SocketError.Success, pair.Connection.SocketError);
        Assert.Equal(0, pair.Connection.GetCounters().BytesAvailableOnSocket);
    }

    [Fact]
    public async Task A_socket_disposed_by_somebody_else_faults_both_pipes()
    {
        using Loopback pair = await Loopback.ConnectAsync();
        await pair.Peer.SendAsync(Some);
        await Eventually.IsAsync(() => pair.Connection.BytesRead == Some.Length, TestContext.Current.CancellationToken);

        pair.Client.Dispose();

        await Assert.ThrowsAnyAsync<Exception>(() => pair.Connection.Input.ReadToEndAsync());
        await Assert.ThrowsAnyAsync<Exception>(() => pair.Connection.Output.FlushUntilCompletedAsync());
        Assert.Equal(PipeShutdownKind.ReadDisposed, pair.Connection.ShutdownKind);
    }

    [Fact]
    public async Task A_fault_outside_the_socket_ends_the_receive_loop_and_both_pipes()
    {
        var exhausted = new PipeOptions(pool: new ExhaustedPool(), useSynchronizationContext: false);
        using Loopback pair = await Loopback.ConnectAsync(receive: exhausted);

        await Assert.ThrowsAsync<InvalidOperationException>(() => pair.Connection.Input.ReadToEndAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => pair.Connection.Output.FlushUntilCompletedAsync());

        Assert.Equal(PipeShutdownKind.ReadException, pair.Connection.ShutdownKind);
        Assert.Empty(await pair.Peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task An_output_completed_with_an_error_ends_both_pipes()
    {
        using Loopback pair = await Loopback.ConnectAsync();

        await pair.Connection.Output.CompleteAsync(new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(() => pair.Connection.Input.ReadToEndAsync());
        Assert.Equal(PipeShutdownKind.WriteException, pair.Connection.ShutdownKind);
        Assert.Empty(await pair.Peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task An_exit_announced_by_protocol_explains_the_end_that_follows()
    {
        using Loopback pair = await Loopback.ConnectAsync();

        bool other = pair.Connection.TrySetProtocolShutdown(PipeShutdownKind.ReadEndOfStream);
        bool first = pair.Connection.TrySetProtocolShutdown(PipeShutdownKind.ProtocolExitServer);
        bool second = pair.Connection.TrySetProtocolShutdown(PipeShutdownKind.ProtocolExitClient);
        pair.Peer.Dispose();
        await pair.Connection.Input.ReadToEndAsync();

        Assert.Equal((false, true, false), (other, first, second));
        Assert.Equal(PipeShutdownKind.ProtocolExitServer, pair.Connection.ShutdownKind);
    }

    [Fact]
    public async Task An_exit_announced_after_the_end_explains_nothing()
    {
        using Loopback pair = await Loopback.ConnectAsync();
        pair.Peer.Dispose();
        await pair.Connection.Input.ReadToEndAsync();

        Assert.False(pair.Connection.TrySetProtocolShutdown(PipeShutdownKind.ProtocolExitClient));
        Assert.Equal(PipeShutdownKind.ReadEndOfStream, pair.Connection.ShutdownKind);
    }

    private static bool IsClosed(Socket socket) => socket.SafeHandle.IsClosed;

    private sealed class ExhaustedPool : MemoryPool<byte>
    {
        public override int MaxBufferSize => int.MaxValue;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => throw new InvalidOperationException();

        protected override void Dispose(bool disposing)
        {
        }
    }
}
