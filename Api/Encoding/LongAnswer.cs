using System.Buffers;
using Microsoft.Extensions.Primitives;
using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Writes an answer of the Api piece by piece. While it is short it is kept and then sent whole, with a digest of its bytes as entity tag;
/// when it grows long, it is sent as it is written. Either way it is compressed for a client that accepts it.
/// </summary>
/// <param name="context">The request.</param>
/// <param name="headers">Its headers; the entity tag is that of a long answer, and empty for none.</param>
/// <param name="longestWhole">Most bytes of an answer that is sent whole.</param>
internal sealed class LongAnswer(HttpContext context, AnswerHeaders headers, int longestWhole) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(16 * 1024);
    private PieceCompressor? _compressor;
    private bool _isStarted;
    private bool _isWithoutBody;

    /// <summary>Takes all that is sent, until <see cref="EndAsync"/>; null to take no copy.</summary>
    public CompressedCopy? Copy { get; init; }

    /// <summary>Where the answer is written to.</summary>
    public IBufferWriter<byte> Buffer => _buffer;

    /// <summary>The entity tag of the answer before it is compressed; of a short one known after <see cref="EndAsync"/>.</summary>
    public StringValues ETag { get; private set; } = headers.ETag;

    /// <summary>Sends what was written, if it is too long to be kept.</summary>
    public async Task FlushAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_isStarted || _buffer.WrittenCount > longestWhole)
        {
            await SendAsync(now, cancellationToken);
        }
    }

    /// <summary>Sends the rest.</summary>
    public async Task EndAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!_isStarted)
        {
            Copy?.Append(_buffer.WrittenSpan);
            var whole = AnswerHeaders.Of(headers.ContentType, _buffer.WrittenSpan, headers.Lifetime);
            ETag = whole.ETag;
            await AnswerSender.SendOnceAsync(context, _buffer.WrittenMemory, whole, now);
            return;
        }

        await SendAsync(now, cancellationToken);
        if (_compressor is not null)
        {
            _compressor.End();
            await SendCompressedAsync(default, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _compressor?.Dispose();

    private async Task SendAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!_isStarted)
        {
            Start(now);
        }

        for (var rest = _buffer.WrittenMemory; rest.Length > 0; rest = rest[Math.Min(AnswerCoding.PieceLength, rest.Length)..])
        {
            LongWork.Yield();
            var piece = rest[..Math.Min(AnswerCoding.PieceLength, rest.Length)];
            if (_compressor is not null)
            {
                _compressor.Append(piece.Span);
                await SendCompressedAsync(piece, cancellationToken);
                continue;
            }

            Copy?.Append(piece.Span);
            if (!_isWithoutBody)
            {
                await WriteAsync(piece, cancellationToken);
            }
        }

        _buffer.ResetWrittenCount();
    }

    private void Start(DateTimeOffset now)
    {
        _isStarted = true;
        var coding = AnswerCoding.Best(context.Request.Headers.AcceptEncoding);
        var coded = headers with { ETag = AnswerCoding.TagOf(headers.ETag, coding) };
        var isKnown = AnswerSender.TrySendKnown(context, coded, now);
        _isWithoutBody = isKnown || HttpMethods.IsHead(context.Request.Method);
        if (!isKnown)
        {
            AnswerSender.WriteHeadersOfStream(context.Response, coded, coding, now);
        }

        // Without a body there is nothing to compress but the copy, which does that itself.
        _compressor = coding is null || _isWithoutBody ? null : new(coding);
    }

    // The copy is in brotli as well, and not compressed once more for it.
    private async ValueTask SendCompressedAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        var compressed = _compressor!.Take();
        if (_compressor.Coding == AnswerCoding.Brotli)
        {
            Copy?.AppendCompressed(piece.Length, compressed.Span);
        }
        else
        {
            Copy?.Append(piece.Span);
        }

        if (!compressed.IsEmpty)
        {
            await WriteAsync(compressed, cancellationToken);
        }
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
