using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Rates.Store;

namespace Rates.Api;

/// <summary><c>/v1/events</c>: sends an event for every change, as server-sent events.</summary>
/// <remarks>
/// An event's id is the epoch and version of a sheet, the same in every Api. A client that comes back with
/// <c>Last-Event-ID</c> gets each provider's newest sheet since then: at least once, and at most one event per provider, so that
/// the Api need not store events.
/// </remarks>
internal sealed class EventsEndpoint(CurrentBook current, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>The content type of the stream.</summary>
    public const string ContentType = "text/event-stream";

    private static readonly AnswerJson<EventData> Json = new(options => new EventsJson(options).EventData);

    private const int QueueLength = 256;

    // An Api may see two sheets in another order than they were published in, so sheets shortly before the last id are sent again.
    private const long OverlapMilliseconds = 10_000;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>Sends events until the client disconnects, its queue is full, or the Api stops.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        QueryParser.RefuseParameters(context.Request);
        var channel = Channel.CreateBounded<RateEvent>(QueueLength);
        if (!current.TryFollow(channel.Writer))
        {
            throw new ProblemException(StatusCodes.Status503ServiceUnavailable, $"{CurrentBook.MaxFollowers} clients follow already");
        }

        try
        {
            using var until = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            await FollowAsync(context, channel.Reader, until.Token);
        }
        catch (OperationCanceledException)
        {
            // The client disconnected or the Api stops: the normal ends of this stream.
        }
        finally
        {
            current.Unfollow(channel.Writer);
        }
    }

    private async Task FollowAsync(HttpContext context, ChannelReader<RateEvent> events, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        HeaderValues.AllowAnyOrigin(response.Headers);
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        await response.WriteAsync("retry: 2000\n\n", cancellationToken);
        foreach (var missed in Since(context.Request.Headers["Last-Event-ID"].ToString()))
        {
            await WriteAsync(response, missed, cancellationToken);
        }

        await response.Body.FlushAsync(cancellationToken);
        using var silence = new PeriodicTimer(KeepAlive, time);
        var tick = silence.WaitForNextTickAsync(cancellationToken).AsTask();
        var more = events.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            if (await Task.WhenAny(more, tick) == tick)
            {
                await tick;
                await response.WriteAsync(": still here\n\n", cancellationToken);
                tick = silence.WaitForNextTickAsync(cancellationToken).AsTask();
            }
            else if (await more)
            {
                while (events.TryRead(out var one))
                {
                    await WriteAsync(response, one, cancellationToken);
                }

                more = events.WaitToReadAsync(cancellationToken).AsTask();
            }
            else
            {
                return;
            }

            await response.Body.FlushAsync(cancellationToken);
        }
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

    private static Task WriteAsync(HttpResponse response, RateEvent change, CancellationToken cancellationToken)
    {
        var text = new StringBuilder().Append("event: ").Append(change.Name).Append('\n');
        if (change.Id is { } id)
        {
            text.Append("id: ").Append(id).Append('\n');
        }

        // JSON has no raw line ends, so it is one line of data.
        text.Append("data: ").Append(JsonSerializer.Serialize(EventData.Of(change), Json.Numbers)).Append("\n\n");
        return response.WriteAsync(text.ToString(), cancellationToken);
    }
}
