using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Rates.Api;

/// <summary>Brings bytes into the processor's cache before they are read.</summary>
internal static class ProcessorCache
{
    private const int LineLength = 64;

    /// <summary>
    /// Starts to bring the bytes from one index to another into the cache. Where the processor can be told to, this does not wait for them;
    /// elsewhere they are read.
    /// </summary>
    /// <param name="bytes">The bytes; null for none.</param>
    /// <param name="from">The first index; below the length.</param>
    /// <param name="to">The index after the last one; may be above the length.</param>
    public static unsafe void Load(byte[]? bytes, int from, int to)
    {
        if (bytes is null)
        {
            return;
        }

        if (Sse.IsSupported)
        {
            // An address after the end does no harm: this reads nothing into the program. To compare it with the length would wait for
            // that.
            ref var first = ref MemoryMarshal.GetArrayDataReference(bytes);
            for (var at = from; at < to; at += LineLength)
            {
                Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, at)));
            }

            return;
        }

        for (var at = from; at < Math.Min(to, bytes.Length); at += LineLength)
        {
            _ = Volatile.Read(ref bytes[at]);
        }
    }

    /// <summary>Starts to bring values that lie side by side into the cache, without waiting, where the processor can be told to.</summary>
    /// <param name="first">The first value.</param>
    /// <param name="count">How many there are.</param>
    public static unsafe void Load<T>(ref T first, int count)
    {
        if (Sse.IsSupported)
        {
            // The last byte may lie in one line more than the first one says.
            var last = (count * Unsafe.SizeOf<T>()) - 1;
            for (var at = 0; at < last; at += LineLength)
            {
                Sse.Prefetch0((byte*)Unsafe.AsPointer(ref first) + at);
            }

            Sse.Prefetch0((byte*)Unsafe.AsPointer(ref first) + last);
        }
    }
}
