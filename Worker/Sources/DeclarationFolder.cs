using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Stores the declarations of providers in a folder's files, so that every worker has them: a file that comes or changes is declared, one
/// that goes is retired. What operators declared themselves is left alone.
/// </summary>
internal sealed partial class DeclarationFolder(
    SourceStore book, DeclarationCheck check, StoreAvailability availability, WorkerOptions options, TimeProvider time,
    ILogger<DeclarationFolder> logger) : BackgroundService
{
    private const string By = "file ";
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);
    private bool _hasStarted;

    /// <summary>Looks at the folder once.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        if (Files() is not { } files)
        {
            return;
        }

        foreach (var (key, text) in files.Where(file => _seen.GetValueOrDefault(file.Key) != file.Value))
        {
            if (await DeclareAsync(key, text, cancellationToken))
            {
                _seen[key] = text;
            }
        }

        // At the start nothing is known of files that were there before: what they declared is known by its mark.
        if (!_hasStarted || _seen.Keys.Any(key => !files.ContainsKey(key)))
        {
            foreach (var (key, record) in await book.ReadDeclarationsAsync(cancellationToken))
            {
                if (record.Value is { File: not null, Retired: false } declared && !files.ContainsKey(key))
                {
                    await book.EditDeclarationAsync(
                        key, record.Revision, declared with { Retired = true }, $"{By}{declared.File} (gone)", cancellationToken);
                    Log.Gone(logger, declared.File!, key);
                }
            }

            foreach (var gone in _seen.Keys.Where(key => !files.ContainsKey(key)).ToList())
            {
                _seen.Remove(gone);
            }

            _hasStarted = true;
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.DeclarationsFolder.Length == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (StoreUnavailableException problem)
            {
                availability.Lost(problem);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Every file's text, by key; null when the folder cannot be read now.</summary>
    private Dictionary<string, string>? Files()
    {
        try
        {
            return Directory.EnumerateFiles(options.DeclarationsFolder, "*.json")
                .Where(file => new FileInfo(file).Length <= Declaration.MostBytes)
                .ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText, StringComparer.Ordinal);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Declares what a file holds. False when somebody else was faster: the next look tries again.</summary>
    private async Task<bool> DeclareAsync(string key, string text, CancellationToken cancellationToken)
    {
        var file = $"{key}.json";
        var (provider, problem) = check.Provider(key, text);
        if (provider is null)
        {
            Log.Unusable(logger, file, problem);
            return true;
        }

        var before = (await book.ReadDeclarationsAsync(cancellationToken)).GetValueOrDefault(key);
        if (before?.Value is { File: null })
        {
            Log.OperatorsWin(logger, file, key, before.By);
            return true;
        }

        using var document = JsonDocument.Parse(text);
        var declaration = new StoredDeclaration { Block = document.RootElement.Clone(), File = file };
        return (before?.Value is { Retired: false } known && JsonElement.DeepEquals(known.Block, declaration.Block))
            || await book.EditDeclarationAsync(key, before?.Revision ?? 0, declaration, $"{By}{file}", cancellationToken) is not null;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{File}: not declared, what was declared before stays in force: {Problem}")]
        public static partial void Unusable(ILogger logger, string file, string problem);

        [LoggerMessage(Level = LogLevel.Warning,
            Message = "{File}: not used, since {By} declared {Provider} over the interface: give the file another name or change it there")]
        public static partial void OperatorsWin(ILogger logger, string file, string provider, string by);

        [LoggerMessage(Level = LogLevel.Information, Message = "{File} is gone: {Provider} is retired, its history stays")]
        public static partial void Gone(ILogger logger, string file, string provider);
    }
}
