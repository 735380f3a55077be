using System.Buffers;

namespace Rates.Api;

/// <summary>
/// A reusable buffer of bytes that an answer is written to. Each thread has one, so no code may <c>await</c> between <see cref="Rent"/> and
/// the send.
/// </summary>
internal sealed class ByteBuffer : IBufferWriter<byte>
{
    // A larger array is dropped at the next use, so that not every thread keeps one.
    private const int KeptLength = 512 * 1024;

    [ThreadStatic]
    private static ByteBuffer? _ofThread;

    private byte[] _bytes = new byte[16 * 1024];
    private int _length;

    /// <summary>This thread's buffer, emptied.</summary>
    public static ByteBuffer Rent()
    {
        var buffer = _ofThread ??= new();
        buffer._length = 0;
        if (buffer._bytes.Length > KeptLength)
        {
            buffer._bytes = new byte[KeptLength];
        }

        return buffer;
    }

    /// <summary>The bytes written so far.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>Adds bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        _length += bytes.Length;
    }

    /// <summary>Removes the bytes from an index on, and returns them.</summary>
    public byte[] TakeBack(int from)
    {
        var taken = _bytes.AsSpan(from, _length - from).ToArray();
        _length = from;
        return taken;
    }

    /// <summary>Removes a comma at the end, if there is one.</summary>
    public void TrimComma()
    {
        if (_length > 0 && _bytes[_length - 1] == (byte)',')
        {
            _length--;
        }
    }

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    private void Reserve(int sizeHint)
    {
        var needed = _length + Math.Max(sizeHint, 1);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        }
    }
}
