using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rates.Client;

public sealed partial class RatesClient
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>The rates of past days, one provider, quote and day after the other, while they arrive.</summary>
    public IAsyncEnumerable<HistoryRate> GetHistoryAsync(HistoryQuery query, CancellationToken cancellationToken = default) =>
        ReadLinesAsync(Text(query), ClientJson.Default.HistoryRate, cancellationToken);

    /// <summary>
    /// The rates of past days, combined from several providers, one quote and day after the other, while they arrive. Each is what
    /// <see cref="GetBlendedRatesAsync"/> gives for that day.
    /// </summary>
    public IAsyncEnumerable<BlendedHistoryRate> GetBlendedHistoryAsync(
        HistoryQuery query, Selection select, CancellationToken cancellationToken = default) =>
        ReadLinesAsync(Text(query).Add("select", select), ClientJson.Default.BlendedHistoryRate, cancellationToken);

    /// <summary>The rates of past days that a policy of the service chooses; see <c>/v1/policies</c>. Every calendar day has one.</summary>
    /// <param name="policy">The name of the policy, such as <c>vat-eu</c>.</param>
    /// <param name="query">Base, quotes and days. Its providers must be empty: the policy names them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public IAsyncEnumerable<BlendedHistoryRate> GetHistoryByPolicyAsync(
        string policy, HistoryQuery query, CancellationToken cancellationToken = default) =>
        ReadLinesAsync(Text(query).Add("policy", policy), ClientJson.Default.BlendedHistoryRate, cancellationToken);

    private static QueryText Text(HistoryQuery query) => new QueryText("v1/history")
        .Add("base", query.Base).Add("quotes", query.Quotes).Add("providers", query.Providers)
        .Add("from", query.From).Add("to", query.To).Add("knownAt", query.KnownAt)
        .Add("group", query.Group switch
        {
            null => null,
            HistoryGroup.Week => "week",
            HistoryGroup.Month => "month",
            _ => throw new ArgumentOutOfRangeException(nameof(query), query.Group, "It is no known group of days"),
        })
        .Add("filled", query.Filled ? "true" : null).Add("format", "ndjson");

    private async IAsyncEnumerable<T> ReadLinesAsync<T>(
        QueryText query, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, query.ToString());
        using var response = await SendAsync(request, cancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken), Encoding.UTF8);
        while (await ReadLineAsync(lines, cancellationToken) is { } line)
        {
            if (line.Length > 0)
            {
                yield return Read(request, line, type);
            }
        }
    }

    private async ValueTask<string?> ReadLineAsync(StreamReader lines, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.ReadLineAsync(cancellationToken);
        }
        catch (IOException cut)
        {
            throw Cut(cut);
        }
    }

    private T Read<T>(HttpRequestMessage request, string line, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw new JsonException("The line is null");
        }
        catch (JsonException unreadable)
        {
            throw Unreadable(request, unreadable);
        }
    }

    /// <summary>
    /// Follows the changes of the service: rates published or revised, providers stale or failed. Never ends by itself: a lost
    /// connection is made again, with growing pauses, and goes on after the last event that was read. After a break only
    /// the newest sheet of each provider is told.
    /// </summary>
    /// <param name="lastEventId">The id of the last event that an earlier run read; null to begin now.</param>
    /// <param name="cancellationToken">Ends following.</param>
    /// <exception cref="RatesProblemException">The service refuses the request for good, for example for a missing right.</exception>
    public async IAsyncEnumerable<RatesEvent> FollowAsync(
        string? lastEventId = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var pause = FirstPause;
        while (true)
        {
            using var response = await TryFollowAsync(lastEventId, cancellationToken);
            if (response is not null)
            {
                await using var events = Parse(await response.Content.ReadAsStreamAsync(cancellationToken))
                    .GetAsyncEnumerator(cancellationToken);
                while (await TryMoveAsync(events))
                {
                    lastEventId = events.Current.Id is { Length: > 0 } id ? id : lastEventId;
                    pause = FirstPause;
                    yield return events.Current;
                }
            }

            await Task.Delay(pause, TimeProvider.System, cancellationToken);
            pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        }
    }

    private static async IAsyncEnumerable<RatesEvent> Parse(Stream stream)
    {
        await foreach (var item in SseParser.Create(stream, static (_, data) => Encoding.UTF8.GetString(data)).EnumerateAsync())
        {
            if (item.Data.Length > 0 && JsonSerializer.Deserialize(item.Data, ClientJson.Default.RatesEvent) is { } change)
            {
                change.Kind = item.EventType;
                change.Id = item.EventId ?? "";
                yield return change;
            }
        }
    }

    // A cut connection is the normal end of a stream.
    private static async Task<bool> TryMoveAsync(IAsyncEnumerator<RatesEvent> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            return false;
        }
    }

    private async Task<HttpResponseMessage?> TryFollowAsync(string? lastEventId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        try
        {
            return await SendAsync(request, cancellationToken);
        }
        catch (RatesProblemException problem) when (
            problem.Status is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
        {
            return null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
