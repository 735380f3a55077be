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
    // Of an answer that is kept, before it is compressed.
    private const int MostBytes = 8 * 1024 * 1024;
    private const int MostBytesAtOnce = 32 * 1024 * 1024;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private DateTimeOffset _pausedUntil;
    private DateTimeOffset _countedSince;
    private int _bytes;

    /// <summary>A copy that takes the answer to keep.</summary>
    public static CompressedCopy NewCopy() => new(MostBytes);

    /// <summary>The kept answer under a key; null when there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isExpanded">
    /// True to have it without compression as well, in an array of the shared pool that the caller returns to it.
    /// </param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<KeptHistory?> FindAsync(string key, bool isExpanded, CancellationToken cancellationToken)
    {
        if (await TryAsync(token => cache.GetAsync(key, token), cancellationToken) is not { } kept)
        {
            return null;
        }

        try
        {
            var (etag, brotli) = CompressedCopy.Read(kept);
            return new(etag, brotli, isExpanded ? CompressedCopy.Expand(kept) : default);
        }
        catch (InvalidDataException damaged)
        {
            Log.Damaged(log, key, damaged.Message);
            return null;
        }
    }

    /// <summary>Keeps an answer, unless it is too long or the limits are reached.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="etag">The entity tag that it was sent with, before it was compressed.</param>
    /// <param name="copy">The answer.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task KeepAsync(string key, string etag, CompressedCopy copy, CancellationToken cancellationToken)
    {
        if (copy.Complete(etag) is { } compressed && TryCount(compressed.Length))
        {
            await TryAsync<bool?>(
                async token =>
                {
                    await cache.SetAsync(key, compressed, new() { AbsoluteExpirationRelativeToNow = Life }, token);
                    return true;
                },
                cancellationToken);
        }
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

/// <summary>A kept answer to a long history.</summary>
/// <param name="ETag">Its entity tag without compression.</param>
/// <param name="Brotli">Its bytes, compressed.</param>
/// <param name="Plain">The same without compression; empty unless that was asked for.</param>
internal sealed record KeptHistory(string ETag, ReadOnlyMemory<byte> Brotli, ArraySegment<byte> Plain);
