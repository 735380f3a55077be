using System.Reflection;
using Rates.Api;
using Rates.Channels;
using Rates.Settings;
using Rates.Store;
using Rates.Telemetry;
using Rates.Worker;

namespace Rates.Deploy.Tests;

/// <summary>The names of settings that the programs know.</summary>
internal static class SettingNames
{
    private static readonly Assembly[] Programs =
    [
        typeof(StoreOptions).Assembly, typeof(ApiOptions).Assembly, typeof(WorkerOptions).Assembly, typeof(TelemetryOptions).Assembly,
        typeof(ChannelOptions).Assembly,
    ];

    private static readonly HashSet<string> Known = new(
        from type in Programs.SelectMany(program => program.GetTypes())
        let section = type.GetCustomAttribute<SettingsSectionAttribute>()
        where section is not null
        from property in type.GetProperties()
        select $"{section.Path}:{property.Name}",
        StringComparer.Ordinal);

    /// <summary>Whether an environment variable such as <c>Rates__Redis</c> names a setting.</summary>
    public static bool IsKnown(string variable) => Known.Contains(variable.Split("__") is ["Rates", "Channels", _, var setting]
        ? $"Rates:Channels:{setting}"
        : variable.Replace("__", ":", StringComparison.Ordinal));
}
