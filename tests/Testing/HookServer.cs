using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Rates.Testing;

/// <summary>An HTTP server on loopback that keeps what is posted to it.</summary>
public sealed class HookServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    public HookServer()
    {
        (_listener, Port) = Listen();
        _serving = ServeAsync();
    }

    public int Port { get; }

    public string Address => $"http://127.0.0.1:{Port}/hook";

    /// <summary>Each request, refused ones included.</summary>
    public ConcurrentQueue<(string Body, IReadOnlyDictionary<string, string> Headers)> Calls { get; } = [];

    /// <summary>How many requests are answered 503 before one is taken.</summary>
    public int Refusals { get; set; }

    /// <summary>Called with each request before it is answered.</summary>
    public Func<Task> Taking { get; set; } = () => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    // HttpListener cannot choose a port by itself, and one that did not start cannot be used again.
    private static (HttpListener Listener, int Port) Listen()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 60_000);
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException)
            {
                // The port is taken: another.
            }
        }
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
                await Taking();
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
