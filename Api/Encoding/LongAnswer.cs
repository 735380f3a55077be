using System.Buffers;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Writes an answer of the Api piece by piece. While it is short it is kept and then sent whole, with an entity tag; when it grows long, it
/// is sent as it is written.
/// </summary>
/// <param name="context">The request.</param>
/// <param name="contentType">The Content-Type header.</param>
/// <param name="lifetime">How long the answer may be cached.</param>
/// <param name="longestWhole">Most bytes of an answer that is sent whole.</param>
internal sealed class LongAnswer(HttpContext context, string contentType, CacheLifetime lifetime, int longestWhole)
{
    // Takes the system some ten microseconds.
    private const int PieceLength = 32 * 1024;

    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private bool _isStarted;

    /// <summary>Takes all that is sent, until <see cref="EndAsync"/>; null to take no copy.</summary>
    public CompressedCopy? Copy { get; init; }

    /// <summary>Where the answer is written to.</summary>
    public IBufferWriter<byte> Buffer => _buffer;

    /// <summary>Sends what was written, if it is too long to be kept.</summary>
    public async Task FlushAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_isStarted || _buffer.WrittenCount > longestWhole)
        {
            await SendAsync(now, cancellationToken);
        }
    }

    /// <summary>Sends the rest.</summary>
    public Task EndAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_isStarted)
        {
            return SendAsync(now, cancellationToken);
        }

        Copy?.Append(_buffer.WrittenSpan);
        return AnswerSender.SendAsync(
            context, _buffer.WrittenMemory, AnswerHeaders.Of(contentType, _buffer.WrittenSpan, lifetime), now);
    }

    private async Task SendAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!_isStarted)
        {
            _isStarted = true;
            AnswerSender.WriteHeadersOfStream(context.Response, contentType, lifetime, now);
        }

        Copy?.Append(_buffer.WrittenSpan);
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            for (var rest = _buffer.WrittenMemory; rest.Length > 0; rest = rest[Math.Min(PieceLength, rest.Length)..])
            {
                LongWork.Yield();
                await WriteAsync(rest[..Math.Min(PieceLength, rest.Length)], cancellationToken);
            }
        }

        _buffer.ResetWrittenCount();
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var writing = context.Response.BodyWriter.WriteAsync(bytes, cancellationToken);
        if (writing.IsCompleted)
        {
            _ = await writing;
            return;
        }

        // Goes on on the thread that serves the sockets, which is not for work that is long.
        await writing;
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }
}
