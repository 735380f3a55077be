namespace Rates.Store;

/// <summary>Makes files that only their owner reads: the store holds the hashes of passwords and keys.</summary>
internal static class OwnerFile
{
    /// <summary>Makes an empty file, unless there is one. SQLite gives its log the rights of the file.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void MakeIfAbsent(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
    }
}
