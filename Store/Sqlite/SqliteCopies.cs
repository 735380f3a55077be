using Microsoft.Data.Sqlite;

namespace Rates.Store;

/// <summary>
/// Finds the intact backup copies of the SQLite file, newest first: <c>rates.copy1.db</c> and <c>rates.copy2.db</c> beside it.
/// </summary>
/// <param name="path">The rates file.</param>
internal sealed class SqliteCopies(string path)
{
    /// <summary>SQLite's code for a file that is none of its own.</summary>
    public const int NotADatabase = 26;

    private const int Corrupt = 11;
    private const int HeaderBytes = 100;
    private const long LeastToCompact = 8 * 1024 * 1024;

    private static readonly string[] Parts = ["", "-wal", "-shm"];

    private readonly string _folder = Path.GetDirectoryName(path)!;

    /// <summary>The copies' files, newest first, whether they exist or not.</summary>
    public IReadOnlyList<string> Files => [Beside("rates.copy1.db"), Beside("rates.copy2.db")];

    /// <summary>When the newest copy was made, UTC; null when there is none.</summary>
    public DateTime? MadeAt => File.Exists(Files[0]) ? File.GetLastWriteTimeUtc(Files[0]) : null;

    /// <summary>Whether the newest copy is so much smaller than the file that it is worth while to write the file anew.</summary>
    public bool IsMuchSmaller => new FileInfo(path).Length is >= LeastToCompact and var length
        && new FileInfo(Files[0]).Length < length - (length / 4);

    /// <summary>Whether the file itself is what failed, and not the disk or another program.</summary>
    public static bool IsDamage(SqliteException failure) => failure.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>Copies the file as it is now, checks the copy, and puts it in front of the earlier ones.</summary>
    /// <exception cref="SqliteException">The file cannot be read, or the disk is full; the earlier copies stay.</exception>
    /// <exception cref="IOException">The disk is full; the earlier copies stay.</exception>
    public void Make()
    {
        var made = Beside("rates.copy.new");
        try
        {
            File.Delete(made);
            OwnerFile.MakeIfAbsent(made);
            using (var source = Open(path, SqliteOpenMode.ReadOnly))
            {
                // Reads every row, beside any writer: what cannot be read is found here, and ends the copy.
                using var command = source.CreateCommand();
                command.CommandText = "VACUUM INTO $1";
                command.Parameters.AddWithValue("$1", made);
                command.ExecuteNonQuery();
            }

            ThrowIfDamaged(made);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(made, File.GetUnixFileMode(path));
            }

            if (File.Exists(Files[0]))
            {
                File.Move(Files[0], Files[1], overwrite: true);
            }

            File.Move(made, Files[0]);
        }
        finally
        {
            File.Delete(made);
        }
    }

    /// <summary>
    /// SQLite itself takes a file that was cut within its first page for a new one, and makes its tables anew. A file that is absent is
    /// no fault: it is made.
    /// </summary>
    /// <exception cref="SqliteException">The file ends within a page, or is empty although there are copies of it.</exception>
    public void ThrowIfCut()
    {
        // With a log beside it the file may end anywhere: the log has the rest.
        if (!File.Exists(path) || (File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length > 0))
        {
            return;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[HeaderBytes];
        if (file.Length == 0 ? MadeAt is not null : file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes
            || file.Length % PageSize(header) != 0)
        {
            throw new SqliteException(file.Length == 0 ? "it is empty" : "it ends within a page", NotADatabase);
        }
    }

    /// <summary>The newest copy that is intact; null when there is none.</summary>
    public string? NewestIntact() => Files.FirstOrDefault(IsIntact);

    /// <summary>
    /// Renames the damaged file, which nobody may have open, and puts a copy in its place. Returns what was done, for the log.
    /// </summary>
    public string Restore(string copy, string damage)
    {
        var aside = Enumerable.Range(1, int.MaxValue).Select(number => Beside($"rates.damaged{number}.db"))
            .First(name => !File.Exists(name));
        foreach (var end in Parts.Where(end => File.Exists(path + end)))
        {
            File.Move(path + end, aside + end, overwrite: true);
        }

        var restored = Beside("rates.restored.new");
        File.Copy(copy, restored, overwrite: true);
        File.Move(restored, path);
        return $"The rate store {path} was damaged ({damage}): its copy of {File.GetLastWriteTimeUtc(copy):u} is used instead, and the "
            + $"damaged file was renamed to {Path.GetFileName(aside)}. What was stored after that copy is missing";
    }

    /// <exception cref="SqliteException">The file is no database, or parts of it do not fit together.</exception>
    public static void ThrowIfDamaged(SqliteSession session)
    {
        if (session.Text("PRAGMA quick_check(1)") is var found and not "ok")
        {
            throw new SqliteException(found ?? "it cannot be read", Corrupt);
        }
    }

    private static void ThrowIfDamaged(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadOnly);
        ThrowIfDamaged(new SqliteSession(connection, null));
    }

    // Bytes 16 and 17 of the header; 1 stands for the size that does not fit in.
    private static int PageSize(byte[] header) => ((header[16] << 8) | header[17]) switch { 1 => 65_536, < 512 => 512, var size => size };

    private static bool IsIntact(string copy)
    {
        try
        {
            if (!File.Exists(copy) || new FileInfo(copy).Length == 0)
            {
                return false;
            }

            ThrowIfDamaged(copy);
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 2 }.ToString());
        connection.Open();
        return connection;
    }

    private string Beside(string name) => Path.Combine(_folder, name);
}
