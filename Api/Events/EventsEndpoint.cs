using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Rates.Store;

namespace Rates.Api;

/// <summary>Answers <c>/v1/events</c>: sends clients an event for every change of a provider's rates, as server-sent events.</summary>
/// <remarks>
/// An event's id is the epoch and version of a sheet, the same in every Api. A client that comes back with
/// <c>Last-Event-ID</c> gets each provider's newest sheet since then: at least once, and at most one event per provider, so that
/// the Api need not store events.
/// </remarks>
internal sealed class EventsEndpoint(
    CurrentBook current, ClientAddress addresses, AccessWatch access, IOptions<ApiOptions> options, TimeProvider time,
    IHostApplicationLifetime lifetime)
{
    /// <summary>The content type of the stream.</summary>
    public const string ContentType = "text/event-stream";

    /// <summary>Most streams of one client address at a time.</summary>
    public const int MaxPerClient = 20;

    private const int QueueLength = 256;

    // An Api may see two sheets in another order than they were published in, so sheets shortly before the last id are sent again.
    private const long OverlapMilliseconds = 10_000;

    private static readonly AnswerJson<EventData> Json = new(options => new EventsJson(options).EventData);
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, int> _streams = new();

    /// <summary>Sends events until the client disconnects or stops reading, its access ends, its queue is full, the longest time is
    /// over, or the Api stops.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var query = EventsQuery.Parse(context.Request);
        var client = addresses.Of(context);
        if (_streams.AddOrUpdate(client, 1, (_, count) => count + 1) > MaxPerClient)
        {
            Release(client);
            context.Response.Headers.RetryAfter = "60";
            throw new ProblemException(
                StatusCodes.Status429TooManyRequests,
                $"{client} follows {MaxPerClient} streams already; one stream has the events of every provider");
        }

        var channel = Channel.CreateBounded<RateEvent>(QueueLength);
        try
        {
            if (!current.TryFollow(channel.Writer))
            {
                throw new ProblemException(StatusCodes.Status503ServiceUnavailable, $"{CurrentBook.MaxFollowers} clients follow already");
            }

            await FollowAsync(context, query.LastId, channel.Reader);
        }
        finally
        {
            current.Unfollow(channel.Writer);
            Release(client);
        }
    }

    private async Task FollowAsync(HttpContext context, string? lastId, ChannelReader<RateEvent> events)
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

    private void Release(string client)
    {
        if (_streams.AddOrUpdate(client, 0, (_, count) => count - 1) <= 0)
        {
            _streams.TryRemove(new(client, 0));
        }
    }

    private async Task FollowAsync(HttpContext context, string? lastId, ChannelReader<RateEvent> events,
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

        var start = new StringBuilder("retry: 2000\n\n");
        foreach (var missed in Since(lastId ?? context.Request.Headers["Last-Event-ID"].ToString()))
        {
            Append(start, missed);
        }

        await SendAsync(response, start, cancellationToken);
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
                    Append(text, one);
                }

                more = events.WaitToReadAsync(cancellationToken).AsTask();
            }
            else
            {
                return;
            }

            await SendAsync(response, text, cancellationToken);
        }
    }

    // The server ends the connection of a client whose buffers are full and which reads too slowly.
    private static async Task SendAsync(HttpResponse response, StringBuilder text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text.ToString(), cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private IEnumerable<RateEvent> Since(string lastId)
    {
        var parts = lastId.Split(':');
        if (parts.Length != 2 || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return [];
        }

        var seen = new SheetVersion(parts[0], version - OverlapMilliseconds, default);
        return current.Book.Entries
            .Where(entry => SheetVersion.Of(entry.Sheet).IsAfter(seen))
            .Select(RateEvent.OfSheet)
            .Where(change => change.Id != lastId)
            .OrderBy(change => change.Entry.Sheet!.Version);
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
