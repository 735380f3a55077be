using Microsoft.Extensions.Options;
using Rates.Settings;

namespace Rates.Telemetry;

/// <summary>Checks the addresses, names and files in <see cref="TelemetryOptions"/>, which no range can express.</summary>
internal sealed class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        string?[] problems =
        [
            options.Otlp.Length == 0 || IsHttp(options.Otlp)
                ? null
                : $"{TelemetryOptions.Section}:Otlp '{options.Otlp}' is not an address such as http://collector:4317",
            options.OtlpProtocol is OtlpSettings.Grpc or OtlpSettings.Http
                ? null
                : $"{TelemetryOptions.Section}:OtlpProtocol '{options.OtlpProtocol}' is neither grpc nor http/protobuf",
            options.OtlpHeadersFile.Length == 0 || File.Exists(options.OtlpHeadersFile)
                ? null
                : $"{TelemetryOptions.Section}:OtlpHeadersFile: there is no file '{options.OtlpHeadersFile}'",
            options.Listen.Length == 0 || IsHttp(options.Listen)
                ? null
                : $"{TelemetryOptions.Section}:Listen '{options.Listen}' is not an address such as http://127.0.0.1:9464",
            .. options.AllowedNetworks.Where(network => NetworkParser.Parse(network) is null).Select(
                network => $"{TelemetryOptions.Section}:AllowedNetworks '{network}' is not an address or a network such as 10.0.0.0/8"),
        ];
        string[] found = [.. problems.OfType<string>()];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }

    // A host may be a wildcard in an address to listen at, which Uri does not take.
    private static bool IsHttp(string text) => Uri.TryCreate(
        text.Replace("//+", "//any", StringComparison.Ordinal).Replace("//*", "//any", StringComparison.Ordinal), UriKind.Absolute,
        out var address) && address.Scheme is "http" or "https";
}
