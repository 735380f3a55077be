using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.Data.Sqlite;
using Rates.Testing;
using StackExchange.Redis;

namespace Rates.Store.Tests;

/// <summary>
/// Everything that a release stores stays readable. <c>Golden/RELEASE/</c> holds what that release wrote, to Redis and to the embedded
/// file; such a folder is never changed, only joined by that of the next release.
/// </summary>
/// <remarks>
/// A release writes its folder with <c>RATES_WRITE_GOLDEN=tests/Store.Tests/Golden/0.3.0</c> set while these tests run.
/// </remarks>
public sealed class GoldenReleaseTests(RedisFixture redis) : IClassFixture<RedisFixture>, IAsyncLifetime
{
    private const string Bytes = "base64:";
    private const string Variable = "RATES_WRITE_GOLDEN";
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Store.Tests", "Golden");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-golden-");
    private readonly FakeTimeProvider _time = new(new(2026, 11, 20, 16, 0, 0, TimeSpan.Zero));

    public static TheoryData<string> Releases =>
    [
        .. Directory.EnumerateDirectories(Folder).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder.FullName, "rates.db");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task What_a_release_wrote_to_Redis_is_read(string release)
    {
        await using var rig = redis.PatientRig();
        await LoadRedisAsync(rig, JsonNode.Parse(await File.ReadAllTextAsync(Golden(release, "redis.json"), Token))!.AsArray());

        await GoldenRecords.AreReadAsync(rig.Store, new(rig.Blobs(_time), new(), _time), Token);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task What_a_release_wrote_to_the_embedded_file_is_read(string release)
    {
        await RunAsync(await File.ReadAllTextAsync(Golden(release, "sqlite.sql"), Token));
        foreach (var (name, value) in JsonNode.Parse(await File.ReadAllTextAsync(Golden(release, "evidence.json"), Token))!.AsObject())
        {
            var path = Path.Combine(_folder.FullName, "evidence", name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, Convert.FromBase64String((string)value!), Token);
        }

        await using var store = new SqliteStore(SqliteFile.Open(_folder.FullName), TimeProvider.System);
        await GoldenRecords.AreReadAsync(store, Evidence(), Token);
    }

    [Fact]
    public async Task What_this_release_writes_is_read_by_it_and_written_to_the_folder_that_was_asked_for()
    {
        await using var rig = redis.PatientRig();
        var evidence = new EvidenceStore(rig.Blobs(_time), new(), _time);
        await GoldenRecords.FillAsync(rig.Store, evidence, Token);
        await GoldenRecords.AreReadAsync(rig.Store, evidence, Token);
        await using (var store = new SqliteStore(SqliteFile.Open(_folder.FullName), TimeProvider.System))
        {
            await GoldenRecords.FillAsync(store, Evidence(), Token);
            await GoldenRecords.AreReadAsync(store, Evidence(), Token);
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } target)
        {
            target = Path.Combine(Repository.Root, target);
            Directory.CreateDirectory(target);
            await File.WriteAllTextAsync(Path.Combine(target, "redis.json"), Text(await DumpRedisAsync(rig)), Token);
            await File.WriteAllTextAsync(Path.Combine(target, "sqlite.sql"), await DumpSqliteAsync(), Token);
            var files = new DirectoryInfo(Path.Combine(_folder.FullName, "evidence"));
            var written = files.EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal);
            JsonObject blobs = new(written.Select(file => KeyValuePair.Create(
                Path.GetRelativePath(files.FullName, file.FullName),
                (JsonNode?)Convert.ToBase64String(File.ReadAllBytes(file.FullName)))));
            await File.WriteAllTextAsync(Path.Combine(target, "evidence.json"), Text(blobs), Token);
        }
    }

    private static string Golden(string release, string file) => Path.Combine(Folder, release, file);

    private static string Text(JsonNode node) => node.ToJsonString(new JsonSerializerOptions
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    }) + "\n";

    private EvidenceStore Evidence() => new(new FolderBlobs(Path.Combine(_folder.FullName, "evidence"), _time), new(), _time);

    private static async Task<JsonArray> DumpRedisAsync(RedisRig rig)
    {
        JsonArray all = [];
        var server = rig.Hand.Multiplexer.GetServers()[0];
        var own = rig.Keys.Index.Replace("{", "", StringComparison.Ordinal).Split('}')[0];
        var keys = server.Keys().Select(key => key.ToString()).Where(key => Name(key, own) is not null);
        foreach (var key in keys.Order(StringComparer.Ordinal))
        {
            var type = await rig.Hand.KeyTypeAsync(key);
            JsonNode value = type switch
            {
                RedisType.String when key.Contains(":evidence:", StringComparison.Ordinal) =>
                    Convert.ToBase64String((byte[])(await rig.Hand.StringGetAsync(key))!),
                RedisType.String => (string)(await rig.Hand.StringGetAsync(key))!,
                RedisType.Hash => Object((await rig.Hand.HashGetAllAsync(key)).Select(field => (field.Name, field.Value))),
                RedisType.SortedSet => Object((await rig.Hand.SortedSetRangeByRankWithScoresAsync(key))
                    .Select(entry => (entry.Element, (RedisValue)(long)entry.Score))),
                RedisType.List => new JsonArray([.. (await rig.Hand.ListRangeAsync(key)).Select(entry => (JsonNode)(string)entry!)]),
                RedisType.Stream => new JsonArray([.. (await rig.Hand.StreamRangeAsync(key)).Select(entry => (JsonNode)new JsonObject
                {
                    ["id"] = entry.Id.ToString(),
                    ["fields"] = Object(entry.Values.Select(field => (field.Name, field.Value))),
                })]),
                _ => throw new InvalidOperationException($"{key} is a {type}, which this does not write"),
            };
            all.Add(new JsonObject { ["key"] = Name(key, own), ["type"] = type.ToString(), ["value"] = value });
        }

        return all;
    }

    private static async Task LoadRedisAsync(RedisRig rig, JsonArray all)
    {
        var own = rig.Keys.Index.Replace("{", "", StringComparison.Ordinal).Split('}')[0];
        foreach (var one in all)
        {
            var name = (string)one!["key"]!;
            var key = name.Replace("{rates}", $"{{{own}}}", StringComparison.Ordinal)
                .Replace("rates:history:", $"{own}:history:", StringComparison.Ordinal);
            var value = one["value"]!;
            switch (Enum.Parse<RedisType>((string)one["type"]!))
            {
                case RedisType.String:
                    var isBinary = name.Contains(":evidence:", StringComparison.Ordinal);
                    await rig.Hand.StringSetAsync(key, isBinary ? Convert.FromBase64String((string)value!) : (string)value!);
                    break;
                case RedisType.Hash:
                    await rig.Hand.HashSetAsync(key, [.. Pairs(value).Select(field => new HashEntry(field.Name, field.Value))]);
                    break;
                case RedisType.SortedSet:
                    await rig.Hand.SortedSetAddAsync(
                        key, [.. Pairs(value).Select(entry => new SortedSetEntry(entry.Name, Convert.ToInt64(entry.Value, Invariant)))]);
                    break;
                case RedisType.List:
                    await rig.Hand.ListRightPushAsync(key, [.. value.AsArray().Select(entry => (RedisValue)(string)entry!)]);
                    break;
                case RedisType.Stream:
                    foreach (var entry in value.AsArray())
                    {
                        NameValueEntry[] fields =
                            [.. Pairs(entry!["fields"]!).Select(field => new NameValueEntry(field.Name, field.Value))];
                        await rig.Hand.StreamAddAsync(key, fields, (string)entry["id"]!);
                    }

                    break;
            }
        }
    }

    // A key of this rig's, under the prefix of the product; null for one of another test.
    private static string? Name(string key, string own) =>
        key.StartsWith($"{{{own}}}:", StringComparison.Ordinal) ? string.Concat("{rates}", key.AsSpan(own.Length + 2))
        : key.StartsWith($"{own}:history:", StringComparison.Ordinal) ? string.Concat("rates", key.AsSpan(own.Length))
        : null;

    private static JsonObject Object(IEnumerable<(RedisValue Name, RedisValue Value)> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name.ToString(), (JsonNode?)TextOf(field.Value))));

    private static IEnumerable<(string Name, RedisValue Value)> Pairs(JsonNode node) =>
        node.AsObject().Select(member => (member.Key, ValueOf((string)member.Value!)));

    // Bytes that are no text.
    private static string TextOf(RedisValue value) =>
        Utf8.IsValid((byte[])value!) ? value.ToString() : Bytes + Convert.ToBase64String((byte[])value!);

    private static RedisValue ValueOf(string text) =>
        text.StartsWith(Bytes, StringComparison.Ordinal) ? Convert.FromBase64String(text[Bytes.Length..]) : text;

    private async Task<string> DumpSqliteAsync()
    {
        var text = new StringBuilder();
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync(Token);
        text.Append(Invariant, $"PRAGMA user_version = {await ScalarAsync(connection, "PRAGMA user_version")};\n");
        var tables = await RowsAsync(
            connection, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name");
        foreach (var table in tables)
        {
            text.Append(Invariant, $"{table[1]};\n");
        }

        foreach (var table in tables.Where(table => table[1].StartsWith("CREATE TABLE", StringComparison.Ordinal)))
        {
            var columns = await RowsAsync(connection, $"SELECT name FROM pragma_table_info('{table[0]}') ORDER BY cid");
            var quoted = string.Join(" || ', ' || ", columns.Select(column => $"quote(\"{column[0]}\")"));
            foreach (var row in await RowsAsync(connection, $"SELECT {quoted} FROM \"{table[0]}\""))
            {
                text.Append(Invariant, $"INSERT INTO \"{table[0]}\" VALUES ({row[0]});\n");
            }
        }

        return text.ToString();
    }

    private static async Task<string> ScalarAsync(SqliteConnection connection, string sql) => (await RowsAsync(connection, sql))[0][0];

    private static async Task<List<string[]>> RowsAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names come from the schema.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Token);
        List<string[]> rows = [];
        while (await reader.ReadAsync(Token))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column).ToString()!)]);
        }

        return rows;
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync(Token);
        _ = await RowsAsync(connection, sql);
    }
}
