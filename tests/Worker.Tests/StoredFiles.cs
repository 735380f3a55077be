using System.IO.Compression;
using System.Text;

namespace Rates.Worker.Tests;

/// <summary>What stands in the files of a store.</summary>
internal static class StoredFiles
{
    /// <summary>A file's text, as it is and unpacked: evidence is packed, and the store has its file open.</summary>
    public static string Content(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        var plain = Encoding.Latin1.GetString(copy.ToArray());
        copy.Position = 0;
        try
        {
            using var unpacked = new MemoryStream();
            using var brotli = new BrotliStream(copy, CompressionMode.Decompress);
            brotli.CopyTo(unpacked);
            return plain + Encoding.Latin1.GetString(unpacked.ToArray());
        }
        catch (InvalidOperationException)
        {
            return plain;
        }
    }
}
