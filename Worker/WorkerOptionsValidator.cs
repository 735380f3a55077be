using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Rates.Worker;

/// <summary>Checks that each setting of <see cref="WorkerOptions"/> is within its range.</summary>
[OptionsValidator]
internal sealed partial class WorkerOptionsRangeValidator : IValidateOptions<WorkerOptions>;

/// <summary>Checks the rules between settings of <see cref="WorkerOptions"/> that ranges cannot express.</summary>
/// <param name="environment">Some settings are refused in production.</param>
internal sealed class WorkerOptionsValidator(IHostEnvironment environment) : IValidateOptions<WorkerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        string?[] problems =
        [
            options.WorkerId.Length > 128
                || options.WorkerId.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '-' or '_'))
                ? $"{WorkerOptions.Section}:WorkerId '{options.WorkerId}' is not up to 128 letters, digits, dots, dashes and underscores"
                : null,
            options.AllowPrivateAddresses && environment.IsProduction()
                ? $"{WorkerOptions.Section}:AllowPrivateAddresses 'true' is for tests only and refused when the environment is "
                    + environment.EnvironmentName
                : null,
            options.Proxy is "" or WorkerOptions.ProxyOfEnvironment
                || (Uri.TryCreate(options.Proxy, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https" or "socks5")
                ? null
                : $"{WorkerOptions.Section}:Proxy is no address such as http://proxy.example:3128, nor 'environment'",
            options.AllowedHostsFile.Length > 0 && !File.Exists(options.AllowedHostsFile)
                ? $"{WorkerOptions.Section}:AllowedHostsFile '{options.AllowedHostsFile}' is not there"
                : null,
            options.DeclarationsFolder.Length > 0 && !Directory.Exists(options.DeclarationsFolder)
                ? $"{WorkerOptions.Section}:DeclarationsFolder '{options.DeclarationsFolder}' is not there"
                : null,
            options.SecretsFolder.Length > 0 && !Directory.Exists(options.SecretsFolder)
                ? $"{WorkerOptions.Section}:SecretsFolder '{options.SecretsFolder}' is not there"
                : null,
            .. options.AllowedNetworks.Where(network => !IPNetwork.TryParse(network, out _)).Select(
                network => $"{WorkerOptions.Section}:AllowedNetworks '{network}' is no network such as 10.1.0.0/16"),
        ];
        string[] found = [.. problems.OfType<string>()];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }
}
