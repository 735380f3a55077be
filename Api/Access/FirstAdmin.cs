using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Creates the user <c>admin</c> of the Api at the first start with a generated password, so that there is no default password; or gives it
/// the password of a configured file.
/// </summary>
internal sealed partial class FirstAdmin(
    AccessStore accessStore, PasswordHasher hasher, IOptions<AccessOptions> access, IOptions<StoreOptions> store,
    ILogger<FirstAdmin> logger)
{
    /// <summary>The user's name.</summary>
    public const string Name = "admin";

    private const string FileName = "admin-password";
    private const string By = "start";

    /// <summary>
    /// Makes the user where there is none, or gives it the password of the configured file. True when something was stored.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public async Task<bool> EnsureAsync(IReadOnlyDictionary<string, WithRevision<AccessUser>> users, CancellationToken cancellationToken)
    {
        if (access.Value.AdminPasswordFile.Length > 0)
        {
            return await FromFileAsync(users, cancellationToken);
        }

        if (users.Count > 0)
        {
            return false;
        }

        var password = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 32);
        if (Write(password) is not { } path)
        {
            return false;
        }

        var stored = await accessStore.EditUserAsync(
            Name, 0, User(password), By, "made with a generated password", cancellationToken) is not null;
        if (!stored)
        {
            // Another Api on this store was first: its file has the password, and that may be in this folder.
            File.Delete(path);
            return false;
        }

        Log.Written(logger, Name, Place(path));
        return true;
    }

    /// <summary>
    /// Gives the file its name. A file that has the name already may be of another store, such as Redis where this start uses the embedded
    /// one: it is renamed and not lost. Where that cannot be done, the password stays in the file as it is.
    /// </summary>
    private string Place(string path)
    {
        var final = Path.Combine(Path.GetDirectoryName(path)!, FileName);
        try
        {
            if (File.Exists(final))
            {
                var written = File.GetLastWriteTimeUtc(final).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
                var earlier = $"{final}.{written}";
                File.Move(final, earlier);
                Log.Kept(logger, final, earlier);
            }

            File.Move(path, final);
            return final;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    private AccessUser User(string password) => new() { Role = AccessRole.Admin, Password = hasher.Hash(password) };

    private async Task<bool> FromFileAsync(IReadOnlyDictionary<string, WithRevision<AccessUser>> users, CancellationToken cancellationToken)
    {
        var password = (await File.ReadAllTextAsync(access.Value.AdminPasswordFile, cancellationToken)).Trim();
        if (password.Length < Credentials.ShortestPassword)
        {
            Log.TooShort(logger, access.Value.AdminPasswordFile, Credentials.ShortestPassword);
            return false;
        }

        var before = users.GetValueOrDefault(Name);
        return !(before is { Value.Role: AccessRole.Admin } && hasher.Verify(password, before.Value.Password))
            && await accessStore.EditUserAsync(
                Name, before?.Revision ?? 0, User(password), By, "given the password of the configured file",
                cancellationToken) is not null;
    }

    /// <summary>
    /// Writes the password to a file of a name of its own: several Apis with one folder may start at the same time, and only the
    /// password of one of them comes into force.
    /// </summary>
    private string? Write(string password)
    {
        if (store.Value.DataFolder.Length == 0)
        {
            Log.NoFolder(logger);
            return null;
        }

        var path = Path.GetFullPath(Path.Combine(store.Value.DataFolder, $"{FileName}.{Guid.NewGuid():N}"));
        try
        {
            Directory.CreateDirectory(store.Value.DataFolder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, options);
            file.Write(Encoding.ASCII.GetBytes(password + "\n"));
            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.Unwritable(logger, path, failure.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "The user '{User}' was made with a generated password, which is in {Path}: sign in, set another, delete the file")]
        public static partial void Written(ILogger logger, string user, string path);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "{Path} had the password of another store, or of this one before it was emptied; it is now {Earlier}. "
                + "Was another store meant? Look at Rates:Redis")]
        public static partial void Kept(ILogger logger, string path, string earlier);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "No user was made: {Path} cannot be written: {Problem}. Make it writable, or set Rates:Access:AdminPasswordFile")]
        public static partial void Unwritable(ILogger logger, string path, string problem);

        [LoggerMessage(
            Level = LogLevel.Error,
            Message = "No user was made: there is no data folder for the password. Name a file in Rates:Access:AdminPasswordFile")]
        public static partial void NoFolder(ILogger logger);

        [LoggerMessage(Level = LogLevel.Error, Message = "The password in {Path} is not used: it has fewer than {Shortest} characters")]
        public static partial void TooShort(ILogger logger, string path, int shortest);
    }
}
