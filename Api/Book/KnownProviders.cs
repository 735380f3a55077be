using Microsoft.Extensions.Options;

namespace Rates.Api;

/// <summary>
/// Knows when every provider that the workers announced has been read from the store, and from then on names the providers in the settings
/// that are not among them: in the log, once, and for <c>/health/ready</c>.
/// </summary>
internal sealed partial class KnownProviders(
    IOptions<ApiOptions> api, IOptions<FacadeOptions> facades, PolicyCatalog policies, ILogger<KnownProviders> logger)
{
    // A worker that starts announces its providers one after another.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    private int _announced;
    private DateTimeOffset _since;
    private volatile bool _areAll;

    /// <summary>
    /// True once no further provider was announced for five seconds. Until then a key that is not known may become known.
    /// </summary>
    public bool AreAll => _areAll;

    private List<(string Setting, IReadOnlyList<string> Keys)> Named => field ??=
    [
        ("Rates:Api:DefaultProviders", [.. api.Value.DefaultProviders.Where(key => key != DefaultProviderKeys.All)]),
        .. facades.Value.Lists.Select(list => (list.Setting, (IReadOnlyList<string>)[.. list.Keys])),
        .. policies.NamedBySettings,
    ];

    /// <summary>Whether workers announced the provider, or figures of it are here.</summary>
    public static bool IsKnown(RateBook book, string key) => book.Find(key) is { IsKnown: true };

    /// <summary>The settings that name unknown providers, one sentence each; none before <see cref="AreAll"/>.</summary>
    public IReadOnlyList<string> Problems(RateBook book) => !_areAll ? [] :
    [
        .. from named in Named
           let unknown = named.Keys.Where(key => !IsKnown(book, key)).ToList()
           where unknown.Count > 0
           select $"{named.Setting} names {string.Join(", ", unknown)}, which no worker has made known",
    ];

    /// <summary>Takes note of a read of the store. Calls must not overlap.</summary>
    /// <param name="announced">How many providers the store has descriptions of.</param>
    /// <param name="book">The book after the read.</param>
    /// <param name="now">The time of the read.</param>
    public void Note(int announced, RateBook book, DateTimeOffset now)
    {
        if (announced != _announced)
        {
            (_announced, _since) = (announced, now);
        }

        if (_areAll || announced == 0 || now - _since < Settled)
        {
            return;
        }

        _areAll = true;
        foreach (var problem in Problems(book))
        {
            Log.Unknown(logger, problem);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "{Problem}: correct the key, or start the worker that fetches it; /v1/providers lists those that are known")]
        public static partial void Unknown(ILogger logger, string problem);
    }
}
