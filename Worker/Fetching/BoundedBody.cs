using System.IO.Compression;

namespace Rates.Worker;

/// <summary>
/// Reads the bodies of sources' answers with limits: on the decoded length, on the compression ratio, and on the encodings.
/// </summary>
internal static class BoundedBody
{
    // No real table of rates compresses further; a body that does is an attack. Small bodies are exempt.
    private const int TightestRatio = 100;
    private const int RatioCountsFrom = 64 << 10;

    /// <summary>The decoded body, at most <paramref name="most"/> bytes, and whether its encoding proves that it is complete.</summary>
    /// <remarks>
    /// Gzip ends with the length of what it packs. The framework's unpacker does not look: it takes a cut body for a whole
    /// one.
    /// </remarks>
    /// <param name="wire">The body as sent.</param>
    /// <param name="codings">The Content-Encoding, outermost last; none for a plain body.</param>
    /// <param name="most">Most decoded bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InvalidDataException">The body is not what was requested; the message says how.</exception>
    public static async Task<(ReadOnlyMemory<byte> Bytes, bool? IsWhole)> ReadAsync(
        Stream wire, ICollection<string> codings, int most, CancellationToken cancellationToken)
    {
        var counted = new CountingStream(wire);
        await using var decoded = codings.ToArray() switch
        {
            [] or ["identity"] => (Stream)counted,
            ["gzip" or "x-gzip"] => new GZipStream(counted, CompressionMode.Decompress),
            ["deflate"] => new ZLibStream(counted, CompressionMode.Decompress),
            ["br"] => new BrotliStream(counted, CompressionMode.Decompress),
            _ => throw new InvalidDataException($"the body is encoded as '{string.Join(", ", codings)}'"),
        };
        using var body = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await decoded.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (body.Length + read > most)
            {
                throw new InvalidDataException($"the body is longer than {most} bytes");
            }

            body.Write(buffer, 0, read);
            if (!ReferenceEquals(decoded, counted) && body.Length > RatioCountsFrom && body.Length > TightestRatio * counted.Count)
            {
                throw new InvalidDataException($"the body unpacks to more than {TightestRatio} times its size");
            }
        }

        return (body.ToArray(), decoded is GZipStream ? counted.Tail == (uint)body.Length : null);
    }

    /// <summary>A stream that counts the bytes read through it.</summary>
    private sealed class CountingStream(Stream inner) : Stream
    {
        public long Count { get; private set; }

        /// <summary>The last four bytes so far, least significant first.</summary>
        public uint Tail { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Count += read;
            foreach (var last in buffer.Span[Math.Max(0, read - 4)..read])
            {
                Tail = (Tail >> 8) | ((uint)last << 24);
            }

            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
