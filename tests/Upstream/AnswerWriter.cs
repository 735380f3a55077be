using System.IO.Compression;
using System.Net.Sockets;
using System.Text;

namespace Rates.Upstream;

/// <summary>Writes answers, right ones and wrong ones, byte by byte: no server library would let it.</summary>
internal sealed class AnswerWriter(Socket socket, Stream stream, CancellationToken stop)
{
    private const string Page = "<!DOCTYPE html><html><head><title>Request Rejected</title></head>"
        + "<body>The requested URL was rejected. Please consult with your administrator.</body></html>";

    static AnswerWriter() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Answers; true when the connection may carry another request.</summary>
    public async Task<bool> WriteAsync(HttpRequestText request, Document? document, Fault fault)
    {
        var body = document?.Body ?? [];
        var type = document?.ContentType ?? "text/plain";
        switch (fault.Kind)
        {
            case FaultKind.None when document is null:
                return await WholeAsync("404 Not Found", "text/plain", "no such document"u8.ToArray());
            case FaultKind.None when Confirms(request, document):
                return await HeadAsync($"304 Not Modified\r\n{Validators(document)}\r\n");
            case FaultKind.None:
                return await WholeAsync("200 OK", type, body, Validators(document));
            case FaultKind.Html:
                return await WholeAsync("200 OK", "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Page));
            case FaultKind.Status:
                var (status, headers) = fault.Argument.Split(' ', 2) is [var code, var more] ? (code, $"{more}\r\n") : (fault.Argument, "");
                return await WholeAsync($"{status} Scripted", "text/plain", "scripted"u8.ToArray(), headers);
            case FaultKind.Refusal:
                return fault.Argument.Split(' ', 2) is [var refusal, var json]
                    ? await WholeAsync($"{refusal} Scripted", "application/json", Encoding.UTF8.GetBytes(json))
                    : throw new InvalidOperationException($"no status and body in {fault}");
            case FaultKind.Redirect:
                return await WholeAsync("302 Found", "text/plain", [], $"Location: {fault.Argument}\r\n");
            case FaultKind.Loop:
                return await WholeAsync("302 Found", "text/plain", [], $"Location: {request.Target}\r\n");
            case FaultKind.ContentType:
                return await WholeAsync("200 OK", fault.Argument, body);
            case FaultKind.Charset:
                return await WholeAsync("200 OK", type, Encoding.GetEncoding(fault.Argument).GetBytes(Encoding.UTF8.GetString(body)));
            case FaultKind.ManyHeaders:
                return await WholeAsync("200 OK", type, body,
                    string.Concat(Enumerable.Range(0, 400).Select(number => $"X-Filler-{number}: {new string('x', 1000)}\r\n")));
            case FaultKind.Coded:
                return await WholeAsync("200 OK", type, Packed(fault.Argument, body), $"Content-Encoding: {fault.Argument}\r\n");
            case FaultKind.Bomb:
                return await WholeAsync("200 OK", type, Packed("gzip", new byte[64 << 20]), "Content-Encoding: gzip\r\n");
            case FaultKind.CodedCut:
                return await ClosedAsync(type, Packed("gzip", body)[..Number(fault, body.Length)], "Content-Encoding: gzip\r\n");
            case FaultKind.Truncated:
                return await ClosedAsync(type, body[..Math.Min(Number(fault, body.Length / 2), body.Length)], "");
            case FaultKind.CloseDelimited:
                return await ClosedAsync(type, body, "");
            case FaultKind.WrongLength:
                await HeadAsync($"200 OK\r\nContent-Type: {type}\r\nContent-Length: {body.Length + 100}\r\n");
                await stream.WriteAsync(body, stop);
                return false;
            case FaultKind.Reset:
                return Reset();
            case FaultKind.ResetBody:
                await HeadAsync($"200 OK\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n");
                await stream.WriteAsync(body.AsMemory(0, body.Length / 2), stop);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stop);
                return Reset();
            case FaultKind.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
                return false;
            case FaultKind.SlowHeaders:
                return await DripAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nX-Slow: "), Number(fault, 100));
            case FaultKind.SlowBody:
                await HeadAsync($"200 OK\r\nContent-Type: {type}\r\nContent-Length: 1000000\r\n");
                return await DripAsync(body, Number(fault, 100));
            case FaultKind.Huge:
                await HeadAsync($"200 OK\r\nContent-Type: {type}\r\nContent-Length: 10000000000\r\n");
                return await PourAsync(new byte[64 << 10]);
            case FaultKind.Endless:
                await HeadAsync($"200 OK\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n");
                return await PourAsync([.. "10000\r\n"u8, .. new byte[64 << 10], .. "\r\n"u8]);
            case FaultKind.HugeChunk:
                await HeadAsync($"200 OK\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n");
                await stream.WriteAsync("7fffffffffffffff\r\n"u8.ToArray(), stop);
                return await PourAsync(new byte[64 << 10]);
            default:
                throw new InvalidOperationException($"no answer for {fault}");
        }
    }

    /// <summary>A whole answer with its length; true.</summary>
    public async Task<bool> WholeAsync(string status, string type, byte[] body, string headers = "")
    {
        await HeadAsync($"{status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n{headers}");
        await stream.WriteAsync(body, stop);
        return true;
    }

    private static bool Confirms(HttpRequestText request, Document document) =>
        (document.ETag is { } tag && request.Headers.GetValueOrDefault("If-None-Match") == tag)
        || (document is { ETag: null, LastModified: { } modified } && request.Headers.GetValueOrDefault("If-Modified-Since") == modified);

    private static string Validators(Document document) =>
        $"{(document.ETag is { } tag ? $"ETag: {tag}\r\n" : "")}"
        + $"{(document.LastModified is { } modified ? $"Last-Modified: {modified}\r\n" : "")}";

    private static int Number(Fault fault, int otherwise) => fault.Argument.Length == 0 ? otherwise : int.Parse(fault.Argument);

    private static byte[] Packed(string coding, byte[] body)
    {
        using var packed = new MemoryStream();
        using (Stream packer = coding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            _ => new BufferedStream(packed),
        })
        {
            packer.Write(body);
            packer.Flush();
            return coding is "gzip" or "br" or "deflate" ? Finished(packer, packed) : packed.ToArray();
        }
    }

    private static byte[] Finished(Stream packer, MemoryStream packed)
    {
        packer.Dispose();
        return packed.ToArray();
    }

    private async Task<bool> HeadAsync(string head)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\n"), stop);
        return true;
    }

    private async Task<bool> ClosedAsync(string type, byte[] body, string headers)
    {
        await HeadAsync($"200 OK\r\nContent-Type: {type}\r\nConnection: close\r\n{headers}");
        await stream.WriteAsync(body, stop);
        return false;
    }

    private async Task<bool> DripAsync(byte[] bytes, int milliseconds)
    {
        for (var sent = 0; ; sent++)
        {
            await stream.WriteAsync(bytes.AsMemory(sent % bytes.Length, 1), stop);
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, stop);
        }
    }

    private async Task<bool> PourAsync(byte[] piece)
    {
        while (true)
        {
            await stream.WriteAsync(piece, stop);
        }
    }

    private bool Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        return false;
    }
}
