using System.IO.Compression;

namespace Rates.Providers;

/// <summary>Reads zip archives of untrusted origin: the decompressed size is limited, whatever size an archive states.</summary>
internal static class Zip
{
    private const int MaxBytes = 32 << 20;

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

        var content = new byte[entry.Length];
        using var packed = entry.Open();
        return packed.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length && packed.ReadByte() < 0
            ? content
            : throw new InvalidDataException($"*{ending} is not as long as the archive says");
    }
}
