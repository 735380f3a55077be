using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace Rates.Api;

/// <summary>The web server with <see cref="RatesFront"/> before the host: what that does not answer, the host does.</summary>
internal sealed class FrontServer(IServer server, Func<RatesFront> makeFront) : IServer
{
    /// <inheritdoc/>
    public IFeatureCollection Features => server.Features;

    /// <summary>Puts it before the server that is registered; where none is, nothing changes.</summary>
    public static void Register(IServiceCollection services)
    {
        services.AddSingleton<RatesFront>();
        if (services.LastOrDefault(service => service.ServiceType == typeof(IServer)) is { ImplementationType: { } type } registered)
        {
            services.Remove(registered);
            services.AddSingleton<IServer>(provider => new FrontServer(
                (IServer)ActivatorUtilities.CreateInstance(provider, type), provider.GetRequiredService<RatesFront>));
        }
    }

    /// <inheritdoc/>
    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        // Only now: the host makes the server before the settings are checked, and the front needs some of them.
        var front = makeFront();
        return front.IsOn
            ? server.StartAsync(new Application<TContext>(application, front), cancellationToken)
            : server.StartAsync(application, cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => server.Dispose();

    /// <summary>One request: the server's features, and the host's context once the host has it.</summary>
    private sealed class Request<TContext>
    {
        public IFeatureCollection? Features { get; private set; }

        public IHttpRequestFeature? Asked { get; private set; }

        public IHttpResponseFeature? Response { get; private set; }

        public IHttpResponseBodyFeature? Body { get; private set; }

        public bool IsOfHost { get; set; }

        public TContext? Context { get; set; }

        // The server uses one object for all requests of a connection, and has it stand for each feature that nobody has replaced.
        public void Begin(IFeatureCollection features)
        {
            if (!ReferenceEquals(Features, features))
            {
                Features = features;
                Asked = features as IHttpRequestFeature;
                Response = features as IHttpResponseFeature;
                Body = features as IHttpResponseBodyFeature;
            }
        }
    }

    private sealed class Application<TContext>(IHttpApplication<TContext> host, RatesFront front) : IHttpApplication<Request<TContext>>
        where TContext : notnull
    {
        public Request<TContext> CreateContext(IFeatureCollection contextFeatures)
        {
            var request = contextFeatures is IHostContextContainer<Request<TContext>> connection ? connection.HostContext ??= new() : new();
            request.Begin(contextFeatures);
            return request;
        }

        public Task ProcessRequestAsync(Request<TContext> context)
        {
            if (context is { Asked: { } asked, Response: { } response, Body: { } body }
                && front.TryAnswer(asked, response, body, out var sending))
            {
                return sending;
            }

            context.Context = host.CreateContext(context.Features!);
            context.IsOfHost = true;
            return host.ProcessRequestAsync(context.Context);
        }

        public void DisposeContext(Request<TContext> context, Exception? exception)
        {
            if (context.IsOfHost)
            {
                host.DisposeContext(context.Context!, exception);
                (context.IsOfHost, context.Context) = (false, default);
            }
        }
    }
}
