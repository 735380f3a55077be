using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// One provider in the disk copy of the Api's rates: its description and its latest rates, which are null when it has none.
/// </summary>
internal sealed record SavedProvider(StoredProvider Stored, RateSheet? Sheet);

/// <summary>
/// Writes and reads the file that holds a copy of the Api's rates. An Api that starts while the store is down answers from it.
/// </summary>
/// <remarks>
/// It has one header line (schema, kind and prefix of the store, id of the store, SHA-256 of id and rest), then JSON. It is written
/// under another name and then renamed, so that a reader finds a whole copy. The copy before it is kept, and is read when the newest is
/// damaged. The store's address is no part of it: another password, or another name of the same host, leaves it usable.
/// </remarks>
internal sealed partial class DiskCopyFile(DiskCopyLocation location, ILogger<DiskCopyFile> log)
{
    private const string Schema = "rates-book-2";
    private const string FirstSchema = "rates-book-1";
    private const string NoId = "-";
    private const int MaxHeader = 256;
    private const int PieceLength = 64 * 1024;

    private readonly string _newest = Path.Combine(location.Folder, "book.json");
    private readonly string _before = Path.Combine(location.Folder, "book.1.json");
    private bool _isNewestWhole;
    private bool _failed;

    /// <summary>The id of the store that the copy is of: as read with it, then as the store says; empty while neither is known.</summary>
    public string StoreId { get; set; } = "";

    /// <summary>Reads the newest copy that is not damaged; empty when there is none.</summary>
    public async Task<IReadOnlyList<SavedProvider>> LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var path in new[] { _newest, _before }.Where(File.Exists))
        {
            try
            {
                var copies = Read(await File.ReadAllBytesAsync(path, cancellationToken));
                _isNewestWhole = path == _newest;
                Log.Loaded(log, copies.Count(copy => copy.Sheet is not null), path);
                return copies;
            }
            catch (Exception unusable) when (
                unusable is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
            {
                Log.Unusable(log, path, unusable.Message);
            }
        }

        return [];
    }

    /// <summary>Writes a copy. A failure is logged once and not thrown: answers do not depend on the copy.</summary>
    public void Save(RateBook book)
    {
        try
        {
            Directory.CreateDirectory(location.Folder);
            var written = _newest + ".new";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(written, options))
            {
                // Of a provider that only settings or keys name there is nothing to keep.
                Write(
                    file,
                    [
                        .. book.Entries.Where(entry => entry.IsKnown)
                            .Select(entry => new SavedProvider(entry.Stored, entry.Sheet)),
                    ]);
                file.Flush(flushToDisk: true);
            }

            // A damaged copy must not replace the good one before it.
            if (_isNewestWhole && File.Exists(_newest))
            {
                File.Move(_newest, _before, overwrite: true);
            }

            File.Move(written, _newest, overwrite: true);
            _isNewestWhole = true;
            _failed = false;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            if (!_failed)
            {
                Log.NotWritten(log, location.Folder, refused.Message);
            }

            _failed = true;
        }
    }

    // Never whole in memory: an array of that size would stay until the oldest objects are collected, which is seldom.
    private void Write(FileStream file, SavedProvider[] providers)
    {
        var id = StoreId.Length > 0 ? StoreId : NoId;
        file.Write(Encoding.ASCII.GetBytes(HeaderOf(id, new byte[SHA256.HashSizeInBytes])));
        var hash = HashOf(id, file, body => JsonSerializer.Serialize(body, providers, DiskCopyJson.Default.SavedProviderArray));
        file.Position = 0;
        file.Write(Encoding.ASCII.GetBytes(HeaderOf(id, hash)));
    }

    private SavedProvider[] Read(byte[] bytes)
    {
        var end = Array.IndexOf(bytes, (byte)'\n', 0, Math.Min(bytes.Length, MaxHeader));
        var body = bytes.AsMemory(end + 1);
        var header = Encoding.ASCII.GetString(bytes, 0, end + 1);
        var id = header.Split(' ') is [Schema, _, var written, _] ? written : NoId;
        if (end < 0
            || (header != HeaderOf(id, HashOf(id, Stream.Null, to => WriteTo(to, body.Span))) && header != FirstHeaderOf(body.Span)))
        {
            throw new InvalidDataException("it is damaged, of another version or of another store");
        }

        StoreId = id == NoId ? "" : id;
        return JsonSerializer.Deserialize(body.Span, DiskCopyJson.Default.SavedProviderArray) ?? [];
    }

    // Of the id and of what is written.
    private static byte[] HashOf(string id, Stream to, Action<Stream> write)
    {
        using var hash = SHA256.Create();
        hash.TransformBlock(Encoding.ASCII.GetBytes(id), 0, id.Length, null, 0);
        using (var body = new CryptoStream(to, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            write(body);
        }

        return hash.Hash!;
    }

    // The stream rents an array as long as what it is given at once.
    private static void WriteTo(Stream body, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length > PieceLength; bytes = bytes[PieceLength..])
        {
            body.Write(bytes[..PieceLength]);
        }

        body.Write(bytes);
    }

    private string HeaderOf(string id, byte[] hash) => $"{Schema} {location.Store} {id} {Convert.ToHexStringLower(hash)}\n";

    // What the release before wrote, bound to the text of the setting.
    private string FirstHeaderOf(ReadOnlySpan<byte> body) =>
        $"{FirstSchema} {location.Setting} {Convert.ToHexStringLower(SHA256.HashData(body))}\n";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Sheets} sheets were read from {Path}; they are served until the store has newer ones")]
        public static partial void Loaded(ILogger logger, int sheets, string path);

        [LoggerMessage(2, LogLevel.Warning, "{Path} is not used: {Why}")]
        public static partial void Unusable(ILogger logger, string path, string why);

        [LoggerMessage(
            3, LogLevel.Error, "No disk copy can be written to {Folder}: {Why}. A start while the store is down would find no rates.")]
        public static partial void NotWritten(ILogger logger, string folder, string why);
    }
}

/// <summary>The path of the disk copy of the Api's rates, and the store that it is a copy of.</summary>
/// <param name="Folder">The folder; created when it does not exist.</param>
/// <param name="Store">Kind and prefix of the store: a copy of another one is not served.</param>
/// <param name="Setting">Digest of the text that names the store, for copies of the first release.</param>
internal sealed record DiskCopyLocation(string Folder, string Store, string Setting)
{
    /// <summary>The location for the settings of a store.</summary>
    public static DiskCopyLocation Of(StoreOptions store) => new(
        store.DataFolder, $"{(store.Redis.Length > 0 ? "redis" : "file")}:{store.Prefix}",
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{store.Redis}|{store.Prefix}")))[..16]);
}
