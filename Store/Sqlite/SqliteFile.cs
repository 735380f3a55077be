using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Rates.Store;

/// <summary>Opens and locks the one file of the embedded store: one writer at a time, readers beside it, one process.</summary>
internal sealed class SqliteFile : IAsyncDisposable
{
    private const int SchemaVersion = 2;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly FileStream _lock;
    private readonly SqliteConnection _writer;
    private readonly string _connection;

    private SqliteFile(string path, FileStream held)
    {
        Path = path;
        _lock = held;
        _connection = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 2 }.ToString();
        _writer = new(_connection);
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>Opens <c>rates.db</c> in <paramref name="folder"/>, making both when absent.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The folder cannot be written, another process has the file, or a newer program made it.
    /// </exception>
    public static SqliteFile Open(string folder)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, "rates.db"));
        var file = new SqliteFile(path, Lock(path));
        try
        {
            file.Prepare();
            return file;
        }
        catch (SqliteException failure)
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
            return await Task.Run(() => Write(work), cancellationToken);
        }
        catch (SqliteException failure)
        {
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
        StoreMetrics.MeasureAsync("sqlite", operation, () => Task.Run(() => Read(work), cancellationToken));

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

    private static FileStream Lock(string path)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);

            // SQLite lets several processes in; claims, fences and notifications work inside one only.
            return new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new StoreUnavailableException($"The rate store {path} cannot be opened: {denied.Message}", denied);
        }
        catch (IOException taken) when (File.Exists(path + ".lock"))
        {
            throw new StoreUnavailableException(
                $"The rate store {path} is in use by another process, and can be used by one process only: stop that process, "
                + "set another Rates:DataFolder, or use a Redis server (Rates:Redis) for several processes", taken);
        }
        catch (IOException failure)
        {
            throw new StoreUnavailableException($"The rate store {path} cannot be opened: {failure.Message}", failure);
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
        try
        {
            using var connection = new SqliteConnection(_connection);
            connection.Open();
            using var transaction = connection.BeginTransaction(deferred: true);
            return work(new(connection, transaction));
        }
        catch (SqliteException failure)
        {
            throw Unavailable(failure);
        }
    }

    private void Prepare()
    {
        _writer.Open();
        var session = new SqliteSession(_writer, null);

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
        _writer.Dispose();
        SqliteConnection.ClearPool(new(_connection));
        _lock.Dispose();
    }

    private StoreUnavailableException Unavailable(SqliteException failure) =>
        new($"The rate store {Path} cannot be used: {failure.Message}", failure);
}
