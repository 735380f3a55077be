using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Rates.Api;

/// <summary>
/// Takes a copy of an answer while it is written, and compresses it with brotli piece by piece, so that the whole answer never is in
/// memory.
/// </summary>
/// <remarks>
/// The copy begins with a digest of all that follows, the length of the answer and its entity tag: a cut or damaged copy may decompress
/// without an error, and who sends it as it is does not decompress it.
/// </remarks>
/// <param name="mostBytes">Most bytes of an answer, before it is compressed. Of a longer one there is no copy.</param>
internal sealed class CompressedCopy(int mostBytes) : IDisposable
{
    private const int LengthAt = sizeof(ulong);
    private const int TagAt = LengthAt + sizeof(int);

    // An entity tag is shorter; the rest is zeros.
    private const int TagLength = 36;
    private const int HeadLength = TagAt + TagLength;

    private readonly MemoryStream _copy = NewStream();
    private PieceCompressor? _own;
    private int _length;
    private bool _isTooLong;

    /// <summary>Adds the next piece.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (Count(piece.Length))
        {
            _own ??= new(AnswerCoding.Brotli);
            _own.Append(piece);
            _copy.Write(_own.Take().Span);
        }
    }

    /// <summary>Adds the next piece, which somebody else has compressed with brotli.</summary>
    /// <param name="length">Bytes of the piece before that.</param>
    /// <param name="brotli">What was compressed since the last call.</param>
    public void AppendCompressed(int length, ReadOnlySpan<byte> brotli)
    {
        if (Count(length))
        {
            _copy.Write(brotli);
        }
    }

    /// <summary>The copy; null of an answer that was too long. Nothing may be added after it.</summary>
    /// <param name="etag">The entity tag that the answer is sent with.</param>
    public byte[]? Complete(string etag)
    {
        if (_own is not null)
        {
            _own.End();
            _copy.Write(_own.Take().Span);
        }

        if (_isTooLong)
        {
            return null;
        }

        var copy = _copy.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(copy.AsSpan(LengthAt), _length);
        Encoding.ASCII.GetBytes(etag, copy.AsSpan(TagAt, TagLength));
        BinaryPrimitives.WriteUInt64LittleEndian(copy, DigestOf(copy));
        return copy;
    }

    /// <summary>The entity tag in a copy, and the compressed bytes as they may be sent to a client that takes brotli.</summary>
    /// <param name="copy">What <see cref="Complete"/> gave.</param>
    /// <exception cref="InvalidDataException">The copy is damaged.</exception>
    public static (string ETag, ReadOnlyMemory<byte> Brotli) Read(byte[] copy) =>
        copy.Length < HeadLength || BinaryPrimitives.ReadUInt64LittleEndian(copy) != DigestOf(copy)
            ? throw new InvalidDataException("it is cut, or its digest is another one")
            : (Encoding.ASCII.GetString(copy, TagAt, TagLength).TrimEnd('\0'), copy.AsMemory(HeadLength));

    /// <summary>The answer that a copy was taken of, in an array of the shared pool that the caller returns to it.</summary>
    /// <param name="copy">What <see cref="Read"/> has found undamaged.</param>
    /// <exception cref="InvalidDataException">It is not what <see cref="Complete"/> gave.</exception>
    public static ArraySegment<byte> Expand(byte[] copy)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(copy.AsSpan(LengthAt));
        var answer = ArrayPool<byte>.Shared.Rent(length);
        if (BrotliDecoder.TryDecompress(copy.AsSpan(HeadLength), answer.AsSpan(0, length), out var written) && written == length)
        {
            return new(answer, 0, length);
        }

        ArrayPool<byte>.Shared.Return(answer);
        throw new InvalidDataException("it is no brotli of the length that it states");
    }

    /// <inheritdoc/>
    public void Dispose() => _own?.Dispose();

    private bool Count(int length)
    {
        _isTooLong |= length > mostBytes - _length;
        _length += _isTooLong ? 0 : length;
        return !_isTooLong;
    }

    private static ulong DigestOf(byte[] copy) => XxHash3.HashToUInt64(copy.AsSpan(LengthAt));

    private static MemoryStream NewStream()
    {
        var stream = new MemoryStream();
        stream.Write(stackalloc byte[HeadLength]);
        return stream;
    }
}
