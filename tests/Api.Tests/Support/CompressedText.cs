using System.IO.Compression;
using System.Text;

namespace Rates.Api.Tests;

/// <summary>Reads answers that were sent compressed.</summary>
internal static class CompressedText
{
    /// <summary>The text of an answer, which says that it is in this coding.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="coding"><c>br</c> or <c>gzip</c>.</param>
    public static async Task<string> UnpackAsync(HttpResponseMessage response, string coding)
    {
        Assert.Equal(coding, Assert.Single(response.Content.Headers.ContentEncoding));
        var packed = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream unpacked = coding == "br"
            ? new BrotliStream(packed, CompressionMode.Decompress)
            : new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
