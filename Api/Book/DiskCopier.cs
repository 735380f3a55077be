using Microsoft.Extensions.Options;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>Copies the book to disk soon after a sheet changed, however often that is.</summary>
internal sealed class DiskCopier(CurrentBook current, BookDisk disk, IOptions<ApiOptions> options, TimeProvider time) : BackgroundService
{
    private readonly Lock _saving = new();
    private IReadOnlyList<(ProviderProfile Profile, SheetVersion Sheet)> _saved = [];

    /// <summary>Writes a copy if one with other sheets or profiles is on disk. Health alone is not worth a write.</summary>
    public void SaveIfChanged()
    {
        lock (_saving)
        {
            // Looked at under the lock: a book looked at before it may be older than one saved meanwhile.
            var book = current.Book;
            IReadOnlyList<(ProviderProfile, SheetVersion)> held = [.. book.Entries.Select(entry => (entry.Stored.Profile, SheetVersion.Of(entry.Sheet)))];
            if (book.HasSheets && !held.SequenceEqual(_saved))
            {
                disk.Save(book);
                _saved = held;
            }
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        SaveIfChanged();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.DiskCopyInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            SaveIfChanged();
        }
    }
}
