using System.Runtime.InteropServices;
using Rates.Upstream;

// Upstream [port] [folder]: documents of the folder's sub-folders are served under their names, the first of each also at every other path.
var port = args.Length > 0 ? int.Parse(args[0]) : 0;
await using var server = UpstreamServer.Start(port);
foreach (var folder in args.Length > 1 ? Directory.GetDirectories(args[1]) : [])
{
    foreach (var file in Directory.GetFiles(folder).Order(StringComparer.Ordinal).Reverse())
    {
        var document = new Document(await File.ReadAllBytesAsync(file), "application/octet-stream");
        server[Path.GetFileName(folder)].Serve(document, Path.GetFileName(file)).Serve(document);
    }
}

Console.WriteLine($"http://127.0.0.1:{server.Port}/");
var ended = new TaskCompletionSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal));
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal));
await ended.Task;

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    ended.TrySetResult();
}
