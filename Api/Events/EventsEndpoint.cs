using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;

namespace Rates.Api;

/// <summary>Answers <c>/v1/events</c>: sends clients an event for every change of a provider's rates, as server-sent events.</summary>
/// <remarks>
/// An event's id is the epoch and version under which a sheet was published, the same in every Api. A client that comes back with
/// <c>Last-Event-ID</c> gets each provider's newest sheet since then, at most one event per provider, so that the Api need not store
/// events, and none that it has read already.
/// </remarks>
internal sealed class EventsEndpoint(
    ChangeFollowers followers, ClientAddress addresses, AccessWatch access, IOptions<ApiOptions> options, TimeProvider time,
    IHostApplicationLifetime lifetime)
{
    /// <summary>The content type of the stream.</summary>
    public const string ContentType = "text/event-stream";

    private static readonly AnswerJson<EventData> Json = new(options => new EventsJson(options).EventData);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(15);

    // Some hundred events. By itself the system keeps megabytes for a client that does not read, and it is noticed only when they are full.
    private const int SendBufferBytes = 32 * 1024;

    /// <summary>Sends events until the client disconnects or stops reading, its access ends, its queue is full, the longest time is
    /// over, or the Api stops.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var query = EventsQuery.Parse(context.Request);
        AnswerFormats.RefuseOthers(context.Request, ContentType);
        var client = addresses.Of(context);
        try
        {
            await followers.FollowAsync(client, events => FollowAsync(context, query.LastId, events));
        }
        catch (ProblemException problem) when (problem.Status == StatusCodes.Status429TooManyRequests)
        {
            context.Response.Headers.RetryAfter = "60";
            throw;
        }
    }

    private async Task FollowAsync(HttpContext context, string lastId, ChannelReader<RateEvent> events)
    {
        using var limit = new CancellationTokenSource(options.Value.LongestEventStream, time);
        using var until = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping,
            limit.Token);
        try
        {
            await access.RunAsync(Caller.Of(context), token => FollowAsync(context, lastId, events, token), until.Token);
        }
        catch (OperationCanceledException)
        {
            // The client disconnected, its access ended, the longest time is over or the Api stops: the normal ends of this stream.
        }
    }

    private async Task FollowAsync(HttpContext context, string lastId, ChannelReader<RateEvent> events,
        CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        HeaderValues.AllowAnyOrigin(response.Headers);

        // nginx would collect events before it passes them on.
        response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (context.Features.Get<IConnectionSocketFeature>() is { } connection)
        {
            connection.Socket.SendBufferSize = SendBufferBytes;
        }

        var start = new StringBuilder("retry: 2000\n\n");
        var since = followers.Since(lastId);
        foreach (var missed in since.Missed)
        {
            Append(start, missed);
        }

        await SendAsync(context, start, cancellationToken);
        using var keepAlive = new PeriodicTimer(KeepAlive, time);
        var tick = keepAlive.WaitForNextTickAsync(cancellationToken).AsTask();
        var more = events.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            var text = new StringBuilder();
            if (await Task.WhenAny(more, tick) == tick)
            {
                await tick;
                text.Append(": still here\n\n");
                tick = keepAlive.WaitForNextTickAsync(cancellationToken).AsTask();
            }
            else if (await more)
            {
                while (events.TryRead(out var one))
                {
                    if (since.IsNew(one))
                    {
                        Append(text, one);
                    }
                }

                more = events.WaitToReadAsync(cancellationToken).AsTask();
            }
            else
            {
                return;
            }

            await SendAsync(context, text, cancellationToken);
        }
    }

    // By itself the server gives a client minutes for what it has in its buffers.
    private async Task SendAsync(HttpContext context, StringBuilder text, CancellationToken cancellationToken)
    {
        var sending = SendAsync(context.Response, text, cancellationToken);
        try
        {
            // Without a socket there is no network that a client could be too slow for.
            var within = context.Features.Get<IConnectionSocketFeature>() is null ? Timeout.InfiniteTimeSpan : SendWithin;
            await sending.WaitAsync(within, time, CancellationToken.None);
        }
        catch (TimeoutException tooSlow)
        {
            context.Abort();
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new OperationCanceledException("the client does not read", tooSlow);
        }
    }

    private static async Task SendAsync(HttpResponse response, StringBuilder text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text.ToString(), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    // JSON has no raw line ends, so it is one line of data.
    private static void Append(StringBuilder text, RateEvent change)
    {
        text.Append("event: ").Append(change.Name).Append('\n');
        if (change.Id is { } id)
        {
            text.Append("id: ").Append(id).Append('\n');
        }

        text.Append("data: ").Append(JsonSerializer.Serialize(EventData.Of(change), Json.Numbers)).Append("\n\n");
    }
}
