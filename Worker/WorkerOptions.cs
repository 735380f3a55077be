using System.Globalization;
using System.Security.Cryptography;
using Rates.Settings;

namespace Rates.Worker;

/// <summary>
/// Settings of a worker, such as how many fetches run at once and how far back history is fetched. Section <c>Rates:Worker</c>; every
/// setting has a default.
/// </summary>
[SettingsSection(Section)]
public sealed class WorkerOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Rates:Worker";

    /// <summary>The value of <see cref="Proxy"/> that takes the proxy from the environment variables.</summary>
    public const string ProxyOfEnvironment = "environment";

    /// <summary>
    /// This worker's name among all workers, unique; letters, digits, dots, dashes and underscores, at most 128. By default
    /// host, process id and a random part.
    /// </summary>
    public string WorkerId { get; init; } = "";

    /// <summary>This worker's name in claims, runs and heartbeats: <see cref="WorkerId"/>, or the default.</summary>
    internal string Id => field ??= WorkerId.Length > 0 ? WorkerId : DefaultId();

    /// <summary>Most fetches at the same time; 1 to 64, default 16.</summary>
    [Between(1, 64)]
    public int MaxConcurrency { get; init; } = 16;

    /// <summary>Longest wait for a connection, TLS included; 100 ms to 30 s, default 5 s.</summary>
    [Between("00:00:00.100", "00:00:30")]
    public TimeSpan ConnectDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait for an answer's headers, connecting included; 100 ms to 1 min, default 10 s.</summary>
    [Between("00:00:00.100", "00:01:00")]
    public TimeSpan HeadersDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest a request may take, body and retries included; 100 ms to 2 min, default 20 s.</summary>
    [Between("00:00:00.100", "00:02:00")]
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Over how long the first fetches after a start are spread; 0 to 10 min, default 30 s.</summary>
    [Between("00:00:00", "00:10:00")]
    public TimeSpan Spread { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long running fetches may continue when the worker stops; 0 to 1 min, default 15 s.</summary>
    [Between("00:00:00", "00:01:00")]
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often one slot is tried before it is given up; 1 to 50, default 8.</summary>
    [Between(1, 50)]
    public int MaxAttempts { get; init; } = 8;

    /// <summary>Days of history to fetch from before the first day known; 0 for none, default 14.</summary>
    [Between(0, 36_600)]
    public int Backfill { get; init; } = 14;

    /// <summary>First day of history to fetch, instead of <see cref="Backfill"/>; none by default.</summary>
    public DateOnly? BackfillFrom { get; init; }

    /// <summary>
    /// Least time between two steps of the backfill over all workers, and between a step's requests; 0 to 1 h, default 2 s.
    /// </summary>
    [Between("00:00:00", "01:00:00")]
    public TimeSpan BackfillPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Networks that sources may have addresses in besides public ones, such as <c>10.1.0.0/16</c>: for a gateway of your own.
    /// </summary>
    public IReadOnlyList<string> AllowedNetworks { get; init; } = [];

    /// <summary>Hosts that sources may be at, whatever their addresses, such as <c>rates.intern.example</c>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>
    /// A file with further <see cref="AllowedHosts"/>, one a line; text after # is a comment. It is read again for each connection.
    /// </summary>
    public string AllowedHostsFile { get; init; } = "";

    /// <summary>
    /// The folder of declared providers, one in each file, <c>KEY.json</c>. Files may come, change and go at any time; empty for none.
    /// </summary>
    public string DeclarationsFolder { get; init; } = "";

    /// <summary>
    /// The folder of files that operators may name as secrets of sources. It should hold nothing else; empty for none.
    /// </summary>
    public string SecretsFolder { get; init; } = "";

    /// <summary>
    /// The proxy for requests to sources: an address such as <c>http://proxy.example:3128</c>; <c>environment</c> for what
    /// <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c> and <c>NO_PROXY</c> say; empty for none. Names of sources are resolved by the proxy.
    /// </summary>
    public string Proxy { get; init; } = "";

    /// <summary>Lets sources lie at private addresses, as tests' do. Refused in production.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>How long a claimed fetch of so many requests may take: what the claim's lease is made of.</summary>
    internal TimeSpan Budget(int requests) => Deadline * Math.Clamp(requests, 1, 6);

    /// <summary>
    /// The lease of a claim whose fetch may take <paramref name="budget"/>: it outlives the fetch and the publish after it.
    /// </summary>
    internal static TimeSpan Lease(TimeSpan budget) => budget + TimeSpan.FromSeconds(5);

    /// <summary>The default name of a worker: the host's, the process's number and a random part.</summary>
    internal static string DefaultId() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.MachineName}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
}
