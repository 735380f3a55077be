using Rates.Settings;

namespace Rates.Telemetry;

/// <summary>Settings of the metrics, traces and logs that leave the process. Section <c>Rates:Telemetry</c>.</summary>
[SettingsSection(Section)]
public sealed class TelemetryOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Rates:Telemetry";

    /// <summary>
    /// Address of an OpenTelemetry collector, such as <c>http://collector:4317</c>: metrics and traces are sent to it. Empty for the one
    /// of the environment variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, and for none where that is not set.
    /// </summary>
    public string Otlp { get; set; } = "";

    /// <summary>The protocol of <see cref="Otlp"/>: <c>grpc</c> or <c>http/protobuf</c>.</summary>
    /// <value><c>grpc</c> unless set.</value>
    public string OtlpProtocol { get; set; } = OtlpSettings.Grpc;

    /// <summary>File with headers for the collector, <c>name=value</c> separated by commas; empty for none. They may be secret.</summary>
    public string OtlpHeadersFile { get; set; } = "";

    /// <summary>
    /// Whether each HTTP request is measured (<c>http.server.request.duration</c>) and, with a collector, traced. It makes each request
    /// dearer, so it is off unless set.
    /// </summary>
    public bool Requests { get; set; }

    /// <summary>Whether the log is written as JSON, one object a line. False: text for people.</summary>
    public bool JsonLogs { get; set; }

    /// <summary>
    /// Address at which a Worker answers <c>/metrics</c>, <c>/health/live</c> and <c>/health/ready</c>, such as
    /// <c>http://127.0.0.1:9464</c>; empty for none. Api and Standalone answer them at their own address.
    /// </summary>
    public string Listen { get; set; } = "";

    /// <summary>
    /// Addresses or networks, such as <c>10.0.0.0/8</c>, that may read <c>/metrics</c> without credentials, besides this machine.
    /// </summary>
    public IList<string> AllowedNetworks { get; init; } = [];
}
