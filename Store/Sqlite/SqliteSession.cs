using Microsoft.Data.Sqlite;

namespace Rates.Store;

/// <summary>Runs the SQL statements of one unit of work. Parameters are <c>$1</c>, <c>$2</c> and so on, in the order given.</summary>
internal readonly struct SqliteSession(SqliteConnection connection, SqliteTransaction? transaction)
{
    /// <summary>Runs a statement; how many rows it changed.</summary>
    public int Run(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row as a number; 0 when there is no row.</summary>
    public long Number(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar() is long number ? number : 0;
    }

    /// <summary>The first value of the first row as text; null when there is no row.</summary>
    public string? Text(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar() as string;
    }

    /// <summary>Every row as <paramref name="read"/> sees it.</summary>
    public List<T> Rows<T>(Func<SqliteDataReader, T> read, string sql, params ReadOnlySpan<object?> values)
    {
        List<T> rows = [];
        Each(row => rows.Add(read(row)), sql, values);
        return rows;
    }

    /// <summary>Hands over every row.</summary>
    public void Each(Action<SqliteDataReader> take, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            take(reader);
        }
    }

    /// <summary>
    /// Moves a counter to the greater of its next number and <paramref name="now"/>, so that it rises even over a restored
    /// file.
    /// </summary>
    public long Rise(string counter, long now) =>
        Number("INSERT INTO meta VALUES ($1, $2) ON CONFLICT DO UPDATE SET value = max(value + 1, $2) RETURNING value", counter, now);

    private SqliteCommand Command(string sql, ReadOnlySpan<object?> values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        }

        return command;
    }
}
