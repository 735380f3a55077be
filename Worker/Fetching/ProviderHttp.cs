using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Polly;
using Polly.Retry;
using Rates.Core;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Sends all HTTP requests to sources, with limits on time, size and addresses.</summary>
/// <remarks>Each provider has its own connections, so that the answers of one host cannot affect those of another.</remarks>
internal sealed class ProviderHttp : IDisposable
{
    private const int MaxHeaderKilobytes = 32;
    private static readonly HashSet<string> HeadersOfEvidence = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Type", "Content-Encoding", "Date", "ETag", "Last-Modified", "Expires", "Age", "Cache-Control",
    };

    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _clients = new(StringComparer.Ordinal);
    private readonly WorkerOptions _options;
    private readonly SourceConnector _connector;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<ProviderResponse> _patient;

    public ProviderHttp(WorkerOptions options, SourceConnector connector, TimeProvider time)
    {
        (_options, _connector, _time) = (options, connector, time);
        _patient = new ResiliencePipelineBuilder<ProviderResponse> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<ProviderResponse>
            {
                MaxRetryAttempts = 2,
                ShouldHandle = new PredicateBuilder<ProviderResponse>().Handle<ProviderException>(TransientFailure.Of),
                DelayGenerator = retry => new(TransientFailure.Wait(retry.AttemptNumber, retry.Outcome.Exception as ProviderException)),
            })
            .Build();
    }

    /// <summary>Sends a request of <paramref name="provider"/> and reads its answer.</summary>
    /// <exception cref="ProviderException">There is no usable answer.</exception>
    public async Task<ProviderResponse> SendAsync(
        RateProvider provider, ProviderRequest request, FetchValidators condition, FetchSession session,
        CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.Deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var pipeline = session.Retries ? _patient : ResiliencePipeline<ProviderResponse>.Empty;
        try
        {
            return await pipeline.ExecuteAsync(token => TryAsync(provider, request, condition, session, token), either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException(
                ProviderFault.Unreachable, provider.Key, $"no whole answer within {_options.Deadline.TotalSeconds:0.#} s");
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private async ValueTask<ProviderResponse> TryAsync(
        RateProvider provider, ProviderRequest request, FetchValidators condition, FetchSession session,
        CancellationToken cancellationToken)
    {
        try
        {
            var address = RequestWriter.Address(request, provider);
            for (var hop = 0; hop <= Redirects.Most; hop++)
            {
                await session.CountRequestAsync(cancellationToken);
                using var message = RequestWriter.Write(request, address, provider.Block, condition, session.Cookies);
                using var response = await HeadersAsync(provider, message, cancellationToken);
                Keep(session.Cookies, address, response);
                if (Redirects.Target(response, address, provider) is not { } target)
                {
                    return await AnswerAsync(provider, request, address, response, condition, session, cancellationToken);
                }

                (address, request) = (target, Redirects.Onward(request, response.StatusCode));
            }

            throw new ProviderException(ProviderFault.Refused, provider.Key, $"more than {Redirects.Most} redirects");
        }
        catch (HttpRequestException problem) when (problem.InnerException is ProviderException refused)
        {
            throw new ProviderException(refused.Fault, refused.Provider, refused.Reason, problem);
        }
        catch (HttpRequestException problem) when (
            problem.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse)
        {
            throw new ProviderException(ProviderFault.Unreadable, provider.Key, problem.Message, problem);
        }
        catch (HttpRequestException problem) when (
            problem.InnerException is SocketException
            {
                SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain,
            })
        {
            // The system's own words may be "Resource temporarily unavailable", which says nothing of names.
            throw new ProviderException(
                ProviderFault.Unreachable, provider.Key, $"the name of the host was not resolved: {problem.Message}", problem);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            throw new ProviderException(ProviderFault.Unreachable, provider.Key, problem.Message, problem);
        }
        catch (InvalidDataException problem)
        {
            throw new ProviderException(ProviderFault.Unreadable, provider.Key, problem.Message, problem);
        }
    }

    private async Task<HttpResponseMessage> HeadersAsync(
        RateProvider provider, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.HeadersDeadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using var span = WorkerMetrics.StartRequest(provider.Key, message);
        try
        {
            var response = await _clients.GetOrAdd(provider.Key, Client).SendAsync(message, either.Token);
            span?.SetTag("http.response.status_code", (int)response.StatusCode);
            return response;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ProviderException(
                ProviderFault.Unreachable, provider.Key, $"no answer within {_options.HeadersDeadline.TotalSeconds:0.#} s");
        }
        catch (OperationCanceledException problem) when (problem.InnerException is TimeoutException late)
        {
            throw new ProviderException(
                ProviderFault.Unreachable, provider.Key, $"no connection within {_options.ConnectDeadline.TotalSeconds:0.#} s", late);
        }
    }

    private async Task<ProviderResponse> AnswerAsync(
        RateProvider provider, ProviderRequest request, Uri address, HttpResponseMessage response, FetchValidators condition,
        FetchSession session, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var conditional = condition.ETag is not null || condition.LastModified is not null;
        var answer = new ProviderResponse(
            address, null, response.StatusCode == HttpStatusCode.NotModified, response.Headers.ETag?.ToString(),
            LastModified(response.Content));
        if (response.StatusCode != HttpStatusCode.OK)
        {
            if (provider.Block.EmptyStatus.Contains(status) || (answer.NotModified && conditional))
            {
                return answer;
            }

            var reason = await RefusalReason.OfAsync(response, _options.HeadersDeadline, _time, cancellationToken);
            throw Problem(provider.Key, response, reason);
        }

        await using var wire = await response.Content.ReadAsStreamAsync(cancellationToken);
        var (bytes, isWhole) = await BoundedBody.ReadAsync(
            wire, response.Content.Headers.ContentEncoding, provider.Block.MaxBytes, cancellationToken);
        session.Received(bytes.Span);
        return answer with
        {
            Headers = EvidenceHeaders(response),
            Body = new ProviderBody(
                request, bytes, response.Content.Headers.ContentType?.ToString(),
                Today(provider.Block.Calendar))
            { EndsKnown = isWhole ?? IsFramed(response) },
        };
    }

    private static Dictionary<string, string> EvidenceHeaders(HttpResponseMessage response) =>
        response.Headers.Concat(response.Content.Headers).Where(header => HeadersOfEvidence.Contains(header.Key))
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value));

    /// <summary>False when only the end of the connection marks the end of the body.</summary>
    private static bool IsFramed(HttpResponseMessage response) =>
        response.Content.Headers.ContentLength is not null || response.Headers.TransferEncodingChunked is true
            || response.Version.Major >= 2;

    private ProviderException Problem(string provider, HttpResponseMessage response, string? reason)
    {
        var status = (int)response.StatusCode;
        var fault = status switch
        {
            401 or 402 or 403 or 407 or 429 or 451 => ProviderFault.Refused,
            408 or >= 500 => ProviderFault.Unreachable,
            _ => ProviderFault.Unreadable,
        };
        return new(fault, provider, reason is null ? $"status {status}" : $"status {status}: {reason}")
        {
            Status = status,
            RetryAfter = RetryAfter(response.Headers.RetryAfter),
        };
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? asked) => (asked?.Delta ?? asked?.Date - _time.GetUtcNow()) switch
    {
        { } wait when wait < TimeSpan.Zero => TimeSpan.Zero,
        { } wait when wait > LongestRetryAfter => LongestRetryAfter,
        var wait => wait,
    };

    private DateOnly Today(PublicationCalendar calendar) =>
        LocalTime.Day(_time.GetUtcNow(), calendar.Zone);

    private static string? LastModified(HttpContent content) =>
        content.Headers.TryGetValues("Last-Modified", out var values) ? values.First() : null;

    private static void Keep(CookieContainer cookies, Uri address, HttpResponseMessage response)
    {
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            try
            {
                cookies.SetCookies(address, cookie);
            }
            catch (CookieException)
            {
                // An invalid cookie is not sent back. If the source needs it, its next answer is an error.
                continue;
            }
        }
    }

    private HttpMessageInvoker Client(string provider) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, token) => await _connector.ConnectAsync(
            provider, context.DnsEndPoint, context.InitialRequestMessage.RequestUri, token),
        ConnectTimeout = _options.ConnectDeadline,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = _connector.Proxy is not null,
        Proxy = _connector.Proxy,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        MaxResponseDrainSize = 0,
        MaxConnectionsPerServer = 2,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
    });
}
