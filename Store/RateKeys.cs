using Rates.Core;

namespace Rates.Store;

/// <summary>
/// Builds the names of the Redis keys: a contract with dashboards as much as with the other processes. One hash tag holds all that a script
/// touches together, so that scripts are legal on a cluster; history spreads over its slots by provider.
/// </summary>
/// <param name="prefix">First part of every key.</param>
internal sealed class RateKeys(string prefix)
{
    /// <summary>String, Unix milliseconds and 16 hexadecimal digits: the id of the store's epoch.</summary>
    public string Epoch { get; } = $"{{{prefix}}}:epoch";

    /// <summary>String, 16 hexadecimal digits: the id of this store, the same for as long as a worker remembers it.</summary>
    public string Id { get; } = $"{{{prefix}}}:id";

    /// <summary>String: the last fence given.</summary>
    public string Fence { get; } = $"{{{prefix}}}:fence";

    /// <summary>String: the last sheet version given.</summary>
    public string Version { get; } = $"{{{prefix}}}:version";

    /// <summary>Hash, provider to <c>epoch|version|asOf</c>.</summary>
    public string Index { get; } = $"{{{prefix}}}:index";

    /// <summary>Hash, provider to JSON: the profile's members, <c>schedule</c>, <c>health</c>.</summary>
    public string Providers { get; } = $"{{{prefix}}}:providers";

    /// <summary>String: moves with every change of <see cref="Providers"/>.</summary>
    public string ProvidersRevision { get; } = $"{{{prefix}}}:providers:revision";

    /// <summary>Hash, provider to JSON definition with its own revision.</summary>
    public string Schedule { get; } = $"{{{prefix}}}:schedule";

    /// <summary>
    /// Hash, provider to JSON: the definition in force, as a program stored it; what differs in the other was edited by hand.
    /// </summary>
    public string ScheduleAccepted { get; } = $"{{{prefix}}}:schedule:accepted";

    /// <summary>String: moves with every change of <see cref="Schedule"/>.</summary>
    public string ScheduleRevision { get; } = $"{{{prefix}}}:schedule:revision";

    /// <summary>Stream: every fetch; fields <c>at provider slot worker outcome reason durationMs requests bytes changes</c>.</summary>
    public string Runs { get; } = $"{{{prefix}}}:runs";

    /// <summary>Stream: every operator change; fields <c>what provider by from to</c>.</summary>
    public string Audit { get; } = $"{{{prefix}}}:audit";

    /// <summary>Hash, name to JSON: what operators set at run time, by kind (<c>user</c>, <c>key</c>, <c>command</c>).</summary>
    public string Documents(string kind) => $"{{{prefix}}}:documents:{kind}";

    /// <summary>String: moves with every change of <see cref="Documents"/>.</summary>
    public string DocumentsRevision { get; } = $"{{{prefix}}}:documents:revision";

    /// <summary>Channel: the kind of a document that changed.</summary>
    public string DocumentsChanged { get; } = $"{{{prefix}}}:documents:changed";

    /// <summary>Sorted set, worker id to the server's Unix milliseconds of its last beat.</summary>
    public string Workers { get; } = $"{{{prefix}}}:workers";

    /// <summary>Channel: the key of a provider whose sheet changed.</summary>
    public string Changed { get; } = $"{{{prefix}}}:changed";

    /// <summary>Channel: some definition changed.</summary>
    public string ScheduleChanged { get; } = $"{{{prefix}}}:schedule:changed";

    /// <summary>String, JSON: the whole latest sheet. It has no expiry, ever: age is a label, not a deletion.</summary>
    public string Sheet(string provider) => $"{{{prefix}}}:sheet:{ProviderKey.Checked(provider)}";

    /// <summary>Hash: <c>EUR/USD</c> to <c>1.1412</c>, with <c>@asOf</c> and <c>@fetchedAt</c>.</summary>
    public string Latest(string provider) => $"{{{prefix}}}:latest:{ProviderKey.Checked(provider)}";

    /// <summary>
    /// Hash: <c>slot done fence owner start until attempt failures notBefore</c> (instants in Unix milliseconds),
    /// <c>validators</c> (JSON), <c>backfilled</c> (day), <c>backfillFailed</c> (JSON, empty for none).
    /// </summary>
    public string Fetch(string provider) => $"{{{prefix}}}:fetch:{ProviderKey.Checked(provider)}";

    /// <summary>
    /// Hash: <c>used until limit</c>, the requests of the day to a provider with a daily quota, and when the day ends in Unix milliseconds.
    /// </summary>
    public string Quota(string provider) => $"{{{prefix}}}:quota:{ProviderKey.Checked(provider)}";

    /// <summary>Sorted set, name of an evidence value to the Unix milliseconds of its last storing.</summary>
    public string EvidenceTimes { get; } = $"{{{prefix}}}:evidence";

    /// <summary>Hash, name of an evidence value to its size in bytes.</summary>
    public string EvidenceSizes { get; } = $"{{{prefix}}}:evidence:sizes";

    /// <summary>
    /// String, compressed: the evidence of a sheet (<c>sheet/ecb/1787235300000</c>), or a body (<c>body/</c> and its
    /// SHA-256).
    /// </summary>
    public string Evidence(string name) => $"{{{prefix}}}:evidence:{name}";

    /// <summary>List, newest first, JSON: refused sheets.</summary>
    public string Quarantine(string provider) => $"{{{prefix}}}:quarantine:{ProviderKey.Checked(provider)}";

    /// <summary>The start of the names of kept answers: hashes that expire.</summary>
    public static string Answers(string prefix) => $"{prefix}:answers:";

    /// <summary>String: rises with each change of a provider's stored days.</summary>
    public string HistoryRevision(string provider) => $"{prefix}:history:{{{ProviderKey.Checked(provider)}}}:revision";

    /// <summary>Hash, day to JSON: the figures of each day of a year.</summary>
    public string History(string provider, int year) => $"{prefix}:history:{{{ProviderKey.Checked(provider)}}}:{year:D4}";
}
