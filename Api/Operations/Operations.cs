namespace Rates.Api;

/// <summary>
/// The one description of what this service answers, for every transport: the reads of <c>/v1</c> by name. An operation is answered by the
/// endpoint that answers it over HTTP, behind the same check of access, so that status, figures and bytes are the same.
/// </summary>
public sealed partial class Operations
{
    /// <summary>The name of the operation that is no request: to be told of changes.</summary>
    public const string Events = "events";

    // Each operation with the name of the endpoint that answers it.
    private static readonly (string Name, string Endpoint)[] Names =
    [
        ("rates", "GetRates"), ("pair", "GetPair"), ("convert", "Convert"), ("history", "GetHistory"), ("providers", "GetProviders"),
        ("currencies", "GetCurrencies"),
    ];

    private readonly IServiceProvider _services;
    private readonly ILogger<Operations> _logger;
    private readonly InProcessRequest _requests;
    private readonly Lazy<IReadOnlyDictionary<string, RouteEndpoint>> _endpoints;
    private readonly Lazy<IReadOnlyDictionary<string, Operation>> _all;

    internal Operations(IServiceProvider services, ILogger<Operations> logger)
    {
        (_services, _logger, _requests) = (services, logger, new(services));
        _endpoints = new(FindEndpoints);
        _all = new(Find);
    }

    /// <summary>The names of all operations, <see cref="Events"/> included.</summary>
    public static IReadOnlyList<string> AllNames { get; } = [.. Names.Select(operation => operation.Name), Events];

    /// <summary>The operations that answer a request. Not before the routes are mapped and the server has started.</summary>
    public IReadOnlyCollection<Operation> All => [.. _all.Value.Values];

    /// <summary>Answers a request. A request that cannot be answered gets a problem with its status; nothing is thrown for it.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<OperationAnswer> AnswerAsync(OperationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = Guid.NewGuid().ToString("N");
        try
        {
            return await AnswerAsync(request, OperationOf(request.Operation), id, cancellationToken);
        }
        catch (ProblemException problem)
        {
            return OperationAnswer.Of(problem, id);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            // As the server does for a request over HTTP: a problem without details for the client, and all of it in the log.
            Log.Failed(_logger, request.Operation, id, failure);
            return OperationAnswer.Of(ApiProblems.Unexpected(failure), id);
        }
    }

    /// <summary>Whether there are rates to serve, as <c>/health/ready</c> answers it.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken) => (await _requests.RunAsync(
        _endpoints.Value["GetReadiness"].RequestDelegate!, static _ => { }, "", "", cancellationToken)).IsSuccess;

    private Operation OperationOf(string name) => _all.Value.GetValueOrDefault(name) ?? throw ProblemException.Unknown(
        "operation", name, $"is not one of {string.Join(", ", Names.Select(operation => operation.Name))}");

    private Task<OperationAnswer> AnswerAsync(
        OperationRequest request, Operation operation, string id, CancellationToken cancellationToken) =>
        _requests.RunAsync(operation.Handler, context => Fill(context, request, operation), request.ApiKey, id, cancellationToken);

    private static void Fill(HttpContext context, OperationRequest request, Operation operation)
    {
        var to = context.Request;
        context.SetEndpoint(operation.Endpoint);
        Dictionary<string, string> path = [];
        var query = new List<string>(request.Parameters.Count);
        foreach (var (name, value) in request.Parameters)
        {
            if (!operation.PathParameters.Contains(name, StringComparer.Ordinal))
            {
                query.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}");
            }
            else if (!path.TryAdd(name, value))
            {
                throw ProblemException.BadParameter(name, "is given more than once");
            }
        }

        foreach (var name in operation.PathParameters)
        {
            to.RouteValues[name] = path.TryGetValue(name, out var value) ? value : throw ProblemException.BadParameter(name, "is missing");
        }

        to.Path = operation.PathOf(path);
        to.QueryString = query.Count == 0 ? default : new($"?{string.Join('&', query)}");
        if (request.Accept.Length > 0)
        {
            to.Headers.Accept = request.Accept;
        }
    }

    private Dictionary<string, RouteEndpoint> FindEndpoints() => _services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is not null)
        .ToDictionary(endpoint => endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName, StringComparer.Ordinal);

    private Dictionary<string, Operation> Find()
    {
        var gate = _services.GetRequiredService<AccessGate>();
        return Names.ToDictionary(
            operation => operation.Name,
            operation => new Operation(
                operation.Name, _endpoints.Value[operation.Endpoint],
                gate.Before(_endpoints.Value[operation.Endpoint].RequestDelegate!)),
            StringComparer.Ordinal);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The operation {Operation} failed unexpectedly; requestId {Id}")]
        public static partial void Failed(ILogger logger, string operation, string id, Exception failure);
    }
}
