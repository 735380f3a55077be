using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Rates.Store;

namespace Rates.Api;

/// <summary><c>/v1/events</c>: server-sent events of what changes.</summary>
/// <remarks>
/// An id is a sheet's place in the store, the same in every Api. Who comes back with <c>Last-Event-ID</c> is told of each
/// provider's newest sheet since then: at least once, and no more than one event a provider, so nothing has to be remembered.
/// </remarks>
internal sealed class EventsEndpoint(CurrentBook current, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>What the stream is sent as.</summary>
    public const string ContentType = "text/event-stream";

    private const int Waiting = 256;

    // Two sheets may be seen in another order than they were published in; what lies so close is told again.
    private const long OverlapMilliseconds = 10_000;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>Follows until the client leaves, falls behind or the Api stops.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        ApiQuery.Parse(context.Request.QueryString.Value, Parameters.None, current.Book);
        var channel = Channel.CreateBounded<BookEvent>(Waiting);
        if (!current.TryFollow(channel.Writer))
        {
            throw new ProblemException(StatusCodes.Status503ServiceUnavailable, $"{Limits.Followers} clients follow already");
        }

        try
        {
            using var until = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            await FollowAsync(context, channel.Reader, until.Token);
        }
        catch (OperationCanceledException)
        {
            // The client left or the Api stops: both end a stream that has no end of its own.
        }
        finally
        {
            current.Unfollow(channel.Writer);
        }
    }

    private async Task FollowAsync(HttpContext context, ChannelReader<BookEvent> news, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        ApiHeaders.AllowAnyOrigin(response.Headers);
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
        using var silence = new PeriodicTimer(Silence, time);
        var tick = silence.WaitForNextTickAsync(cancellationToken).AsTask();
        var more = news.WaitToReadAsync(cancellationToken).AsTask();
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
                while (news.TryRead(out var one))
                {
                    await WriteAsync(response, one, cancellationToken);
                }

                more = news.WaitToReadAsync(cancellationToken).AsTask();
            }
            else
            {
                return;
            }

            await response.Body.FlushAsync(cancellationToken);
        }
    }

    private IEnumerable<BookEvent> Since(string lastId)
    {
        var parts = lastId.Split(':');
        if (parts.Length != 2 || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return [];
        }

        var seen = new SheetVersion(parts[0], version - OverlapMilliseconds, default);
        return current.Book.Entries
            .Where(entry => SheetVersion.Of(entry.Sheet).IsAfter(seen))
            .Select(BookEvent.OfSheet)
            .Where(news => news.Id != lastId)
            .OrderBy(news => news.Entry.Sheet!.Version);
    }

    private static Task WriteAsync(HttpResponse response, BookEvent news, CancellationToken cancellationToken)
    {
        var text = new StringBuilder().Append("event: ").Append(news.Name).Append('\n');
        if (news.Id is { } id)
        {
            text.Append("id: ").Append(id).Append('\n');
        }

        // JSON has no raw line ends, so it is one line of data.
        text.Append("data: ").Append(JsonSerializer.Serialize(EventData.Of(news), ApiJson.Numbers.EventData)).Append("\n\n");
        return response.WriteAsync(text.ToString(), cancellationToken);
    }
}
