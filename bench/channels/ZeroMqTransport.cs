using NetMQ;
using NetMQ.Sockets;
using Rates.Testing;

namespace Rates.Channels.Bench;

/// <summary>ZeroMQ: a ROUTER socket, and a REQ socket for each client.</summary>
internal sealed class ZeroMqTransport : ITransport
{
    private readonly string _channel = $"tcp://127.0.0.1:{RedisServer.FreePort()}";
    private readonly string _echo = $"tcp://127.0.0.1:{RedisServer.FreePort()}";

    /// <inheritdoc/>
    public string Type => "zeromq";

    /// <inheritdoc/>
    public IEnumerable<(string Name, string Value)> Settings => [("Address", _channel)];

    /// <inheritdoc/>
    public Task<IAsyncDisposable> StartEchoAsync(byte[] body)
    {
        var router = new RouterSocket();
        router.Bind(_echo);
        var poller = new NetMQPoller { router };
        router.ReceiveReady += (_, _) =>
        {
            var request = new NetMQMessage();
            while (router.TryReceiveMultipartMessage(ref request))
            {
                router.SendMoreFrame(request[0].ToByteArray()).SendMoreFrameEmpty().SendMoreFrame("200").SendMoreFrame("application/json")
                    .SendFrame(body);
            }
        };
        poller.RunAsync("echo");
        return Task.FromResult<IAsyncDisposable>(new Closing(() =>
        {
            poller.Dispose();
            router.Dispose();
            return ValueTask.CompletedTask;
        }));
    }

    /// <inheritdoc/>
    public Task<IClient> ConnectAsync(bool isEcho) => Task.FromResult<IClient>(new Client(isEcho ? _echo : _channel));

    private sealed class Client(string address) : IClient
    {
        private readonly RequestSocket _socket = new(address);

        // Without a wait in between, so that the socket stays on one thread.
        public Task AskAsync()
        {
            _socket.SendMoreFrame("rates").SendFrame(Service.Query);
            _ = _socket.ReceiveMultipartBytes();
            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            _socket.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
