using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.Extensions.Caching.Distributed;

namespace Rates.Api;

/// <summary>
/// Keeps the encoded answers of long histories in the distributed cache: in Redis for every Api, or in memory. Without it, or when it
/// fails, an answer is made again; it never fails a request.
/// </summary>
/// <remarks>
/// A key has the query and the version of everything that the answer is made of, so that an old answer is never found. An answer is kept
/// compressed for ten minutes, and at most 32 MB of them in that time by each Api, because a Redis that holds rates must not fill up.
/// </remarks>
internal sealed partial class HistoryAnswers(IDistributedCache cache, TimeProvider time, ILogger<HistoryAnswers> log)
{
    /// <summary>Most bytes of an answer that is kept, before it is compressed.</summary>
    public const int MostBytes = 8 * 1024 * 1024;

    // A cut or damaged value may decompress without an error, so the digest of the answer stands before it.
    private const int DigestLength = sizeof(ulong);
    private const int MostBytesAtOnce = 32 * 1024 * 1024;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private DateTimeOffset _pausedUntil;
    private DateTimeOffset _countedSince;
    private int _bytes;

    /// <summary>The kept answer under a key; null when there is none.</summary>
    public async Task<byte[]?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var kept = await TryAsync(token => cache.GetAsync(key, token), cancellationToken);
        if (kept is null)
        {
            return null;
        }

        try
        {
            using var body = new MemoryStream();
            await using var reader = new BrotliStream(
                new MemoryStream(kept, DigestLength, Math.Max(0, kept.Length - DigestLength)), CompressionMode.Decompress);
            await reader.CopyToAsync(body, cancellationToken);
            var answer = body.ToArray();
            return XxHash64.Hash(answer).AsSpan().SequenceEqual(kept.AsSpan(0, DigestLength))
                ? answer
                : throw new InvalidDataException("its digest is another one");
        }
        catch (Exception damaged) when (damaged is InvalidDataException or InvalidOperationException or ArgumentException)
        {
            Log.Damaged(log, key, damaged.Message);
            return null;
        }
    }

    /// <summary>Keeps an answer, unless the limits are reached.</summary>
    public async Task KeepAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var compressed = new MemoryStream();
        compressed.Write(XxHash64.Hash(body.Span));
        await using (var writer = new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await writer.WriteAsync(body, cancellationToken);
        }

        if (!TryCount((int)compressed.Length))
        {
            return;
        }

        await TryAsync<bool?>(
            async token =>
            {
                await cache.SetAsync(key, compressed.ToArray(), new() { AbsoluteExpirationRelativeToNow = Life }, token);
                return true;
            },
            cancellationToken);
    }

    private bool TryCount(int bytes)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now - _countedSince >= Life)
            {
                (_countedSince, _bytes) = (now, 0);
            }

            if (_bytes + bytes > MostBytesAtOnce)
            {
                return false;
            }

            _bytes += bytes;
            return true;
        }
    }

    // A cache that fails is left alone for a while, so that no request waits for it again and again.
    private async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T?>> call, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() < _pausedUntil)
        {
            return default;
        }

        try
        {
            return await call(cancellationToken).WaitAsync(Deadline, time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a cache throws, the answer can be made without it.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            _pausedUntil = time.GetUtcNow() + Pause;
            Log.Failed(log, problem.Message, Pause.TotalSeconds);
            return default;
        }
    }

    /// <summary>The log messages of this class.</summary>
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning,
            "The cache of long histories fails ({Problem}); they are answered without it, and it is tried again after {Seconds} s")]
        public static partial void Failed(ILogger logger, string problem, double seconds);

        [LoggerMessage(2, LogLevel.Warning, "The kept answer {Key} cannot be read ({Problem}); the history is answered from the store")]
        public static partial void Damaged(ILogger logger, string key, string problem);
    }
}
