using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Rates.Worker.Tests;

/// <summary>An HTTP server on loopback that keeps what is posted to it.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public HookServer()
    {
        // HttpListener cannot choose a port by itself.
        for (var isBound = false; !isBound;)
        {
            Port = Random.Shared.Next(20_000, 60_000);
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
            try
            {
                _listener.Start();
                isBound = true;
            }
            catch (HttpListenerException)
            {
                continue;
            }
        }

        _serving = ServeAsync();
    }

    public int Port { get; private set; }

    public string Address => $"http://127.0.0.1:{Port}/hook";

    /// <summary>Each request, refused ones included.</summary>
    public ConcurrentQueue<(string Body, IReadOnlyDictionary<string, string> Headers)> Calls { get; } = [];

    /// <summary>How many requests are answered 503 before one is taken.</summary>
    public int Refusals { get; set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                var body = await reader.ReadToEndAsync();
                var headers = context.Request.Headers;
                Calls.Enqueue((body, headers.AllKeys.ToDictionary(name => name!, name => headers[name] ?? "")));
                context.Response.StatusCode = Refusals-- > 0 ? 503 : 200;
                context.Response.Close();
            }
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
