namespace Rates.Store;

internal sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public string? WriteProblem => file.WriteProblem;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(session => session.Run("UPDATE meta SET value = value WHERE name = 'version'"), cancellationToken);
            return file.Restored is { } restored ? [restored] : [];
        }
        catch (StoreUnavailableException unavailable)
        {
            return [unavailable.Message];
        }
    }
}
