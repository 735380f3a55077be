using System.Globalization;
using Microsoft.Extensions.Logging;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Brings into force in this worker what operators set of providers at run time: declared providers, addresses and credentials, and what
/// changes in the files of secrets.
/// </summary>
internal sealed partial class SourceSettings(
    SourceStore book, ProviderTable table, EndpointResolver resolver, DeclarationCheck declarations, TimeProvider time,
    ILogger<SourceSettings> logger)
{
    // Files of secrets and of allowed hosts change without an announcement.
    private static readonly TimeSpan FilesEvery = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, string> _unreadable = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Revision, RateProvider Provider)> _declared = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, WithRevision<EndpointOverride?>> _endpoints =
        new Dictionary<string, WithRevision<EndpointOverride?>>();

    private IReadOnlyDictionary<string, DeclarationRecord> _declarations = new Dictionary<string, DeclarationRecord>();
    private long _revision;
    private long _readAt;
    private long _checkedAt;
    private bool _hasRead;

    /// <summary>
    /// Looks at what is stored, and puts it in force where it changed. Returns the keys of the providers that changed; null when none did.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store did not answer; what is in force stays.</exception>
    public async Task<IReadOnlyList<string>?> RefreshAsync(CancellationToken cancellationToken)
    {
        var revision = await book.ReadRevisionAsync(cancellationToken);
        if (_hasRead && revision == _revision && time.GetElapsedTime(_readAt) < FilesEvery)
        {
            return null;
        }

        if (revision != _revision || !_hasRead)
        {
            if (revision < _revision)
            {
                await RestoreAsync(cancellationToken);
                revision = await book.ReadRevisionAsync(cancellationToken);
            }

            (_endpoints, _declarations) = (
                await book.ReadEndpointsAsync(cancellationToken), await book.ReadDeclarationsAsync(cancellationToken));
        }

        (_revision, _readAt, _hasRead) = (revision, time.GetTimestamp(), true);
        var isCheckDue = time.GetElapsedTime(_checkedAt) >= FilesEvery;
        _checkedAt = isCheckDue ? _readAt : _checkedAt;
        var declared = _declarations.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => Declared(entry.Key, entry.Value, isCheckDue)).OfType<RateProvider>()
            .Select(provider => InForce(provider, isDeclared: true));
        var changed = table.Replace([.. table.Configured.All.Select(provider => InForce(provider, isDeclared: false)), .. declared]);
        return changed.Count > 0 ? changed : null;
    }

    /// <summary>The store has lost its documents: those that this worker knows are stored again.</summary>
    private async Task RestoreAsync(CancellationToken cancellationToken)
    {
        const string By = "restored by a worker";
        var endpoints = await book.ReadEndpointsAsync(cancellationToken);
        foreach (var (provider, endpoint) in _endpoints.Where(known => known.Value.Value is not null && !endpoints.ContainsKey(known.Key)))
        {
            await book.EditEndpointAsync(provider, null, endpoint.Value, By, cancellationToken);
            Log.Restored(logger, provider);
        }

        var declared = await book.ReadDeclarationsAsync(cancellationToken);
        foreach (var (provider, record) in _declarations.Where(known => !declared.ContainsKey(known.Key)))
        {
            if (record.Value is { } declaration)
            {
                await book.EditDeclarationAsync(provider, 0, declaration, By, cancellationToken);
                Log.Restored(logger, provider);
            }
        }
    }

    /// <summary>The provider of a declaration; null when it cannot be used here, which is logged once.</summary>
    private RateProvider? Declared(string key, DeclarationRecord record, bool isCheckDue)
    {
        // Reading a declaration costs milliseconds, and documents change often: the same one is read again only from time to time.
        if (!isCheckDue && _declared.TryGetValue(key, out var last) && last.Revision == record.Revision)
        {
            return last.Provider;
        }

        var (provider, problem) = record.Value is { } stored
            ? declarations.Provider(key, stored.Block.GetRawText())
            : (null, "what is stored cannot be read: declare it again");
        var state = string.Create(CultureInfo.InvariantCulture, $"{record.Revision} {problem}");
        if (provider is null)
        {
            if (_unreadable.GetValueOrDefault(key) != state)
            {
                _unreadable[key] = state;
                _declared.Remove(key);
                Log.Unusable(logger, key, record.Revision, problem);
            }

            return null;
        }

        _unreadable.Remove(key);
        if (_declared.TryGetValue(key, out var known) && known.Revision == record.Revision)
        {
            return known.Provider;
        }

        if (record.Value!.Retired)
        {
            // The day before is the last one: with the retirement its latest figures are no longer of use.
            var end = FetchWindows.Local(record.At, provider.Block).AddDays(-1);
            provider = provider.With(provider.Block with
            {
                Enabled = false,
                HistoryUntil = provider.Block.HistoryUntil < end ? provider.Block.HistoryUntil : end,
                Note = $"retired by {record.By}; its history stays",
            });
        }

        _declared[key] = (record.Revision, provider);
        Log.Declared(logger, key, record.By, record.Value.Retired ? "retired" : "declared");
        return provider;
    }

    private ProviderInForce InForce(RateProvider configured, bool isDeclared)
    {
        // Another declaration of the same key is another object.
        var isSame = ReferenceEquals(table.Base(configured.Key), configured);
        if (_endpoints.GetValueOrDefault(configured.Key) is not { } stored)
        {
            return (isSame ? table.Find(configured.Key, "") : null) ?? new(configured, configured, "");
        }

        var (change, problem) = resolver.Resolve(stored.Value, configured.Block, isDeclared);
        var state = string.Create(CultureInfo.InvariantCulture, $"{stored.Revision} {problem} {change?.Key} ")
            + string.Join('\n', change?.SecretHeaders.Values ?? []);
        if (isSame && table.Find(configured.Key, state) is { } known)
        {
            return known;
        }

        if (change is null)
        {
            Log.Unusable(logger, configured.Key, stored.Revision, problem);
            return new(configured.With(configured.Block with { Enabled = false, Note = problem }), configured, state);
        }

        var summary = stored.Value!.Summary();
        Log.InForce(logger, configured.Key, summary);
        return new(configured.With(configured.Block.With(change)), configured, state);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: in force from now on: {Summary}")]
        public static partial void InForce(ILogger logger, string provider, string summary);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: {What} by {By}")]
        public static partial void Declared(ILogger logger, string provider, string by, string what);

        [LoggerMessage(Level = LogLevel.Error,
            Message = "{Provider}: not asked by this worker, since what operators set (revision {Revision}) cannot be used: {Problem}")]
        public static partial void Unusable(ILogger logger, string provider, long revision, string problem);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "The store had lost what operators set of {Provider}: it is stored again from this worker's memory")]
        public static partial void Restored(ILogger logger, string provider);
    }
}
