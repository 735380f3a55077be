using Rates.Settings;

namespace Rates.Store;

/// <summary>
/// Settings of the storage for evidence, the original documents of sources that published rates were read from. Section
/// <c>Rates:Evidence</c>.
/// </summary>
[SettingsSection("Rates:Evidence")]
public sealed class EvidenceOptions
{
    /// <summary>
    /// Folder of the bodies, created when absent; it must be shared by all processes. Empty for Redis, or without Redis for the
    /// folder <c>evidence</c> in <c>Rates:DataFolder</c>.
    /// </summary>
    public string Folder { get; init; } = "";

    /// <summary>Days that evidence is stored; 0 stores none; at most 36,600, default 90.</summary>
    [Between(0, 36_600)]
    public int KeepDays { get; init; } = 90;

    /// <summary>
    /// Most megabytes of compressed evidence, over all providers; the oldest is deleted first. 1 to 1,000,000, default 1024.
    /// </summary>
    [Between(1, 1_000_000)]
    public int MaxMegabytes { get; init; } = 1024;
}
