using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Rates.Api;

/// <summary>
/// Takes a copy of an answer while it is written, and compresses it piece by piece, so that the whole answer never is in memory.
/// </summary>
/// <remarks>
/// The copy begins with the digest and the length of the answer: a cut or damaged copy may decompress without an error.
/// </remarks>
/// <param name="mostBytes">Most bytes of an answer, before it is compressed. Of a longer one there is no copy.</param>
internal sealed class CompressedCopy(int mostBytes) : IDisposable
{
    private const int HeadLength = sizeof(ulong) + sizeof(int);

    private readonly XxHash64 _digest = new();
    private readonly MemoryStream _compressed = NewStream();
    private BrotliStream? _writer;
    private int _length;
    private bool _isTooLong;

    /// <summary>Adds the next piece.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        _isTooLong |= piece.Length > mostBytes - _length;
        if (!_isTooLong)
        {
            _length += piece.Length;
            _digest.Append(piece);
            (_writer ??= new(_compressed, CompressionLevel.Fastest, leaveOpen: true)).Write(piece);
        }
    }

    /// <summary>The copy; null of an answer that was too long. Nothing may be added after it.</summary>
    public byte[]? Complete()
    {
        _writer?.Dispose();
        if (_isTooLong)
        {
            return null;
        }

        var copy = _compressed.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(copy, _digest.GetCurrentHashAsUInt64());
        BinaryPrimitives.WriteInt32LittleEndian(copy.AsSpan(sizeof(ulong)), _length);
        return copy;
    }

    /// <summary>The compressed bytes in a copy, as they may be sent to a client that takes brotli.</summary>
    public static ReadOnlyMemory<byte> BrotliIn(byte[] copy) => copy.AsMemory(HeadLength);

    /// <summary>The answer that a copy was taken of, in an array of the shared pool that the caller returns to it.</summary>
    /// <param name="copy">What <see cref="Complete"/> gave.</param>
    /// <param name="mostBytes">Most bytes of an answer.</param>
    /// <exception cref="InvalidDataException">The copy is damaged; the message says how.</exception>
    public static ArraySegment<byte> Read(byte[] copy, int mostBytes)
    {
        var length = copy.Length < HeadLength ? -1 : BinaryPrimitives.ReadInt32LittleEndian(copy.AsSpan(sizeof(ulong)));
        if (length < 0 || length > mostBytes)
        {
            throw new InvalidDataException("it has no head, or a damaged one");
        }

        var answer = ArrayPool<byte>.Shared.Rent(length);
        if (BrotliDecoder.TryDecompress(copy.AsSpan(HeadLength), answer.AsSpan(0, length), out var written) && written == length
            && XxHash64.HashToUInt64(answer.AsSpan(0, length)) == BinaryPrimitives.ReadUInt64LittleEndian(copy))
        {
            return new(answer, 0, length);
        }

        ArrayPool<byte>.Shared.Return(answer);
        throw new InvalidDataException("its digest is another one");
    }

    /// <inheritdoc/>
    public void Dispose() => _writer?.Dispose();

    private static MemoryStream NewStream()
    {
        var stream = new MemoryStream();
        stream.Write(stackalloc byte[HeadLength]);
        return stream;
    }
}
