using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Rates.Upstream;

/// <summary>
/// Plays every source of a test: <c>http://127.0.0.1:port/&lt;provider&gt;/...</c> serves that provider's documents, or goes wrong as
/// scripted. Every request is in the ledger. Under <c>/_control</c> it is told what to do by other processes.
/// </summary>
public sealed class UpstreamServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, UpstreamSource> _sources = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<UpstreamCall> _ledger = new();
    private readonly Task _accepting;
    private int _connections;

    private UpstreamServer(int port)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The port it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every request so far, in order; those under <c>/_control</c> left out.</summary>
    public IReadOnlyList<UpstreamCall> Ledger => [.. _ledger];

    /// <summary>Connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The provider's part of the server.</summary>
    public UpstreamSource this[string provider] => _sources.GetOrAdd(provider, _ => new UpstreamSource());

    /// <summary>Starts on a port of 127.0.0.1; 0 for a free one.</summary>
    public static UpstreamServer Start(int port = 0) => new(port);

    /// <summary>The base address to give to the provider.</summary>
    public Uri AddressOf(string provider) => new($"http://127.0.0.1:{Port}/{provider}/");

    /// <summary>The provider's requests so far.</summary>
    public IReadOnlyList<UpstreamCall> CallsOf(string provider) => [.. _ledger.Where(call => call.Provider == provider)];

    /// <summary>Forgets the requests so far.</summary>
    public void ClearLedger() => _ledger.Clear();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                serving.RemoveAll(task => task.IsCompleted);
                serving.Add(ServeAsync(socket));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = socket;
        await using var stream = new NetworkStream(socket, ownsSocket: false);
        try
        {
            while (await HttpRequestText.ReadAsync(stream, _stop.Token) is { } request
                && await AnswerAsync(request, new AnswerWriter(socket, stream, _stop.Token)))
            {
                continue;
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or SocketException)
        {
            // The peer has gone, or the server stops: nobody is left to answer.
            return;
        }
    }

    private async Task<bool> AnswerAsync(HttpRequestText request, AnswerWriter writer)
    {
        var (provider, path) = request.Target.TrimStart('/').Split('/', 2) is [var first, var rest]
            ? (first, rest)
            : (request.Target.TrimStart('/'), "");
        if (provider == "_control")
        {
            var (status, answer) = UpstreamControl.Obey(this, request, path);
            return await writer.WholeAsync(status, "application/json", answer);
        }

        var source = this[provider];
        var fault = source.Take();
        _ledger.Enqueue(new(TimeProvider.System.GetUtcNow(), provider, request.Method, path, request.Headers, request.Body, fault));
        return await writer.WriteAsync(request, source.Find(path), fault);
    }
}
