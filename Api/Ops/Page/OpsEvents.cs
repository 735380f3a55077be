using System.Threading.Channels;
using Rates.Store;

namespace Rates.Api;

/// <summary>Answers <c>/v1/ops/events</c>: server-sent events that tell the operators' page which part may have changed.</summary>
internal sealed class OpsEvents(
    IOperatorDocuments documents, ISchedules schedules, CurrentBook current, AccessWatch access, IHostApplicationLifetime lifetime,
    TimeProvider time)
{
    private const int MostFollowers = 50;

    // What workers record of a fetch is not announced: it is looked at from time to time.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeastGap = TimeSpan.FromMilliseconds(300);

    private int _followers;

    /// <summary>Sends events until the client disconnects, its access ends or the Api stops.</summary>
    public async Task FollowAsync(HttpContext context)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            Describe(context.Response);
            return;
        }

        if (Interlocked.Increment(ref _followers) > MostFollowers)
        {
            Interlocked.Decrement(ref _followers);
            throw new ProblemException(StatusCodes.Status503ServiceUnavailable, $"{MostFollowers} operators follow already");
        }

        var news = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var sheets = Channel.CreateBounded<RateEvent>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var followsSheets = current.TryFollow(sheets.Writer);
        try
        {
            using var until = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            await using var watchDocuments = await documents.WatchDocumentsAsync(kind => news.Writer.TryWrite(kind), until.Token);
            await using var watchSchedules = await schedules.WatchAsync(() => news.Writer.TryWrite("schedule"), until.Token);
            await access.RunAsync(
                Caller.Of(context), token => SendAsync(context.Response, news.Reader, sheets.Reader, token), until.Token);
        }
        catch (OperationCanceledException)
        {
            // The client disconnected, its access ended or the Api stops: the normal ends of this stream.
        }
        finally
        {
            Interlocked.Decrement(ref _followers);
            if (followsSheets)
            {
                current.Unfollow(sheets.Writer);
            }
        }
    }

    private static void Describe(HttpResponse response)
    {
        response.ContentType = EventsEndpoint.ContentType;
        response.Headers.CacheControl = "no-store";
    }

    private async Task SendAsync(
        HttpResponse response, ChannelReader<string> news, ChannelReader<RateEvent> sheets, CancellationToken cancellationToken)
    {
        Describe(response);
        await response.WriteAsync("retry: 2000\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
        using var timer = new PeriodicTimer(Tick, time);
        var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        var (told, published) = (news.ReadAsync(cancellationToken).AsTask(), sheets.ReadAsync(cancellationToken).AsTask());
        while (true)
        {
            string what;
            var first = await Task.WhenAny(tick, told, published);
            if (first == tick)
            {
                await tick;
                (what, tick) = ("tick", timer.WaitForNextTickAsync(cancellationToken).AsTask());
            }
            else if (first == told)
            {
                (what, told) = (await told, news.ReadAsync(cancellationToken).AsTask());
            }
            else
            {
                await published;
                (what, published) = ("sheet", sheets.ReadAsync(cancellationToken).AsTask());
            }

            await response.WriteAsync($"event: changed\ndata: {what}\n\n", cancellationToken);
            await response.Body.FlushAsync(cancellationToken);
            await Task.Delay(LeastGap, TimeProvider.System, cancellationToken);
        }
    }
}
