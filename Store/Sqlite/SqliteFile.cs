using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Rates.Store;

/// <summary>Opens and locks the SQLite file of the store: one writer at a time, readers beside it, one process.</summary>
internal sealed partial class SqliteFile : IAsyncDisposable
{
    private const int SchemaVersion = 3;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly FileStream _lock;
    private readonly SqliteConnection _writer;
    private readonly SqliteCopies _copies;
    private readonly string _connection;
    private volatile string? _writeProblem;
    private int _restores;

    private SqliteFile(string path, FileStream held)
    {
        Path = path;
        _lock = held;
        _copies = new(path);
        var connection = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 2 };
        _writer = new(connection.ToString());

        // A reader must not make an empty file in the moment in which a copy is put in place.
        connection.Mode = SqliteOpenMode.ReadWrite;
        _connection = connection.ToString();
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>Why the last write failed; null after one that succeeded.</summary>
    public string? WriteProblem => _writeProblem;

    /// <summary>What was found and done when the file was opened; null for nothing.</summary>
    public string? Restored { get; private set; }

    /// <summary>
    /// Opens <c>rates.db</c> in <paramref name="folder"/>, making both when absent. A damaged file gives way to its newest intact copy.
    /// </summary>
    /// <exception cref="StoreUnavailableException">
    /// The folder cannot be written, another process has the file, a newer program made it, or it is damaged and has no intact copy.
    /// </exception>
    public static SqliteFile Open(string folder)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, "rates.db"));
        var file = new SqliteFile(path, SqliteLock.Take(path));
        try
        {
            file.PrepareOrRestore();
            return file;
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            file.Close();
            throw file.Unavailable(failure);
        }
        catch (StoreUnavailableException)
        {
            file.Close();
            throw;
        }
    }

    /// <summary>Runs <paramref name="work"/> in one transaction, alone: all of it is kept or nothing.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="operation">The name of the call in metrics: the calling method.</param>
    /// <exception cref="StoreUnavailableException">The file cannot be written.</exception>
    public Task<T> WriteAsync<T>(
        Func<SqliteSession, T> work, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        StoreMetrics.MeasureAsync("sqlite", operation, () => WriteAloneAsync(work, cancellationToken));

    private async Task<T> WriteAloneAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            // SQLite has no asynchronous calls: a pool thread waits for the disk, not the caller.
            var result = await Task.Run(() => Write(work), cancellationToken);
            _writeProblem = null;
            return result;
        }
        catch (SqliteException failure) when (SqliteCopies.IsDamage(failure))
        {
            throw RestoreAlone(failure);
        }
        catch (SqliteException failure)
        {
            _writeProblem = failure.Message;
            throw Unavailable(failure);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Action<SqliteSession> work, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        WriteAsync(
            session =>
            {
                work(session);
                return true;
            },
            cancellationToken, operation);

    /// <summary>Runs <paramref name="work"/> on one consistent state of the file, beside any writer.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be read.</exception>
    public Task<T> ReadAsync<T>(
        Func<SqliteSession, T> work, CancellationToken cancellationToken, [CallerMemberName] string operation = "") =>
        StoreMetrics.MeasureAsync("sqlite", operation, () => ReadOrRestoreAsync(work, cancellationToken));

    private async Task<T> ReadOrRestoreAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        var restores = Volatile.Read(ref _restores);
        try
        {
            return await Task.Run(() => Read(work), cancellationToken);
        }
        catch (SqliteException failure) when (SqliteCopies.IsDamage(failure))
        {
            throw await RestoreAsync(failure, restores);
        }
        catch (SqliteException failure)
        {
            throw Unavailable(failure);
        }
    }

    /// <summary>Closes the file and lets other processes have it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync();
        try
        {
            Close();
        }
        finally
        {
            _writing.Release();
        }
    }

    private T Write<T>(Func<SqliteSession, T> work)
    {
        using var transaction = _writer.BeginTransaction(deferred: false);
        var result = work(new(_writer, transaction));
        transaction.Commit();
        return result;
    }

    private T Read<T>(Func<SqliteSession, T> work)
    {
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        return work(new(connection, transaction));
    }

    private void PrepareOrRestore()
    {
        try
        {
            _copies.ThrowIfCut();
            Prepare();
        }
        catch (SqliteException failure) when (SqliteCopies.IsDamage(failure))
        {
            Restored = Replace(failure) ?? throw Damaged(failure);
        }
    }

    private void Prepare()
    {
        OwnerFile.MakeIfAbsent(Path);
        _writer.Open();
        var session = new SqliteSession(_writer, null);
        SqliteCopies.ThrowIfDamaged(session);

        // An acknowledged sheet survives the machine, not only the process.
        session.Run("PRAGMA journal_mode = WAL");
        session.Run("PRAGMA synchronous = FULL");
        var version = session.Number("PRAGMA user_version");
        if (version > SchemaVersion)
        {
            throw new StoreUnavailableException(
                $"The rate store {Path} was made by a newer version of this program (schema {version}; this one knows {SchemaVersion})",
                null);
        }

        if (version == 1 && session.Number("SELECT count(*) FROM pragma_table_info('audit') WHERE name = 'what'") == 0)
        {
            session.Run(SqliteSchema.FromVersion1);
        }

        session.Run(SqliteSchema.Create);
        session.Run($"PRAGMA user_version = {SchemaVersion}");
    }

    private void Close()
    {
        CloseConnections();
        _writer.Dispose();
        _lock.Dispose();
    }

    // A closed connection of the pool still has the file open.
    private void CloseConnections()
    {
        _writer.Close();
        SqliteConnection.ClearPool(_writer);
        using var reader = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(reader);
    }

    private StoreUnavailableException Unavailable(Exception failure) =>
        new($"The rate store {Path} cannot be used: {failure.Message}", failure);

    private StoreUnavailableException Damaged(SqliteException failure) => new(
        $"The rate store {Path} cannot be used: it is damaged, and has no intact copy: {failure.Message}. Put a backup in its place, or "
        + "move it away to begin with an empty one", failure);
}
