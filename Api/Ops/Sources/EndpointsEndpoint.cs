using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Answers <c>/v1/ops/endpoints</c>: shows and changes the addresses, headers and keys by which providers are fetched, while workers run.
/// Secrets are named, never sent.
/// </summary>
internal sealed class EndpointsEndpoint(SourceStore book, WorkerQuestions workers, CurrentBook current)
{
    private static readonly EndpointOverride None = new();

    /// <summary>Lists what operators set.</summary>
    public async Task ListAsync(HttpContext context)
    {
        var stored = await book.ReadEndpointsAsync(context.RequestAborted);
        IReadOnlyList<EndpointState> views =
        [
            .. stored.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(
                entry => new EndpointState(entry.Key, entry.Value.Revision, entry.Value.Value ?? None, null)),
        ];
        await OpsHttp.SendAsync(context, views, OpsFormat.Json.IReadOnlyListEndpointState);
    }

    /// <summary>Shows one: what operators set, and how a worker reaches the provider with it.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        var provider = RouteProvider.Of(context, current.Book);
        var stored = (await book.ReadEndpointsAsync(context.RequestAborted)).GetValueOrDefault(provider);
        await SendAsync(context, provider, stored?.Revision ?? 0, stored?.Value ?? None, await AskAsync(context, provider, ""));
    }

    /// <summary>Shows what a change would do, and changes nothing.</summary>
    public async Task PreviewAsync(HttpContext context)
    {
        var provider = RouteProvider.Of(context, current.Book);
        var asked = await ReadAsync(context);
        var stored = (await book.ReadEndpointsAsync(context.RequestAborted)).GetValueOrDefault(provider);
        await SendAsync(context, provider, stored?.Revision ?? 0, asked, await AskAsync(context, provider, SourceText.Write(asked)));
    }

    /// <summary>Replaces what operators set, under the revision that the caller saw, after a worker has checked it.</summary>
    public async Task PutAsync(HttpContext context)
    {
        var provider = RouteProvider.Of(context, current.Book);
        var expected = OpsHttp.ExpectedRevision(context.Request);
        var asked = await ReadAsync(context);
        var view = await AskAsync(context, provider, SourceText.Write(asked));
        var revision = await StoreAsync(context, provider, expected, asked);
        await SendAsync(context, provider, revision, asked, view);
    }

    /// <summary>Takes back what operators set: the provider is asked as it ships.</summary>
    public async Task DeleteAsync(HttpContext context)
    {
        var provider = RouteProvider.Of(context, current.Book);
        var expected = OpsHttp.ExpectedRevision(context.Request);
        if (!(await book.ReadEndpointsAsync(context.RequestAborted)).ContainsKey(provider))
        {
            throw ProblemException.Unknown("provider", provider, "has no endpoint that operators set");
        }

        await StoreAsync(context, provider, expected, null);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    // The reader of JSON does not refuse null where text is needed as the value of a dictionary.
    private static async Task<EndpointOverride> ReadAsync(HttpContext context)
    {
        var asked = await OpsHttp.ReadAsync(context, OpsFormat.Json.EndpointOverride);
        return Nulls("addresses", asked.Addresses).Concat(Nulls("headers", asked.Headers)).Concat(
            Nulls("secretHeaders", asked.SecretHeaders)).FirstOrDefault() is { } member
            ? throw ProblemException.BadParameter(member, "is null, a value is needed: leave it out for what ships")
            : asked;
    }

    private static IEnumerable<string> Nulls<T>(string name, IReadOnlyDictionary<string, T> members)
        where T : class? => members.Where(member => member.Value is null).Select(member => $"{name}.{member.Key}");

    private static Task SendAsync(HttpContext context, string provider, long revision, EndpointOverride set, EndpointView view) =>
        OpsHttp.SendAsync(context, new(provider, revision, set, view), OpsFormat.Json.EndpointState, revision);

    private async Task<long> StoreAsync(HttpContext context, string provider, long? expected, EndpointOverride? endpoint)
    {
        while (true)
        {
            var before = (await book.ReadEndpointsAsync(context.RequestAborted)).GetValueOrDefault(provider);
            if (expected is { } seen && seen != (before?.Revision ?? 0))
            {
                throw OpsHttp.Conflict($"The endpoint of {provider}", before?.Revision ?? 0);
            }

            if (await book.EditEndpointAsync(
                provider, before, endpoint, Caller.Of(context).Name, context.RequestAborted) is { } revision)
            {
                return revision;
            }
        }
    }

    private async Task<EndpointView> AskAsync(HttpContext context, string provider, string asked)
    {
        var answer = SourceText.ReadEndpointAnswer(await workers.AskAsync(context, QuestionKind.Endpoint, provider, asked));
        return answer.Endpoint ?? throw OpsHttp.Refused(answer.Problems);
    }
}

/// <summary>The addresses, headers and keys by which a provider is fetched, as <c>/v1/ops/endpoints</c> answers them.</summary>
/// <param name="Provider">The provider's key.</param>
/// <param name="Revision">For <c>If-Match</c>; 0 while operators set nothing.</param>
/// <param name="Set">What operators set; what is left out stays as it ships.</param>
/// <param name="InForce">How a worker reaches the provider; left out in lists.</param>
internal sealed record EndpointState(string Provider, long Revision, EndpointOverride Set, EndpointView? InForce);
