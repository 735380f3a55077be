using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Rates.Api.Tests;
using Rates.Testing;

namespace Rates.Client.Tests;

/// <summary>The client as an application registers it, in front of the real Api over made-up sheets.</summary>
internal sealed class ClientFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ClientFixture(Action<RatesClientOptions>? configure = null, FakeTimeProvider? time = null)
    {
        Way = new(Api.Server.CreateHandler());
        var services = new ServiceCollection();
        services.AddRatesClient(options =>
        {
            options.Address = new("http://rates.example");
            configure?.Invoke(options);
        }).ConfigurePrimaryHttpMessageHandler(() => Way);
        if (time is not null)
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
        }

        _services = services.BuildServiceProvider();
    }

    public ApiFixture Api { get; } = new();

    public RecordedWay Way { get; }

    public RatesClient Client => _services.GetRequiredService<RatesClient>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Api.DisposeAsync();
    }
}

/// <summary>What lies between client and service: it keeps what passes, and can be cut.</summary>
internal sealed class RecordedWay(HttpMessageHandler service) : DelegatingHandler(service)
{
    private readonly Lock _lock = new();
    private readonly List<(HttpRequestMessage Request, HttpStatusCode Status)> _passed = [];

    /// <summary>How many of the next requests fail, and with what; null as the status means that the connection is refused.</summary>
    public (int Count, HttpStatusCode? Status) Fail { get; set; }

    /// <summary>The header of failures that ask to wait; null for none.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>Makes the body of answers instead of the service; null for those of the service.</summary>
    public Func<Stream>? Body { get; set; }

    /// <summary>Whether answers with such a body have an entity tag.</summary>
    public bool HasTag { get; set; } = true;

    public IReadOnlyList<(HttpRequestMessage Request, HttpStatusCode Status)> Passed
    {
        get
        {
            lock (_lock)
            {
                return [.. _passed];
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Fail is { Count: > 0 } fail)
        {
            Fail = fail with { Count = fail.Count - 1 };
            return fail.Status is { } status ? Note(request, Failure(status)) : throw new HttpRequestException("Connection refused");
        }

        if (Body is { } body)
        {
            var answer = new HttpResponseMessage { Content = new StreamContent(body()) };
            answer.Content.Headers.ContentType = new("application/json");
            answer.Headers.ETag = HasTag ? new("\"a\"") : null;
            return Note(request, answer);
        }

        return Note(request, await base.SendAsync(request, cancellationToken));
    }

    private HttpResponseMessage Failure(HttpStatusCode status)
    {
        var failure = new HttpResponseMessage(status);
        failure.Headers.RetryAfter = RetryAfter is { } wait ? new(wait) : null;
        return failure;
    }

    private HttpResponseMessage Note(HttpRequestMessage request, HttpResponseMessage response)
    {
        lock (_lock)
        {
            _passed.Add((request, response.StatusCode));
        }

        return response;
    }
}

/// <summary>The body of an answer that begins and does not end: it is cut off, or nothing more comes.</summary>
internal sealed class UnendingStream(bool isStalled) : MemoryStream("{\"base\":"u8.ToArray())
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = Read(buffer.Span);
        if (read == 0 && !isStalled)
        {
            throw new IOException("The connection was cut");
        }

        await Task.Delay(read == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, TimeProvider.System, cancellationToken);
        return read;
    }
}
