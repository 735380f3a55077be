using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Caching.Memory;

namespace Rates.Client;

/// <summary>
/// An answer of the service in memory, with its entity tag, to be given again while the service says that it has not changed.
/// </summary>
/// <param name="ETag">The entity tag.</param>
/// <param name="Body">The bytes of the answer.</param>
/// <param name="ContentType">Their media type.</param>
/// <param name="ConfirmedAt">When the service last sent or confirmed it.</param>
internal sealed record KeptAnswer(EntityTagHeaderValue ETag, byte[] Body, MediaTypeHeaderValue? ContentType, DateTimeOffset ConfirmedAt);

/// <summary>Keeps the service's answers in memory, up to <see cref="RatesClientOptions.KeptBytes"/>; the least used leave first.</summary>
internal sealed class KeptAnswers(RatesClientOptions options, TimeProvider time) : IDisposable
{
    // What a kept answer costs beside its bytes, about.
    private const int Overhead = 512;

    private readonly MemoryCache _answers = new(new MemoryCacheOptions { SizeLimit = options.KeptBytes });

    /// <summary>For how long an answer may stand in for a service that cannot be reached.</summary>
    public TimeSpan UseFor => options.UseKeptFor;

    /// <summary>Now.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Is cancelled when an answer that begins now has taken too long.</summary>
    public CancellationTokenSource EndOfAnswer() => new(options.AnswerTimeout, time);

    /// <summary>The kept answer of an address; null when there is none.</summary>
    public KeptAnswer? Find(Uri address) => _answers.Get<KeptAnswer>(address);

    /// <summary>Keeps an answer if there is room.</summary>
    public void Keep(Uri address, KeptAnswer answer) =>
        _answers.Set(address, answer, new MemoryCacheEntryOptions { Size = answer.Body.Length + Overhead });

    /// <inheritdoc/>
    public void Dispose() => _answers.Dispose();
}

/// <summary>
/// Sends requests with the entity tags of answers in memory, and gives such an answer again when the service says that it has not changed.
/// </summary>
internal sealed class KeptAnswersHandler(KeptAnswers kept) : DelegatingHandler
{
    /// <summary>When the service sent or confirmed an answer; set on the request of every answer that is given.</summary>
    public static readonly HttpRequestOptionsKey<DateTimeOffset> ConfirmedAt = new("Rates.ConfirmedAt");

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get || request.RequestUri is not { } address)
        {
            var result = await SendOnAsync(request, cancellationToken);
            await LoadAsync(result, cancellationToken);
            return result;
        }

        var known = kept.Find(address);
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known.ETag);
        }

        HttpResponseMessage response;
        try
        {
            response = await SendOnAsync(request, cancellationToken);
            if (response.Headers.ETag is not null)
            {
                await LoadAsync(response, cancellationToken);
            }
        }
        catch (Exception failure) when (
            known is not null && !cancellationToken.IsCancellationRequested && RatesClient.IsUnreachable(failure) && MayStandIn(known))
        {
            return Again(request, known);
        }

        if (known is not null && response.StatusCode == HttpStatusCode.NotModified)
        {
            response.Dispose();
            known = known with { ConfirmedAt = kept.Now };
            kept.Keep(address, known);
            return Again(request, known);
        }

        // A gateway answers so while the service behind it is away.
        if (known is not null && response.StatusCode >= HttpStatusCode.InternalServerError && MayStandIn(known))
        {
            response.Dispose();
            return Again(request, known);
        }

        if (response is { StatusCode: HttpStatusCode.OK, Headers.ETag: { } tag })
        {
            kept.Keep(address, new(
                tag, await response.Content.ReadAsByteArrayAsync(cancellationToken), response.Content.Headers.ContentType, kept.Now));
        }

        return response;
    }

    // What has no tag, such as a long history or events, is read while it arrives.
    private async Task LoadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var late = kept.EndOfAnswer();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(either.Token);
        }
        catch (Exception failure)
        {
            // Whatever failed, nobody gets the answer, whose connection would stay open.
            response.Dispose();
            if (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new HttpRequestException($"{response.RequestMessage?.RequestUri} did not end its answer in time", failure);
            }

            throw;
        }
    }

    private static HttpResponseMessage Again(HttpRequestMessage request, KeptAnswer known)
    {
        request.Options.Set(ConfirmedAt, known.ConfirmedAt);
        return new(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(known.Body) { Headers = { ContentType = known.ContentType } },
        };
    }

    private bool MayStandIn(KeptAnswer known) => kept.Now - known.ConfirmedAt < kept.UseFor;

    private async Task<HttpResponseMessage> SendOnAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        request.Options.Set(ConfirmedAt, kept.Now);
        response.RequestMessage ??= request;
        return response;
    }
}
