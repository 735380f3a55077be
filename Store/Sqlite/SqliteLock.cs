namespace Rates.Store;

/// <summary>Locks the SQLite file of the store, so that no other process uses it.</summary>
internal static class SqliteLock
{
    /// <summary>Makes the file's folder if there is none, and holds the file until what is returned is disposed.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <exception cref="StoreUnavailableException">Another process holds it, or the folder cannot be written.</exception>
    public static FileStream Take(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);

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
}
