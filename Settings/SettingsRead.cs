using Microsoft.Extensions.Configuration;

namespace Rates.Settings;

/// <summary>The result of reading a section of the settings into an options class: the usable settings and the problems.</summary>
/// <param name="usable">The settings without a problem.</param>
/// <param name="problems">What is wrong with the others.</param>
public sealed class SettingsRead<T>(IConfigurationSection usable, IReadOnlyList<string> problems)
    where T : class, new()
{
    /// <summary>One line for each setting that cannot be used, with its path and its value; empty when all can.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;

    /// <summary>Lays the usable settings over the defaults of <paramref name="options"/>.</summary>
    public void Apply(T options) => usable.Bind(options);

    /// <summary>The defaults with the usable settings laid over them.</summary>
    public T ToOptions()
    {
        var options = new T();
        Apply(options);
        return options;
    }
}
