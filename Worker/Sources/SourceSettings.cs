using System.Globalization;
using Microsoft.Extensions.Logging;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>Puts into force on this worker what operators set of sources at run time, and changes of the files with secrets.</summary>
internal sealed partial class SourceSettings(
    SourceStore book, ProviderTable table, EndpointResolver resolver, TimeProvider time, ILogger<SourceSettings> logger)
{
    // Files of secrets and of allowed hosts change without an announcement.
    private static readonly TimeSpan FilesEvery = TimeSpan.FromSeconds(5);

    private IReadOnlyDictionary<string, WithRevision<EndpointOverride?>> _endpoints =
        new Dictionary<string, WithRevision<EndpointOverride?>>();
    private long _revision;
    private long _readAt;
    private bool _hasRead;

    /// <summary>
    /// Looks at what is stored, and puts it in force where it changed. Null when nothing did.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store did not answer; what is in force stays.</exception>
    public async Task<SourceChange?> RefreshAsync(CancellationToken cancellationToken)
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

            _endpoints = await book.ReadEndpointsAsync(cancellationToken);
        }

        (_revision, _readAt, _hasRead) = (revision, time.GetTimestamp(), true);
        var (changed, gone) = table.Replace([.. table.Configured.All.Select(InForce)]);
        return changed.Count + gone.Count > 0 ? new(changed, gone) : null;
    }

    /// <summary>The store has lost its documents: those that this worker knows are stored again.</summary>
    private async Task RestoreAsync(CancellationToken cancellationToken)
    {
        var stored = await book.ReadEndpointsAsync(cancellationToken);
        foreach (var (provider, endpoint) in _endpoints.Where(known => known.Value.Value is not null && !stored.ContainsKey(known.Key)))
        {
            await book.EditEndpointAsync(provider, null, endpoint.Value, "restored by a worker", cancellationToken);
            Log.Restored(logger, provider);
        }
    }

    private ProviderInForce InForce(RateProvider configured)
    {
        if (_endpoints.GetValueOrDefault(configured.Key) is not { } stored)
        {
            return table.Find(configured.Key, "") ?? new(configured, "");
        }

        var (change, problem) = resolver.Resolve(stored.Value, configured.Block, isDeclared: false);
        var state = string.Create(CultureInfo.InvariantCulture, $"{stored.Revision} {problem} {change?.Key} ")
            + string.Join('\n', change?.SecretHeaders.Values ?? []);
        if (table.Find(configured.Key, state) is { } known)
        {
            return known;
        }

        if (change is null)
        {
            Log.Unusable(logger, configured.Key, stored.Revision, problem);
            return new(configured.With(configured.Block with { Enabled = false, Note = problem }), state);
        }

        var summary = stored.Value!.Summary();
        Log.InForce(logger, configured.Key, summary);
        return new(configured.With(configured.Block.With(change)), state);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Provider}: in force from now on: {Summary}")]
        public static partial void InForce(ILogger logger, string provider, string summary);

        [LoggerMessage(Level = LogLevel.Error,
            Message = "{Provider}: not asked by this worker, since what operators set (revision {Revision}) cannot be used: {Problem}")]
        public static partial void Unusable(ILogger logger, string provider, long revision, string problem);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "The store had lost what operators set of {Provider}: it is stored again from this worker's memory")]
        public static partial void Restored(ILogger logger, string provider);
    }
}

/// <summary>The providers that are new, changed or no longer there.</summary>
/// <param name="Changed">Keys of providers that are new or changed.</param>
/// <param name="Gone">Providers that are no longer there.</param>
internal sealed record SourceChange(IReadOnlyList<string> Changed, IReadOnlyList<RateProvider> Gone);
