using Microsoft.Extensions.Options;
using Rates.Store;
using Rates.Telemetry;

namespace Rates.Api;

/// <summary>
/// Middleware before every route: finds out who sends a request, checks that the caller may read, and applies the rate limits. What an
/// operators' route requires beyond reading is checked by <see cref="OpsRoutes"/>.
/// </summary>
internal sealed class AccessGate(
    Authenticator authenticator, AccessDirectory directory, AccessLimits limits, ClientAddress addresses, IOptions<AccessOptions> options)
{
    private static readonly PathString Health = "/health";
    private static readonly PathString Metrics = MetricsReaders.Path;

    private readonly Caller _anonymous = options.Value.OpenReads ? Caller.AnonymousReader : Caller.WithoutAccess;

    // So it is until the keys are read.
    private bool DependsOnCaller => directory.Current is not { HasProviderLists: false };

    // What happens to a request without credentials.
    private bool CountsOrRefuses => limits.CountsAnonymous || _anonymous.Role == AccessRole.None;

    /// <summary>Puts the gate before <paramref name="next"/>.</summary>
    public RequestDelegate Before(RequestDelegate next)
    {
        var identified = ApiProblems.Guard(context => IdentifyAsync(context, next));
        var counted = ApiProblems.Guard(context => CountAnonymous(context, next));
        return context =>
        {
            // A cache must not give the answer to somebody without a key to a key that has providers of its own.
            if (DependsOnCaller)
            {
                context.Response.Headers.Vary = HeaderValues.VaryByCaller;
            }

            return HasCredentials(context.Request.Headers) ? identified(context) : CountsOrRefuses ? counted(context) : next(context);
        };
    }

    /// <summary>
    /// Whether the gate lets a request pass without a look at who sends it, and nothing in its answer depends on that.
    /// </summary>
    public bool IsOpenTo(IHeaderDictionary headers) => !DependsOnCaller && !CountsOrRefuses && !HasCredentials(headers);

    private static bool HasCredentials(IHeaderDictionary headers) =>
        headers.Authorization.Count > 0 || headers.ContainsKey("X-Api-Key");

    private Task CountAnonymous(HttpContext context, RequestDelegate next)
    {
        // Probes never sign in; the metrics have a rule of their own.
        var path = context.Request.Path;
        if (path.StartsWithSegments(Health, StringComparison.OrdinalIgnoreCase)
            || path.StartsWithSegments(Metrics, StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        if (_anonymous.Role == AccessRole.None && Facades.KeyOf(context) is { } key)
        {
            context.Request.Headers["X-Api-Key"] = key;
            return IdentifyAsync(context, next);
        }

        if (limits.CountsAnonymous)
        {
            limits.CountAnonymous(context, addresses.Of(context));
        }

        return _anonymous.Role == AccessRole.None ? throw Authenticator.Unauthorized(
            context, "Rates are answered here only to who signs in") : next(context);
    }

    private async Task IdentifyAsync(HttpContext context, RequestDelegate next)
    {
        if (ForeignKey(context) is { } foreign)
        {
            context.Request.Headers.Authorization = default;
            if (_anonymous.Role != AccessRole.None)
            {
                await CountAnonymous(context, next);
                return;
            }

            context.Request.Headers["X-Api-Key"] = foreign;
        }

        var caller = await authenticator.IdentifyAsync(context, Credentials.TextOf(context.Request) ?? "");
        RefuseOtherSites(context.Request, caller);
        context.Features.Set(caller);
        if (caller.Key is { } key)
        {
            if (key.RequestsPerMinute > 0)
            {
                limits.Count(context, caller.Name, key.RequestsPerMinute);
            }

            UseDefaults(context.Request, key.DefaultProviders);
        }

        context.Response.OnStarting(KeepPrivate, context.Response);
        await next(context);
    }

    // A client of a façade may send its key in Authorization, in a scheme of the original service. Null for other requests.
    private static string? ForeignKey(HttpContext context) => Facades.KeyOf(context) is { } key
        && Credentials.TextOf(context.Request) is { } text && Credentials.Parse(text) is null ? key : null;

    /// <summary>A browser sends a remembered password with whatever a page of another site has it send.</summary>
    private static void RefuseOtherSites(HttpRequest request, Caller caller)
    {
        if (!caller.ByPassword || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method))
        {
            return;
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();

        // A browser that says where the page is from knows it better than the host's name, which a proxy may have replaced.
        var isOwn = site.Length > 0
            ? site is "same-origin" or "none"
            : origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == request.Host.Value);
        if (!isOwn)
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, $"A page of another site ({origin}) may not change anything here");
        }
    }

    /// <summary>
    /// Adds the providers that a key's settings name to a query for rates that names neither providers nor a policy, however it combines
    /// them.
    /// </summary>
    internal static void UseDefaults(HttpRequest request, IReadOnlyList<string> providers)
    {
        if (providers.Count == 0 || !(request.Path.StartsWithSegments("/v1/rates", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/v1/convert", StringComparison.OrdinalIgnoreCase)
            || request.Path.StartsWithSegments("/v1/history", StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        var query = request.Query;
        if (!query.ContainsKey("providers") && !query.ContainsKey("policy"))
        {
            request.QueryString = request.QueryString.Add("providers", string.Join(',', providers));
        }
    }

    private static Task KeepPrivate(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        if (headers.CacheControl.Count > 0)
        {
            headers.CacheControl = headers.CacheControl.ToString().Replace("public", "private", StringComparison.Ordinal);
        }

        headers.Vary = HeaderValues.VaryByCaller;
        return Task.CompletedTask;
    }
}
