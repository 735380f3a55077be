using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Rates.Core;

namespace Rates.Store;

/// <summary>
/// Stores evidence compressed, under names such as <c>sheet/ecb/1787235300000</c>, <c>body/</c> with the digest, <c>refused/ecb/</c>
/// with the id of the refused sheet, and <c>replay/ecb/</c> with the id of the command. Evidence of back-fills has names of its own,
/// <c>backfill/</c> and <c>backfill-body/</c>: long histories must not drive out the evidence of published sheets.
/// </summary>
internal sealed class EvidenceStore(IBlobs blobs, EvidenceOptions options, TimeProvider time) : IEvidence
{
    /// <summary>Back-fills may take this part of the room: a quarter.</summary>
    internal const int BackfillShare = 4;

    private const string Sheets = "sheet";
    private const string Backfills = "backfill";
    private const string Bodies = "body/";
    private const string BackfillBodies = "backfill-body/";

    // Between two cleanings, at most this part of the room is written by one process.
    private const int WrittenShare = 32;
    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromHours(1);

    private long _cleanedAt = long.MinValue;
    private long _written;

    private long Room => (long)options.MaxMegabytes << 20;

    // What one process may write before it cleans again.
    private long Written => Room / WrittenShare;

    /// <inheritdoc/>
    public bool IsKept => options.KeepDays > 0;

    /// <inheritdoc/>
    public Task WriteAsync(
        SheetEvidence evidence, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken) =>
        WriteAsync(
            SheetName(evidence.IsBackfill ? Backfills : Sheets, evidence.Provider, evidence.Version), evidence, bodies, cancellationToken);

    /// <inheritdoc/>
    public Task WriteRefusedAsync(
        string id, SheetEvidence evidence, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken) =>
        WriteAsync(RefusedName(evidence.Provider, id), evidence, bodies, cancellationToken);

    /// <inheritdoc/>
    public Task<SheetEvidence?> ReadRefusedAsync(string provider, string id, CancellationToken cancellationToken) =>
        ReadAsync(RefusedName(provider, id), cancellationToken);

