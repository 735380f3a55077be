using Microsoft.Data.Sqlite;

namespace Rates.Store;

internal sealed partial class SqliteFile
{
    /// <summary>Makes an intact copy beside the file, unless nothing was written since the last one.</summary>
    /// <remarks>
    /// A copy has no free space. When it is much smaller, the file is made as small: history is filled in from the newest day to the
    /// oldest, which leaves the pages of the file half full. Writers wait for that, some seconds for 200 MB; readers do not.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">The file cannot be read, or the disk is full; the earlier copies stay.</exception>
    public async Task CopyAsync(CancellationToken cancellationToken)
    {
        if (await Task.Run(Copy, cancellationToken) && _copies.IsMuchSmaller)
        {
            await CompactAsync(cancellationToken);
        }
    }

    private bool Copy()
    {
        try
        {
            var written = new[] { Path, Path + "-wal" }.Where(File.Exists).Max(File.GetLastWriteTimeUtc);
            if (_copies.MadeAt >= written)
            {
                return false;
            }

            _copies.Make();
            return true;
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"No copy of the rate store {Path} can be made: {failure.Message}", failure);
        }
    }

    private async Task CompactAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(Compact, cancellationToken);
        }
        catch (SqliteException failure)
        {
            throw new StoreUnavailableException($"The rate store {Path} cannot be made smaller: {failure.Message}", failure);
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Compact()
    {
        var session = new SqliteSession(_writer, null);
        session.Run("VACUUM");
        session.Run("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private async Task<StoreUnavailableException> RestoreAsync(SqliteException failure, int restores)
    {
        await _writing.WaitAsync();
        try
        {
            return Volatile.Read(ref _restores) == restores ? RestoreAlone(failure) : Unavailable(failure);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Puts the newest intact copy in place, and returns what to tell the caller, whose work has to be done again.</summary>
    private StoreUnavailableException RestoreAlone(SqliteException failure)
    {
        try
        {
            if (Replace(failure) is { } done)
            {
                _writeProblem = null;
                return new(done, failure);
            }
        }
        catch (Exception second) when (second is SqliteException or IOException or UnauthorizedAccessException)
        {
            _writeProblem = second.Message;
            return Unavailable(second);
        }

        _writeProblem = $"it is damaged, and has no intact copy: {failure.Message}";
        return Damaged(failure);
    }

    // Null where no copy is intact: nothing was done then.
    private string? Replace(SqliteException failure)
    {
        if (_copies.NewestIntact() is not { } copy)
        {
            return null;
        }

        CloseConnections();
        var done = _copies.Restore(copy, failure.Message);
        Prepare();
        Interlocked.Increment(ref _restores);
        return done;
    }
}
