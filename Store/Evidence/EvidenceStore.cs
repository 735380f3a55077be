using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Rates.Store;

/// <summary>
/// Stores and reads evidence (the original documents that published rates were read from) compressed, under names such as
/// <c>sheet/ecb/1787235300000</c>, <c>body/</c> with the digest, and <c>replay/ecb/</c> with the id of the command.
/// </summary>
internal sealed class EvidenceStore(IBlobs blobs, EvidenceOptions options, TimeProvider time) : IEvidence
{
    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromHours(1);

    private long _cleanedAt = long.MinValue;

    /// <inheritdoc/>
    public bool IsKept => options.KeepDays > 0;

    /// <inheritdoc/>
    public async Task WriteAsync(
        SheetEvidence evidence, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken)
    {
        if (!IsKept)
        {
            return;
        }

        // The bodies first, and again also when they are stored: they must not grow old before the sheet that names them.
        foreach (var (digest, body) in bodies)
        {
            await blobs.PutAsync(BodyName(digest), Compress(body), cancellationToken);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(evidence, StoreFormat.Json.SheetEvidence);
        await blobs.PutAsync(SheetName(evidence.Provider, evidence.Version), Compress(json), cancellationToken);
        await CleanAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<SheetEvidence?> ReadAsync(string provider, long version, CancellationToken cancellationToken) =>
        await blobs.GetAsync(SheetName(provider, version), cancellationToken) is { } stored
            ? JsonSerializer.Deserialize(Decompress(stored), StoreFormat.Json.SheetEvidence)
            : null;

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(string digest, CancellationToken cancellationToken)
    {
        if (await blobs.GetAsync(BodyName(digest), cancellationToken) is not { } stored)
        {
            return null;
        }

        var body = Decompress(stored);
        return Convert.ToHexStringLower(SHA256.HashData(body)) == digest
            ? body
            : throw new InvalidDataException($"the stored body {digest} has another digest: it was changed");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SheetEvidence>> ListAsync(string provider, CancellationToken cancellationToken)
    {
        var versions = (await EndsAsync($"sheet/{ProviderKey.Checked(provider)}/", cancellationToken))
            .Select(end => long.Parse(end, CultureInfo.InvariantCulture)).Order();
        List<SheetEvidence> found = [];
        foreach (var version in versions)
        {
            if (await ReadAsync(provider, version, cancellationToken) is { } evidence)
            {
                found.Add(evidence);
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public async Task WriteReplayAsync(string provider, string id, ReplayReport report, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(report, StoreFormat.Json.ReplayReport);
        await blobs.PutAsync(ReplayName(provider, id), Compress(json), cancellationToken);
        await CleanAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ReplayReport?> ReadReplayAsync(string provider, string id, CancellationToken cancellationToken) =>
        await blobs.GetAsync(ReplayName(provider, id), cancellationToken) is { } stored
            ? JsonSerializer.Deserialize(Decompress(stored), StoreFormat.Json.ReplayReport)
            : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReplayReport>> ListReplaysAsync(string provider, CancellationToken cancellationToken)
    {
        List<ReplayReport> found = [];
        foreach (var id in await EndsAsync(ReplayName(provider, ""), cancellationToken))
        {
            if (await ReadReplayAsync(provider, id, cancellationToken) is { } report)
            {
                found.Add(report);
            }
        }

        return found;
    }

    /// <summary>What stands after a prefix in the names that begin with it.</summary>
    private async Task<IReadOnlyList<string>> EndsAsync(string prefix, CancellationToken cancellationToken) =>
    [
        .. from entry in await blobs.ListAsync(cancellationToken)
           where entry.Name.StartsWith(prefix, StringComparison.Ordinal)
           select entry.Name[prefix.Length..],
    ];

    /// <summary>Deletes what is too old, and the oldest of what is too much.</summary>
    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        var (now, last) = (time.GetTimestamp(), Volatile.Read(ref _cleanedAt));
        if (last != long.MinValue && time.GetElapsedTime(last, now) < BetweenCleanings)
        {
            return;
        }

        Volatile.Write(ref _cleanedAt, now);
        var oldest = time.GetUtcNow().AddDays(-options.KeepDays);
        var entries = (await blobs.ListAsync(cancellationToken)).OrderBy(entry => entry.At).ToList();
        var excess = entries.Sum(entry => entry.Bytes) - ((long)options.MaxMegabytes << 20);
        foreach (var entry in entries.TakeWhile(entry => entry.At < oldest || excess > 0))
        {
            await blobs.DeleteAsync(entry.Name, cancellationToken);
            excess -= entry.Bytes;
        }
    }

    private static string SheetName(string provider, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"sheet/{ProviderKey.Checked(provider)}/{version}");

    private static string ReplayName(string provider, string id) => id.All(char.IsAsciiHexDigitLower)
        ? $"replay/{ProviderKey.Checked(provider)}/{id}"
        : throw new ArgumentException($"'{id}' is not the id of a command", nameof(id));

    private static string BodyName(string digest) => digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower)
        ? $"body/{digest}"
        : throw new ArgumentException($"'{digest}' is not a SHA-256 in lower-case hexadecimal", nameof(digest));

    private static byte[] Compress(ReadOnlyMemory<byte> plain)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
        {
            brotli.Write(plain.Span);
        }

        return packed.ToArray();
    }

    private static byte[] Decompress(byte[] packed)
    {
        using var plain = new MemoryStream();
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        brotli.CopyTo(plain);
        return plain.ToArray();
    }
}
