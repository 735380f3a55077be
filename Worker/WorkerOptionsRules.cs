using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Rates.Worker;

/// <summary>Checks the ranges.</summary>
[OptionsValidator]
internal sealed partial class WorkerOptionsRanges : IValidateOptions<WorkerOptions>;

/// <summary>Checks what ranges cannot say.</summary>
/// <param name="environment">Some settings are refused in production.</param>
internal sealed class WorkerOptionsRules(IHostEnvironment environment) : IValidateOptions<WorkerOptions>
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
                ? $"{WorkerOptions.Section}:AllowPrivateAddresses 'true' is for tests only and refused when the environment is {environment.EnvironmentName}"
                : null,
        ];
        string[] found = [.. problems.OfType<string>()];
        return found.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(found);
    }
}
