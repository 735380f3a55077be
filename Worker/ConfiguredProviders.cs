using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Reads the settings of the section <c>Rates:Providers</c>, and holds the providers with those settings and what is wrong with them: read
/// once, checked when the host starts.
/// </summary>
internal sealed class ConfiguredProviders : IValidateOptions<WorkerOptions>
{
    private readonly List<string> _problems = [];

    /// <param name="configuration">Where the settings are.</param>
    public ConfiguredProviders(IConfiguration configuration)
    {
        Catalog = ProviderCatalog.Configured(configuration, _problems);
        foreach (var provider in Catalog.All.Where(provider => provider.Block.Schedule.Length > 0))
        {
            try
            {
                ProviderSchedule.Parse(provider.Key, ScheduleTable.Definition(provider.Block));
            }
            catch (ScheduleFormatException problem)
            {
                // A block names its cron expression "schedule"; the zone is that of its calendar.
                var field = problem.Field == "cron" ? "schedule" : problem.Field;
                _problems.Add($"Rates:Providers:{provider.Key}: {field} '{problem.Value}' {problem.Why}");
            }
        }
    }

    /// <summary>The providers whose settings can be used.</summary>
    public ProviderCatalog Catalog { get; }

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, WorkerOptions options) =>
        _problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_problems);
}
