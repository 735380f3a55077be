using Rates.Settings;

namespace Rates.Store;

/// <summary>
/// Settings of where rates are stored: Redis or a SQLite file. Section <c>Rates</c>, each under its property's name, such as
/// <c>Rates:Redis</c>.
/// </summary>
[SettingsSection("Rates", Inner = ["Access", "Alerts", "Api", "Channels", "Evidence", "Providers", "Telemetry", "Webhooks", "Worker"])]
public sealed class StoreOptions
{
    /// <summary>
    /// StackExchange.Redis configuration, such as <c>127.0.0.1:6379</c>; empty for the embedded store in
    /// <see cref="DataFolder"/>.
    /// </summary>
    public string Redis { get; set; } = "";

    /// <summary>
    /// File that holds the password of <see cref="Redis"/>, in place of one in that text; read at each connecting, so that a
    /// changed one is taken up. Empty for none.
    /// </summary>
    public string RedisPasswordFile { get; set; } = "";

    /// <summary>
    /// File with the certificates of the authorities that may have issued the certificate of a Redis server over TLS (<c>ssl=true</c>
    /// in <see cref="Redis"/>), in PEM. Empty for those that the system trusts.
    /// </summary>
    public string RedisCaFile { get; set; } = "";

    /// <summary>First part of every key; letters, digits, dash and underscore, at most 32. Default <c>rates</c>.</summary>
    public string Prefix { get; set; } = "rates";

    /// <summary>Folder of the embedded store, created when absent. Default <c>data</c>.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>
    /// How often the embedded store makes a checked copy of its file, which takes the file's place should it be damaged; two are kept.
    /// 1 s to 30 days, or 0 for none; default 1 h.
    /// </summary>
    public TimeSpan CopyEvery { get; set; } = TimeSpan.FromHours(1);
}
