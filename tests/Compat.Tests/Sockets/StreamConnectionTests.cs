using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Pipelines.Sockets.Unofficial;
using Rates.Compat.Tests.Redis;
using Rates.Testing;

namespace Rates.Compat.Tests.Sockets;

public class StreamConnectionTests
{
    private static readonly byte[] Some = [1, 2, 3];

    [Fact]
    public async Task Bytes_go_both_ways_through_TLS_and_end_in_order()
    {
        (Stream client, Stream peer) = await TlsAsync();
        IDuplexPipe pipe = StreamConnection.GetDuplex(client, name: "tls");
        byte[] sent = Pipes.RandomBytes(1_000_000, seed: 5);

        Task sending = pipe.Output.WriteInTimeAsync(sent);
        var received = new byte[sent.Length];
        await peer.ReadExactlyAsync(received, TestContext.Current.CancellationToken);
        await sending;
        await peer.WriteAsync(sent, TestContext.Current.CancellationToken);
        await peer.DisposeAsync();

        Assert.Equal(sent, received);
        Assert.Equal(sent, await pipe.Input.ReadToEndAsync());
        await pipe.Output.FlushUntilCompletedAsync();
        var measured = Assert.IsType<IMeasuredDuplexPipe>(pipe, exactMatch: false);
        Assert.Equal(sent.Length, measured.TotalBytesReceived);
        Assert.True(measured.TotalBytesSent >= sent.Length);
        Assert.Equal("tls", pipe.ToString());
    }

    [Fact]
    public async Task A_reset_under_a_stream_faults_both_pipes()
    {
        (Socket client, Socket peer) = await Loopback.SocketsAsync();
        IDuplexPipe pipe = StreamConnection.GetDuplex(new NetworkStream(client, ownsSocket: true));

        peer.LingerState = new LingerOption(enable: true, seconds: 0);
        peer.Dispose();

        await Assert.ThrowsAsync<ConnectionResetException>(() => pipe.Input.ReadToEndAsync());
        await Assert.ThrowsAsync<ConnectionResetException>(() => pipe.Output.FlushUntilCompletedAsync());
    }

    [Fact]
    public async Task Disposal_ends_both_pipes_and_the_stream()
    {
        (Socket client, Socket peer) = await Loopback.SocketsAsync();
        using Socket peer1 = peer;
        IDuplexPipe pipe = StreamConnection.GetDuplex(new NetworkStream(client, ownsSocket: true));
        Task<byte[]> reading = pipe.Input.ReadToEndAsync();

        ((IDisposable)pipe).Dispose();
        ((IDisposable)pipe).Dispose();

        Assert.Empty(await reading);
        await pipe.Output.FlushUntilCompletedAsync();
        await Eventually.IsAsync(() => client.SafeHandle.IsClosed, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_stream_that_ignores_disposal_does_not_keep_the_pipes_open()
    {
        IDuplexPipe pipe = StreamConnection.GetDuplex(new SilentStream());
        Task<byte[]> reading = pipe.Input.ReadToEndAsync();

        ((IDisposable)pipe).Dispose();

        Assert.Empty(await reading);
    }

    [Fact]
    public async Task A_reader_reads_a_stream_to_its_end_and_closes_it()
    {
        byte[] content = Pipes.RandomBytes(100_000, seed: 6);
        var stream = new MemoryStream(content);
        PipeReader reader = StreamConnection.GetReader(stream);

        byte[] read = await reader.ReadToEndAsync();
        await reader.CompleteAsync();

        Assert.Equal(content, read);
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void A_stream_of_one_direction_is_refused() =>
        Assert.Throws<ArgumentException>(() => StreamConnection.GetDuplex(new MemoryStream([1], writable: false)));

    private static async Task<(Stream Client, Stream Peer)> TlsAsync()
    {
        (Socket client, Socket peer) = await Loopback.SocketsAsync();
        using var files = new ServerCertificateFiles();
        var clientStream = new SslStream(new NetworkStream(client, ownsSocket: true));
        var peerStream = new SslStream(new NetworkStream(peer, ownsSocket: true));
        await Task.WhenAll(
            peerStream.AuthenticateAsServerAsync(files.Load()),
            clientStream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = $"{IPAddress.Loopback}",
                RemoteCertificateValidationCallback = (_, presented, _, _) => files.Presents(presented),
            }));
        return (clientStream, peerStream);
    }

    /// <summary>Never has anything to read and keeps a pending read whatever happens, unless it is cancelled.</summary>
    private sealed class SilentStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return 0;
        }
    }
}
