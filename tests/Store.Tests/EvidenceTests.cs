using System.Security.Cryptography;
using System.Text;
using Rates.Testing;

namespace Rates.Store.Tests;

/// <summary>Evidence is stored compressed, once per body, for as long and as much as the settings say.</summary>
public sealed class EvidenceTests(RedisFixture redis) : IClassFixture<RedisFixture>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-evidence-");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T16:00:00Z"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_stored_is_read_again(bool onRedis)
    {
        await using var rig = onRedis ? redis.PatientRig() : null;
        var store = new EvidenceStore(Blobs(rig), new(), _time);
        var body = RandomNumberGenerator.GetBytes(100_000);
        var evidence = Evidence(7, body);

        await store.WriteAsync(evidence, Bodies(body), Token);

        Assert.Equivalent(evidence, await store.ReadAsync("ecb", 7, Token), strict: true);
        Assert.Equal(body, (await store.ReadBodyAsync(evidence.Bodies[0].Digest, Token))!.Value.ToArray());
        Assert.Null(await store.ReadAsync("ecb", 8, Token));
        Assert.Null(await store.ReadBodyAsync(new string('0', 64), Token));
        Assert.Equal(7, Assert.Single(await store.ListAsync("ecb", Token)).Version);
        Assert.Empty(await store.ListAsync("boc", Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_too_old_goes_unless_a_newer_sheet_has_the_same_body(bool onRedis)
    {
        await using var rig = onRedis ? redis.PatientRig() : null;
        var store = new EvidenceStore(Blobs(rig), new() { KeepDays = 10 }, _time);
        var (shared, own) = (Encoding.UTF8.GetBytes("same"), Encoding.UTF8.GetBytes("other"));
        await store.WriteAsync(Evidence(1, shared), Bodies(shared), Token);
        await store.WriteAsync(Evidence(2, own), Bodies(own), Token);
        _time.Advance(TimeSpan.FromDays(9));
        await store.WriteAsync(Evidence(3, shared), Bodies(shared), Token);
        _time.Advance(TimeSpan.FromDays(2));
        await store.WriteAsync(Evidence(4, shared), Bodies(shared), Token);

        Assert.Equal([3, 4], (await store.ListAsync("ecb", Token)).Select(sheet => sheet.Version));
        Assert.NotNull(await store.ReadBodyAsync(Digest(shared), Token));
        Assert.Null(await store.ReadBodyAsync(Digest(own), Token));
    }

    [Fact]
    public async Task The_oldest_goes_where_it_is_too_much()
    {
        var store = new EvidenceStore(Blobs(null), new() { MaxMegabytes = 1 }, _time);
        List<byte[]> bodies = [];
        for (var version = 1; version <= 5; version++)
        {
            var body = RandomNumberGenerator.GetBytes(400_000);
            bodies.Add(body);
            await store.WriteAsync(Evidence(version, body), Bodies(body), Token);
            _time.Advance(TimeSpan.FromHours(2));
        }

        List<bool> stored = [];
        foreach (var body in bodies)
        {
            stored.Add(await store.ReadBodyAsync(Digest(body), Token) is not null);
        }

        Assert.Equal([false, false, false, true, true], stored);
        Assert.InRange(_folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length), 1, 1 << 20);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Back_fills_take_no_more_than_their_part_and_no_sheet_goes_for_them(bool onRedis)
    {
        await using var rig = onRedis ? redis.PatientRig() : null;
        var blobs = Blobs(rig);
        var store = new EvidenceStore(blobs, new() { MaxMegabytes = 1 }, _time);
        var sheet = RandomNumberGenerator.GetBytes(500_000);
        await store.WriteAsync(Evidence(1, sheet), Bodies(sheet), Token);
        byte[] body = [];
        for (var version = 2; version <= 40; version++)
        {
            body = RandomNumberGenerator.GetBytes(60_000);
            _time.Advance(TimeSpan.FromSeconds(2));
            await store.WriteAsync(Evidence(version, body) with { Epoch = "", IsBackfill = true }, Bodies(body), Token);
        }

        var entries = await blobs.ListAsync(Token);
        var backfills = entries.Where(entry => entry.Name.StartsWith("backfill", StringComparison.Ordinal)).ToList();
        Assert.InRange(backfills.Sum(entry => entry.Bytes), 60_000, (1 << 20) / EvidenceStore.BackfillShare);
        Assert.NotNull(await store.ReadAsync("ecb", 1, Token));
        Assert.NotNull(await store.ReadBodyAsync(Digest(sheet), Token));
        Assert.True((await store.ReadAsync("ecb", 40, Token))!.IsBackfill);
        Assert.Equal(body, (await store.ReadBodyAsync(Digest(body), Token))!.Value.ToArray());
        Assert.Equal(1, (await store.ListAsync("ecb", Token))[0].Version);
    }

    [Fact]
    public async Task The_room_is_not_exceeded_between_two_cleanings_by_time()
    {
        var store = new EvidenceStore(Blobs(null), new() { MaxMegabytes = 1 }, _time);
        for (var version = 1; version <= 30; version++)
        {
            var body = RandomNumberGenerator.GetBytes(100_000);
            await store.WriteAsync(Evidence(version, body), Bodies(body), Token);
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.InRange(_folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length), 1, 1 << 20);
        }
    }

    [Fact]
    public async Task Evidence_that_was_changed_says_so()
    {
        var store = new EvidenceStore(Blobs(null), new(), _time);
        var body = Encoding.UTF8.GetBytes("1.1412");
        await store.WriteAsync(Evidence(1, body), Bodies(body), Token);
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            await File.WriteAllBytesAsync(file.FullName, [0x1b, 0xff, 0xff, 1, 2, 3], Token);
        }

        await Assert.ThrowsAsync<InvalidDataException>(() => store.ReadAsync("ecb", 1, Token));
        await Assert.ThrowsAsync<InvalidDataException>(() => store.ReadBodyAsync(Digest(body), Token));
    }

    [Fact]
    public async Task A_changed_body_is_not_given_out()
    {
        var store = new EvidenceStore(Blobs(null), new(), _time);
        var (body, other) = (Encoding.UTF8.GetBytes("1.1412"), Encoding.UTF8.GetBytes("2.2824"));
        await store.WriteAsync(Evidence(1, body), Bodies(body), Token);
        await store.WriteAsync(Evidence(2, other), Bodies(other), Token);
        File.Copy(
            Path.Combine(_folder.FullName, "body", Digest(other)), Path.Combine(_folder.FullName, "body", Digest(body)), overwrite: true);

        await Assert.ThrowsAsync<InvalidDataException>(() => store.ReadBodyAsync(Digest(body), Token));
    }

    [Fact]
    public async Task Nothing_is_stored_where_the_settings_say_so()
    {
        var store = new EvidenceStore(Blobs(null), new() { KeepDays = 0 }, _time);

        await store.WriteAsync(Evidence(1, [1]), Bodies([1]), Token);

        Assert.False(store.IsKept);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    private static string Digest(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));

    private static Dictionary<string, ReadOnlyMemory<byte>> Bodies(byte[] body) => new() { [Digest(body)] = body };

    private IBlobs Blobs(RedisRig? rig) => rig is null ? new FolderBlobs(_folder.FullName, _time) : rig.Blobs(_time);

    private SheetEvidence Evidence(long version, byte[] body) => new(
        "ecb", "1787235300000-00112233445566aa", version, _time.GetUtcNow(), Sheets.Day, Sheets.Day, Sheets.Day,
        [
            new("https://www.example.org/daily.xml", _time.GetUtcNow(), new Dictionary<string, string> { ["ETag"] = "\"1\"" }, Digest(body),
                body.Length)
            {
                Path = "daily.xml",
            },
        ]);
}
