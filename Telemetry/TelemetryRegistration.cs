using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Rates.Settings;

namespace Rates.Telemetry;

/// <summary>Registers the export of metrics, traces and logs with a host.</summary>
public static class TelemetryRegistration
{
    private const string ClientMeter = "System.Net.Http";
    private const string RuntimeMeter = "System.Runtime";

    // For each instrument the package reserves memory for as many combinations of tags: 2,000 unless told. Those of the runtime are some
    // twenty instruments with up to ten combinations; only exceptions have more, one for each type.
    private const int MostOfRuntime = 100;

    // The meters and sources of spans of this product, each by its name: for a pattern the package compiles a regular expression at
    // every start.
    private static readonly string[] Own = ["Rates.Api", "Rates.Channels", "Rates.Store", "Rates.Worker"];

    /// <summary>
    /// Adds metrics for <c>/metrics</c>; with a collector, metrics and traces that are sent to it; and logs as JSON where wanted.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="service">The name of the process in metrics and traces, such as <c>rates-worker</c>.</param>
    public static void AddRatesTelemetry(this IHostApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSettings<TelemetryOptions>(builder.Configuration)
            .AddSettingsRule<TelemetryOptions, TelemetryOptionsValidator>();
        builder.Services.AddSingleton<MetricsReaders>();

        // Read unchecked: what cannot be used ends the start later, in one message with all other settings.
        var options = SettingsReader.Read<TelemetryOptions>(builder.Configuration).ToOptions();
        if (options.JsonLogs)
        {
            LogAsJson(builder);
        }

        var isValid = new TelemetryOptionsValidator().Validate(null, options).Succeeded;
        var isSent = isValid && OtlpSettings.IsSet(options);
        if (isSent || options.Requests)
        {
            MeasureAll(builder.Services, service, options, isSent);
        }
        else
        {
            // What is only read by others need not be measured before anybody can read it, and a start need not wait for it.
            builder.Services.AddSingleton(_ => Measure(service, options)).AddHostedService<MeasuringAfterStart>();
        }
    }

    // Not part of its caller: the package for hosts is loaded only where it is used.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MeasureAll(IServiceCollection services, string service, TelemetryOptions options, bool isSent)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => Name(resource, service))
            .WithMetrics(metrics => AddMetrics(metrics, options, isSent));
        if (isSent)
        {
            telemetry.WithTracing(traces => AddTraces(traces, options));
        }
    }

    private static MeterProvider Measure(string service, TelemetryOptions options)
    {
        var metrics = Sdk.CreateMeterProviderBuilder().ConfigureResource(resource => Name(resource, service));
        AddMetrics(metrics, options, isSent: false);
        return metrics.Build();
    }

    private static void Name(ResourceBuilder resource, string service) => resource.AddService(service, serviceVersion: Version());

    private static void AddMetrics(MeterProviderBuilder metrics, TelemetryOptions options, bool isSent)
    {
        // Of the client's metrics, of which there are several per source, one is of use.
        metrics.AddMeter([.. Own, RuntimeMeter, ClientMeter])
            .AddView(instrument => instrument.Meter.Name == ClientMeter && instrument.Name != "http.client.request.duration"
                ? MetricStreamConfiguration.Drop
                : instrument.Meter.Name == RuntimeMeter ? new() { CardinalityLimit = MostOfRuntime } : null)
            .AddPrometheusExporter();
        if (options.Requests)
        {
            metrics.AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel");
        }

        if (isSent)
        {
            SendMetrics(metrics, options);
        }
    }

    // Not part of its caller: the exporter's assembly is loaded only where it is used.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SendMetrics(MeterProviderBuilder metrics, TelemetryOptions options) =>
        metrics.AddOtlpExporter(exporter => OtlpSettings.Apply(options, "metrics", exporter));

    // The client's own spans of requests to sources are left out: an address may have a key in its path.
    private static void AddTraces(TracerProviderBuilder traces, TelemetryOptions options)
    {
        traces.AddSource(Own).AddOtlpExporter(exporter => OtlpSettings.Apply(options, "traces", exporter));
        if (options.Requests)
        {
            traces.AddAspNetCoreInstrumentation();
        }
    }

    private static void LogAsJson(IHostApplicationBuilder builder)
    {
        builder.Logging.AddJsonConsole();
        builder.Services.PostConfigure<ConsoleLoggerOptions>(console => console.FormatterName = ConsoleFormatterNames.Json);
        builder.Services.PostConfigure<JsonConsoleFormatterOptions>(json =>
        {
            (json.TimestampFormat, json.UseUtcTimestamp) = ("yyyy-MM-ddTHH:mm:ss.fffZ", true);
            json.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        });
    }

    private static string? Version() =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