    private async Task WriteAsync(
        string name, SheetEvidence evidence, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> bodies, CancellationToken cancellationToken)
    {
        if (!IsKept)
        {
            return;
        }

        // The bodies first, and again also when they are stored: they must not grow old before the sheet that names them.
        foreach (var (digest, body) in bodies)
        {
            await PutAsync(BodyName(evidence.IsBackfill ? BackfillBodies : Bodies, digest), Compress(body), cancellationToken);
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(evidence, StoreFormat.Json.SheetEvidence);
        await PutAsync(name, Compress(json), cancellationToken);
        await CleanAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<SheetEvidence?> ReadAsync(string provider, long version, CancellationToken cancellationToken) =>
        await ReadAsync(SheetName(Sheets, provider, version), cancellationToken)
        ?? await ReadAsync(SheetName(Backfills, provider, version), cancellationToken);

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(string digest, CancellationToken cancellationToken)
    {
        if ((await blobs.GetAsync(BodyName(Bodies, digest), cancellationToken)
            ?? await blobs.GetAsync(BodyName(BackfillBodies, digest), cancellationToken)) is not { } stored)
        {
            return null;
        }

        var body = Decompress($"body {digest}", stored);
        return Convert.ToHexStringLower(SHA256.HashData(body)) == digest
            ? body
            : throw new InvalidDataException($"the stored body {digest} has another digest: it was changed");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SheetEvidence>> ListAsync(string provider, CancellationToken cancellationToken)
    {
        var key = ProviderKey.Checked(provider);
        List<SheetEvidence> found = [];
        foreach (var prefix in (string[])[$"{Sheets}/{key}/", $"{Backfills}/{key}/"])
        {
            foreach (var end in await EndsAsync(prefix, cancellationToken))
            {
                if (await ReadAsync(prefix + end, cancellationToken) is { } evidence)
                {
                    found.Add(evidence);
                }
            }
        }

        return [.. found.OrderBy(evidence => evidence.Version)];
    }

    /// <inheritdoc/>
    public async Task WriteReplayAsync(string provider, string id, ReplayReport report, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(report, StoreFormat.Json.ReplayReport);
        await PutAsync(ReplayName(provider, id), Compress(json), cancellationToken);
        await CleanAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ReplayReport?> ReadReplayAsync(string provider, string id, CancellationToken cancellationToken) =>
        await blobs.GetAsync(ReplayName(provider, id), cancellationToken) is { } stored
            ? Read($"replay {id}", stored, StoreFormat.Json.ReplayReport)
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

    private Task PutAsync(string name, byte[] packed, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _written, packed.Length);
        return blobs.PutAsync(name, packed, cancellationToken);
    }

    private async Task<SheetEvidence?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await blobs.GetAsync(name, cancellationToken) is { } stored ? Read(name, stored, StoreFormat.Json.SheetEvidence) : null;

    /// <summary>Deletes what is too old, and the oldest of what is too much.</summary>
    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        var (now, last) = (time.GetTimestamp(), Volatile.Read(ref _cleanedAt));
        if (last != long.MinValue && time.GetElapsedTime(last, now) < BetweenCleanings
            && Volatile.Read(ref _written) < Written)
        {
            return;
        }

        Volatile.Write(ref _cleanedAt, now);
        Volatile.Write(ref _written, 0);
        var entries = (await blobs.ListAsync(cancellationToken)).OrderBy(entry => entry.At).ToLookup(
            entry => entry.Name.StartsWith($"{Backfills}/", StringComparison.Ordinal)
                || entry.Name.StartsWith(BackfillBodies, StringComparison.Ordinal));
        var backfills = await TrimAsync(entries[true], (Room / BackfillShare) - Written, cancellationToken);
        await TrimAsync(entries[false], Room - Written - backfills, cancellationToken);
    }

    /// <summary>Deletes what is too old, and then the oldest until the rest fits into <paramref name="room"/> bytes.</summary>
    /// <returns>The bytes of the rest.</returns>
    private async Task<long> TrimAsync(IEnumerable<BlobEntry> oldestFirst, long room, CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow().AddDays(-options.KeepDays);
        BlobEntry[] entries = [.. oldestFirst];
        var left = entries.Sum(entry => entry.Bytes);
        foreach (var entry in entries.TakeWhile(entry => entry.At < oldest || left > room))
        {
            await blobs.DeleteAsync(entry.Name, cancellationToken);
            left -= entry.Bytes;
        }

        return left;
    }

    private static string SheetName(string kind, string provider, long version) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}/{ProviderKey.Checked(provider)}/{version}");

    private static string RefusedName(string provider, string id) => id.Length > 0 && id.All(
        letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
        ? $"refused/{ProviderKey.Checked(provider)}/{id}"
        : throw new ArgumentException($"'{id}' is not the id of a refused sheet", nameof(id));

    private static string ReplayName(string provider, string id) => id.All(char.IsAsciiHexDigitLower)
        ? $"replay/{ProviderKey.Checked(provider)}/{id}"
        : throw new ArgumentException($"'{id}' is not the id of a command", nameof(id));

    private static string BodyName(string kind, string digest) => digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower)
        ? kind + digest
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

    private static T? Read<T>(string name, byte[] packed, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Decompress(name, packed), type);
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"the stored evidence {name} cannot be read: it was changed", damaged);
        }
    }

    private static byte[] Decompress(string name, byte[] packed)
    {
        try
        {
            using var plain = new MemoryStream();
            using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
            brotli.CopyTo(plain);
            return plain.ToArray();
        }
        catch (InvalidOperationException damaged)
        {
            throw new InvalidDataException($"the stored evidence {name} cannot be unpacked: it was changed", damaged);
        }
    }
}
