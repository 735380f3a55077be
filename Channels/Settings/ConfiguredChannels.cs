using Microsoft.Extensions.Options;
using Rates.Settings;

namespace Rates.Channels;

/// <summary>
/// The channels of the section <c>Rates:Channels</c>, and what is wrong with them: read once, checked when the host starts.
/// </summary>
internal sealed class ConfiguredChannels : IValidateOptions<ConfiguredChannels.Checked>
{
    /// <summary>The section's path.</summary>
    public const string Section = "Rates:Channels";

    private readonly List<string> _problems = [];

    /// <param name="configuration">Where the settings are.</param>
    public ConfiguredChannels(IConfiguration configuration) => All =
    [
        .. configuration.GetSection(Section).GetChildren().OrderBy(child => child.Key, StringComparer.Ordinal)
            .Select(Read).OfType<ChannelBlock>(),
    ];

    /// <summary>The channels whose settings can be used, ordered by name.</summary>
    public IReadOnlyList<ChannelBlock> All { get; }

    /// <summary>Whether the settings name any channel.</summary>
    public static bool AreIn(IConfiguration configuration) => configuration.GetSection(Section).GetChildren().Any();

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, Checked options) =>
        _problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_problems);

    private ChannelBlock? Read(IConfigurationSection section)
    {
        var read = SettingsReader.Read<ChannelOptions>(section.Path, section.AsEnumerable(makePathsRelative: true));
        var options = read.ToOptions();
        var before = _problems.Count;
        _problems.AddRange(read.Problems);
        var type = ChannelType.Find(options.Type);
        if (type is null)
        {
            _problems.Add(
                $"{section.Path}:Type '{options.Type}' is no transport: {string.Join(", ", ChannelType.All.Select(one => one.Name))}");
            return null;
        }

        var usable = ChannelType.Common.Concat(type.Settings).ToList();
        _problems.AddRange(
            from setting in section.GetChildren()
            where typeof(ChannelOptions).GetProperties().Any(known => Same(known.Name, setting.Key)) && !usable.Exists(known => Same(
                known, setting.Key))
            select $"{setting.Path} is no setting of the type {type.Name}, which has {string.Join(", ", usable)}");
        _problems.AddRange(OptionChecks.Common(section.Key, options).Concat(type.Problems(options))
            .Select(found => $"{section.Path}{(found.Setting.Length > 0 ? ":" : "")}{found.Setting} {found.Problem}"));
        return _problems.Count == before ? new(section.Key, type, options) : null;
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Stands for the section in the checks of the host's start.</summary>
    internal sealed class Checked;
}
