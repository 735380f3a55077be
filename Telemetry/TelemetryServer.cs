using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Rates.Telemetry;

/// <summary>
/// Answers <c>/metrics</c>, <c>/health/live</c> and <c>/health/ready</c> for a process that has no web server of its own. Does nothing
/// while <see cref="TelemetryOptions.Listen"/> is empty.
/// </summary>
public sealed partial class TelemetryServer(
    IOptions<TelemetryOptions> options, MeterProvider meters, MetricsReaders readers, IHealthReporter health,
    ILogger<TelemetryServer> logger) : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    /// <summary>Where it listens; empty while it does not.</summary>
    public IReadOnlyCollection<string> Addresses => _app is null ? [] : [.. _app.Urls];

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Listen is not { Length: > 0 } address)
        {
            return;
        }

        // Nothing is read from the environment: it has the settings of the process, not of this server.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server => server.AddServerHeader = false);
        _app = builder.Build();
        _app.Urls.Add(address);
        _app.Use(AnswerAsync);
        _app.UseOpenTelemetryPrometheusScrapingEndpoint(meters, null, MetricsReaders.Path, null, null);
        await _app.StartAsync(cancellationToken);
        var listening = string.Join(", ", _app.Urls);
        Log.Listening(logger, listening);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        switch (context.Request.Path.Value)
        {
            case MetricsReaders.Path when readers.Allows(context):
                return next(context);
            case MetricsReaders.Path:
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return context.Response.WriteAsync(
                    $"Metrics are given to programs on this machine and in {TelemetryOptions.Section}:AllowedNetworks\n",
                    context.RequestAborted);
            case "/health/live":
                return health.WhyNotAlive() is { } why
                    ? SendAsync(context, new("dead", [why]), isGood: false)
                    : SendAsync(context, new("live", []), isGood: true);
            case "/health/ready":
                var report = health.Report();
                return SendAsync(context, report, report.IsReady);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    private static Task SendAsync(HttpContext context, HealthReport report, bool isGood)
    {
        var response = context.Response;
        response.StatusCode = isGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(response.Body, report, HealthReportJson.Default.HealthReport, context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Metrics and health are at {Addresses}")]
        public static partial void Listening(ILogger logger, string addresses);
    }
}

/// <summary>JSON serialization of <see cref="HealthReport"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthReportJson : JsonSerializerContext;
