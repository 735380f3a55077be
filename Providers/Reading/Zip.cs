using System.IO.Compression;
using System.IO.Hashing;

namespace Rates.Providers;

/// <summary>Reads zip archives of untrusted origin: the decompressed size is limited, whatever size an archive states.</summary>
internal static class Zip
{
    private const int MaxBytes = 32 << 20;
    private const int MaxEntries = 1_000;
    private const int MaxAllBytes = 64 << 20;

    /// <summary>The one entry whose name ends so, unpacked.</summary>
    /// <exception cref="InvalidDataException">No archive, no such entry or several, damage, or more than 32 MiB.</exception>
    public static byte[] Single(ReadOnlyMemory<byte> bytes, string ending)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes.ToArray(), writable: false));
        var entry = archive.Entries.Where(entry => entry.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)).ToList() is [var only]
            ? only
            : throw new InvalidDataException($"the archive does not hold one *{ending}");
        if (entry.Length > MaxBytes)
        {
            throw new InvalidDataException($"*{ending} is larger than {MaxBytes >> 20} MiB");
        }

        return Unpack(entry);
    }

    /// <summary>Every entry unpacked, in the order of the archive; each is as long as the archive says and has its checksum.</summary>
    /// <exception cref="InvalidDataException">No archive, damage, more than 1,000 entries, or more than 64 MiB unpacked.</exception>
    public static IEnumerable<(string Name, ReadOnlyMemory<byte> Content)> Entries(ReadOnlyMemory<byte> bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes.ToArray(), writable: false));
        if (archive.Entries.Count > MaxEntries || archive.Entries.Sum(entry => Math.Max(0, entry.Length)) > MaxAllBytes)
        {
            throw new InvalidDataException($"the archive has more than {MaxEntries} entries or more than {MaxAllBytes >> 20} MiB unpacked");
        }

        foreach (var entry in archive.Entries)
        {
            var content = Unpack(entry);
            yield return Crc32.HashToUInt32(content) == entry.Crc32
                ? (entry.FullName, content)
                : throw new InvalidDataException($"the checksum of {entry.FullName} in the archive is wrong");
        }
    }

    private static byte[] Unpack(ZipArchiveEntry entry)
    {
        var content = new byte[entry.Length];
        using var packed = entry.Open();
        return packed.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length && packed.ReadByte() < 0
            ? content
            : throw new InvalidDataException($"{entry.FullName} is not as long as the archive says");
    }
}
