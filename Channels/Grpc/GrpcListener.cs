using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Rates.Channels;

/// <summary>
/// Answers over gRPC, with reflection and health. It listens on an address of its own: HTTP/2 without TLS cannot share one with HTTP/1.1,
/// and HTTP's own server stays as it is.
/// </summary>
internal sealed class GrpcListener(ChannelServices channel) : IChannel
{
    /// <summary>Its settings.</summary>
    public static ChannelType Type { get; } = new(
        "grpc", [nameof(ChannelOptions.CertificateFile), nameof(ChannelOptions.CertificateKeyFile)], Problems,
        channel => new GrpcListener(channel))
    { SendsChanges = _ => true };

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var app = Build();
        await app.StartAsync(cancellationToken);
        channel.Record.Opened();
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, channel.Time, cancellationToken);
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static IEnumerable<(string Setting, string Problem)> Problems(ChannelOptions options)
    {
        var isSecure = options.Address.StartsWith("https:", StringComparison.Ordinal);
        return
        [
            .. OptionChecks.Address(nameof(options.Address), options.Address, "http", "https"),
            .. isSecure == (options.CertificateFile.Length > 0 && options.CertificateKeyFile.Length > 0) ? [] : new[]
            {
                (nameof(options.CertificateFile),
                    $"'{options.CertificateFile}' and CertificateKeyFile '{options.CertificateKeyFile}' go with an https address: "
                    + "set all three or none"),
            },
        ];
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Listen);
        builder.Services.AddSingleton(channel.Host.GetRequiredService<ILoggerFactory>()).AddSingleton(channel).AddRoutingCore();
        builder.Services.AddGrpc(options => options.MaxReceiveMessageSize = ChannelRequest.MaxBody);
        builder.Services.AddGrpcReflection();
        builder.Services.AddGrpcHealthChecks().AddCheck("rates", new Readiness(channel));
        builder.Services.Configure<HealthCheckPublisherOptions>(publisher => publisher.Period = TimeSpan.FromSeconds(5));
        var app = builder.Build();
        app.UseRouting();
        app.MapGrpcService<RateServiceAnswers>();
        app.MapGrpcReflectionService();
        app.MapGrpcHealthChecksService();
        return app;
    }

    private void Listen(KestrelServerOptions server)
    {
        var address = new Uri(channel.Options.Address);
        server.AddServerHeader = false;
        if (address.Host is "localhost")
        {
            server.ListenLocalhost(address.Port, Endpoint);
        }
        else if (IPAddress.TryParse(address.Host, out var ip))
        {
            server.Listen(ip, address.Port, Endpoint);
        }
        else
        {
            server.ListenAnyIP(address.Port, Endpoint);
        }
    }

    private void Endpoint(ListenOptions endpoint)
    {
        endpoint.Protocols = HttpProtocols.Http2;
        if (channel.Options.CertificateFile.Length > 0)
        {
            endpoint.UseHttps(X509Certificate2.CreateFromPemFile(channel.Options.CertificateFile, channel.Options.CertificateKeyFile));
        }
    }

    // A client that asks for health hears what /health/ready answers.
    private sealed class Readiness(ChannelServices channel) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            await channel.Host.GetRequiredService<Api.Operations>().IsReadyAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("There are no rates yet");
    }
}
