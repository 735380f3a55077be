using OpenTelemetry.Exporter;

namespace Rates.Telemetry;

/// <summary>
/// Finds the address of the OpenTelemetry collector, in the settings or in the environment variables that all programs share.
/// </summary>
internal static class OtlpSettings
{
    /// <summary>The protocol over HTTP/2.</summary>
    public const string Grpc = "grpc";

    /// <summary>The protocol over HTTP/1.1.</summary>
    public const string Http = "http/protobuf";

    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether there is a collector to send to.</summary>
    public static bool IsSet(TelemetryOptions options) =>
        options.Otlp.Length > 0 || Environment.GetEnvironmentVariable(EndpointVariable) is { Length: > 0 };

    /// <summary>Sets up an exporter for one signal. Without <see cref="TelemetryOptions.Otlp"/> the environment variables rule.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="signal">The end of the address over HTTP: <c>metrics</c> or <c>traces</c>.</param>
    /// <param name="exporter">What to set up.</param>
    public static void Apply(TelemetryOptions options, string signal, OtlpExporterOptions exporter)
    {
        if (options.Otlp.Length > 0)
        {
            var isHttp = options.OtlpProtocol == Http;
            exporter.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
            exporter.Endpoint = new(isHttp ? $"{options.Otlp.TrimEnd('/')}/v1/{signal}" : options.Otlp);
        }

        if (options.OtlpHeadersFile.Length > 0)
        {
            exporter.Headers = File.ReadAllText(options.OtlpHeadersFile).Trim();
        }
    }
}
