using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>One provider as it is kept on disk.</summary>
internal sealed record DiskCopy(StoredProvider Stored, RateSheet? Sheet);

/// <summary>The copy of the book on disk, from which an Api answers when it starts while the store is down.</summary>
/// <remarks>
/// One line of header (schema, whose store, SHA-256 of the rest), then JSON. Written beside and renamed, so that a reader finds
/// an old copy or a new one; the one before is kept, and read when the newest is damaged.
/// </remarks>
internal sealed partial class BookDisk(DiskPlace place, ILogger<BookDisk> log)
{
    private const string Schema = "rates-book-1";
    private const int MaxHeader = 256;

    private readonly string _newest = Path.Combine(place.Folder, "book.json");
    private readonly string _before = Path.Combine(place.Folder, "book.1.json");
    private bool _isNewestWhole;
    private bool _failed;

    /// <summary>Reads the newest whole copy; empty when there is none.</summary>
    public async Task<IReadOnlyList<DiskCopy>> LoadAsync(CancellationToken cancellationToken)
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
            catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException or InvalidDataException)
            {
                Log.Unusable(log, path, unusable.Message);
            }
        }

        return [];
    }

    /// <summary>Writes a copy. When the disk refuses, says so once and goes on: serving does not depend on it.</summary>
    public void Save(RateBook book)
    {
        try
        {
            Directory.CreateDirectory(place.Folder);
            var written = _newest + ".new";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(written, options))
            {
                var body = JsonSerializer.SerializeToUtf8Bytes([.. book.Entries.Select(entry => new DiskCopy(entry.Stored, entry.Sheet))], DiskJson.Default.DiskCopyArray);
                file.Write(Encoding.ASCII.GetBytes(HeaderOf(body)));
                file.Write(body);
                file.Flush(flushToDisk: true);
            }

            // A damaged copy must not push out the good one before it.
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
                Log.NotWritten(log, place.Folder, refused.Message);
            }

            _failed = true;
        }
    }

    private DiskCopy[] Read(byte[] bytes)
    {
        var end = Array.IndexOf(bytes, (byte)'\n', 0, Math.Min(bytes.Length, MaxHeader));
        var body = bytes.AsSpan(end + 1);
        return end >= 0 && Encoding.ASCII.GetString(bytes, 0, end + 1) == HeaderOf(body)
            ? JsonSerializer.Deserialize(body, DiskJson.Default.DiskCopyArray) ?? []
            : throw new InvalidDataException("it is damaged, of another version or of another store");
    }

    private string HeaderOf(ReadOnlySpan<byte> body) =>
        string.Create(CultureInfo.InvariantCulture, $"{Schema} {place.Store} {Convert.ToHexStringLower(SHA256.HashData(body))}\n");

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Sheets} sheets were read from {Path}; they are served until the store has newer ones")]
        public static partial void Loaded(ILogger logger, int sheets, string path);

        [LoggerMessage(2, LogLevel.Warning, "{Path} is not used: {Why}")]
        public static partial void Unusable(ILogger logger, string path, string why);

        [LoggerMessage(3, LogLevel.Error, "No disk copy can be written to {Folder}: {Why}. A start while the store is down would find no rates.")]
        public static partial void NotWritten(ILogger logger, string folder, string why);
    }
}

/// <summary>Where the disk copy lies.</summary>
/// <param name="Folder">Created when absent.</param>
/// <param name="Store">Which store it copies, as one word: a copy of another one is not served.</param>
internal sealed record DiskPlace(string Folder, string Store)
{
    /// <summary>The place for a store's settings.</summary>
    public static DiskPlace Of(StoreOptions store) =>
        new(store.DataFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{store.Redis}|{store.Prefix}")))[..16]);
}
