namespace Rates.Store;

/// <summary>Stores blobs (byte strings with a name) as files of a folder.</summary>
internal sealed class FolderBlobs(string folder, TimeProvider time) : IBlobs
{
    private readonly string _root = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public Task PutAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // A reader sees the whole file or none.
        var part = $"{path}.{Guid.NewGuid():N}.part";
        await File.WriteAllBytesAsync(part, value, cancellationToken);
        File.SetLastWriteTimeUtc(part, time.GetUtcNow().UtcDateTime);
        File.Move(part, path, overwrite: true);
        return true;
    });

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken) => GuardAsync(async () =>
        File.Exists(PathOf(name)) ? await File.ReadAllBytesAsync(PathOf(name), cancellationToken) : null);

    /// <inheritdoc/>
    public Task<IReadOnlyList<BlobEntry>> ListAsync(CancellationToken cancellationToken) => GuardAsync(() =>
        Task.FromResult<IReadOnlyList<BlobEntry>>(!Directory.Exists(_root) ? [] :
        [
            .. from file in new DirectoryInfo(_root).EnumerateFiles("*", SearchOption.AllDirectories)
               where file.Extension != ".part"
               let name = Path.GetRelativePath(_root, file.FullName).Replace(Path.DirectorySeparatorChar, '/')
               select new BlobEntry(name, file.Length, new(file.LastWriteTimeUtc, TimeSpan.Zero)),
        ]));

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => GuardAsync(() =>
    {
        File.Delete(PathOf(name));
        return Task.FromResult(true);
    });

    private string PathOf(string name) => Path.Combine(_root, Path.Combine(name.Split('/')));

    private async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The evidence folder {_root} cannot be used: {failure.Message}", failure);
        }
    }
}
