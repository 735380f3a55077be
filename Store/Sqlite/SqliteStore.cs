namespace Rates.Store;

/// <summary>The store in one SQLite file, for one process: keeps everything there.</summary>
/// <remarks>The rules are those of the Redis scripts under <c>Redis/</c>; a transaction stands where a script stands there.</remarks>
internal sealed partial class SqliteStore(SqliteFile file, TimeProvider time) : IRateStore
{
    private readonly InProcessNotifier _sheets = new();
    private readonly InProcessNotifier _schedules = new();

    /// <inheritdoc/>
    public IOperatorDocuments Documents { get; } = new SqliteDocuments(file, time);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <inheritdoc/>
    public string Location => file.Path;

    /// <inheritdoc cref="SqliteFile.CopyAsync"/>
    public Task CopyAsync(CancellationToken cancellationToken) => file.CopyAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => file.DisposeAsync();
}
