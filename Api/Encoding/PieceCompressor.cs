using System.IO.Compression;

namespace Rates.Api;

/// <summary>Compresses an answer that is sent while it is written, piece by piece and quickly.</summary>
/// <param name="coding">The coding, of <see cref="AnswerCoding"/>.</param>
internal sealed class PieceCompressor(string coding) : IDisposable
{
    private readonly MemoryStream _compressed = new();
    private Stream? _to;

    /// <summary>The coding.</summary>
    public string Coding => coding;

    /// <summary>Adds the next piece. What <see cref="Take"/> gave before is no longer valid.</summary>
    public void Append(ReadOnlySpan<byte> piece) =>
        (_to ??= AnswerCoding.Into(_compressed, coding, CompressionLevel.Fastest)).Write(piece);

    /// <summary>Ends the answer. Nothing may be added after it.</summary>
    public void End() => _to?.Dispose();

    /// <summary>The compressed bytes since the last call; often none, as the coding gathers some before it gives any.</summary>
    public ReadOnlyMemory<byte> Take()
    {
        var taken = _compressed.GetBuffer().AsMemory(0, (int)_compressed.Length);
        _compressed.SetLength(0);
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose() => _to?.Dispose();
}
