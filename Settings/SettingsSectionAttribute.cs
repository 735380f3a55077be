using System.Reflection;

namespace Rates.Settings;

/// <summary>Names the section of the configuration that an options class is read from, such as <c>Rates:Worker</c>.</summary>
/// <param name="path">The section's path.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SettingsSectionAttribute(string path) : Attribute
{
    /// <summary>The section's path.</summary>
    public string Path { get; } = path;

    /// <summary>Names inside the section that are sections of their own, read by another class or process; none when empty.</summary>
    public string[] Inner { get; init; } = [];

    /// <summary>The attribute of an options class.</summary>
    /// <exception cref="InvalidOperationException">The class has none.</exception>
    public static SettingsSectionAttribute Of(Type options) => options?.GetCustomAttribute<SettingsSectionAttribute>()
        ?? throw new InvalidOperationException($"{options?.Name} does not say which section it is read from: add [SettingsSection]");
}
