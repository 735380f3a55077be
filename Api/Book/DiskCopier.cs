using Microsoft.Extensions.Options;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Copies the rates in memory (the book) to disk after they changed, at most once per <see cref="ApiOptions.DiskCopyInterval"/>, and at
/// shutdown.
/// </summary>
internal sealed class DiskCopier(
    CurrentBook current, DiskCopyFile disk, IOptions<ApiOptions> options, TimeProvider time) : BackgroundService
{
    private readonly Lock _saving = new();
    private IReadOnlyList<(ProviderProfile Profile, SheetVersion Sheet)> _saved = [];
    private string _savedId = "";

    /// <summary>Writes a copy if sheets or profiles differ from the last one written. A change of health alone writes nothing.</summary>
    public void SaveIfChanged()
    {
        lock (_saving)
        {
            // Read inside the lock: a book read before it may be older than one that another thread saved.
            var book = current.Book;
            IReadOnlyList<(ProviderProfile, SheetVersion)> held =
                [.. book.Entries.Select(entry => (entry.Stored.Profile, SheetVersion.Of(entry.Sheet)))];
            var id = disk.StoreId;
            if (book.HasSheets && (id != _savedId || !held.SequenceEqual(_saved)))
            {
                disk.Save(book);
                (_saved, _savedId) = (held, id);
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
