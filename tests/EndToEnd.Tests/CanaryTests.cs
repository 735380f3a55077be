using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using Rates.Testing;
using Rates.Upstream;
using StackExchange.Redis;

namespace Rates.EndToEnd.Tests;

/// <summary>
/// A secret in every setting that may hold one, sources that fail in every way and repeat their secrets: none of it is in logs at Debug,
/// Redis, answers, evidence or metrics.
/// </summary>
public sealed class CanaryTests : IAsyncLifetime
{
    // A new setting that may hold a secret gets a line here, and its place in Start.
    private static readonly Dictionary<string, string> Canaries = new()
    {
        ["redis"] = "CANARYredisA1b2",
        ["key"] = "CANARYkeyC3d4/+=&x",
        ["header"] = "CANARYheaderE5f6",
        ["address"] = "CANARYaddressG7h8",
        ["admin"] = "CANARYadminI9j0 long enough",
        ["file"] = "CANARYfileK1l2",
        ["variable"] = "CANARYvariableM3n4",
        ["collector"] = "CANARYcollectorO5p6",
        ["proxy"] = "CANARYproxyQ7r8",
    };

    // What each source knows, and so may repeat.
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["ecb"] = ["header", "address"],
        ["openexchangerates"] = ["key"],
        ["hnb"] = ["file", "variable"],
    };

    private static readonly string[] Paths =
    [
        "/v1/providers", "/v1/rates?base=EUR&providers=all", "/health/ready", "/openapi/v1.json", "/metrics", "/v1/ops/schedules",
        "/v1/ops/endpoints", "/v1/ops/runs", "/v1/ops/quarantine", "/v1/ops/commands", "/v1/ops/workers", "/v1/ops/channels",
        "/v1/ops/audit", "/v1/ops/keys", "/v1/ops/users", "/ops?tab=providers", "/ops?tab=quarantine", "/ops?tab=runs", "/ops?tab=workers",
        "/ops?tab=audit", "/ops?tab=keys",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-canary-");
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly StringBuilder _written = new();
    private RedisServer _redis = null!;
    private ConnectionMultiplexer _connection = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IDatabase Hand => _connection.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        Need.Redis();
        _redis = await RedisServer.StartAsync(Token, "--requirepass", Canaries["redis"]);
        _connection = await ConnectionMultiplexer.ConnectAsync($"{_redis.Address},password={Canaries["redis"]},abortConnect=false");
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is not null)
        {
            await _connection.DisposeAsync();
            await _redis.DisposeAsync();
        }

        await _upstream.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task No_secret_is_found_where_it_was_not_put()
    {
        var metrics = RedisServer.FreePort();
        await using var worker = Start("Worker", ("Rates__Telemetry__Listen", $"http://127.0.0.1:{metrics}"));
        await using var api = Start("Api");
        using var client = await api.ClientAsync();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Canaries["admin"]}")));
        await worker.SaysAsync("a missed slot is fetched within");
        await SetEndpointAsync(client, worker);
        foreach (var provider in Known.Keys)
        {
            await Hand.HashSetAsync(
                "{rates}:schedule", provider, """{"cron":"* * * * * ?","zone":"UTC","minimumGap":"00:00:00.5"}""");
        }

        foreach (var trouble in Troubles())
        {
            await TroubleAsync(trouble, worker);
            await AnswersAsync(client);
        }

        await using (var proxied = Start("Worker", ("Rates__Worker__Proxy", $"http://user:{Canaries["proxy"]}@127.0.0.1:1")))
        {
            await proxied.SaysAsync("a missed slot is fetched within");
            await HoldsAsync();
            await Eventually.IsAsync(
                async () => await Hand.StreamLengthAsync("{rates}:runs") > 0 && proxied.Output.Contains("Failed", StringComparison.Ordinal),
                () => proxied.Output, Token);
            _written.AppendLine(proxied.Output);
        }

        using (var open = await api.ClientAsync())
        {
            _written.AppendLine(await open.GetStringAsync($"http://127.0.0.1:{metrics}/metrics", Token));
        }

        await StoreAsync();
        _written.AppendLine(worker.Output).AppendLine(api.Output);

        // They were used: the test would prove nothing otherwise.
        var asked = string.Join('\n', _upstream.Ledger.SelectMany(call => call.Headers.Values.Append(call.Path)));
        Assert.All(Known["ecb"].Take(1).Concat(Known["hnb"]), name => Assert.Contains(Canaries[name], asked, StringComparison.Ordinal));
        Assert.Contains("openexchangerates", string.Join(' ', _upstream.Ledger.Select(call => call.Provider)), StringComparison.Ordinal);
        var written = _written.ToString();
        Assert.Contains("dbug:", written, StringComparison.Ordinal);
        Assert.Contains("quarantined", written, StringComparison.Ordinal);
        var found = Canaries.SelectMany(canary => Forms(canary.Value).Select(form => (canary.Key, Place: Place(written, form))))
            .Where(hit => hit.Place.Length > 0).Select(hit => $"{hit.Key}: {hit.Place}").ToList();
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    private static IEnumerable<string> Forms(string secret) => new[]
    {
        secret, Uri.EscapeDataString(secret), WebUtility.UrlEncode(secret), WebUtility.HtmlEncode(secret),
        JavaScriptEncoder.Default.Encode(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{secret}")),
    }.Distinct(StringComparer.Ordinal);

    private static string Place(string written, string form) => written.IndexOf(form, StringComparison.OrdinalIgnoreCase) is var at and >= 0
        ? written[Math.Max(0, at - 160)..Math.Min(written.Length, at + 60)].ReplaceLineEndings(" ")
        : "";

    // Half of the characters encoded, as careless servers do.
    private static string Half(string secret) =>
        string.Concat(secret.Select((letter, i) => i % 2 == 0 ? $"{letter}" : $"%{(int)letter:x2}"));

    private static string Echo(string provider) => string.Join(' ', Known[provider].Select(name => Canaries[name]).SelectMany(
        secret => new[] { secret, Uri.EscapeDataString(secret), Half(secret), WebUtility.HtmlEncode(secret) }));

    private static IEnumerable<Action<UpstreamSource, string>> Troubles() =>
    [
        (source, _) => source.Always(new Fault(FaultKind.Status, "401")),
        (source, _) => source.Always(new Fault(FaultKind.Status, "500")),
        (source, provider) => source.Always(
            new Fault(FaultKind.Redirect, $"http://example.org/?app_id={Uri.EscapeDataString(Echo(provider))}")),
        (source, provider) => Serve(source, $"<html><body>Bad key {Echo(provider)}</body></html>", "text/html"),
        (source, provider) => Serve(source, $$"""{"error":true,"description":"bad key {{Echo(provider)}}"}""", "application/json"),
        (source, provider) => Serve(source, $"<Envelope><Cube><Cube time='{Echo(provider)}'/></Cube></Envelope>", "application/xml"),
        (source, _) => source.Always(Fault.None).Serve(EcbDocument.Of(1.1412m)),
    ];

    private static void Serve(UpstreamSource source, string text, string type) =>
        source.Always(Fault.None).Serve(Document.Of(text, type));

    private RatesProcess Start(string program, params (string Name, string Value)[] more)
    {
        var settings = Settings.At(_upstream, [.. Known.Keys]);
        settings["Rates__Redis"] = $"{_redis.Address},password={Canaries["redis"]}";
        settings["Rates__Providers__openexchangerates__Key"] = Canaries["key"];
        settings["Rates__Providers__ecb__Headers__Authorization"] = $"Bearer {Canaries["header"]}";
        settings["Rates__Providers__ecb__Address"] = $"http://user:{Canaries["address"]}@127.0.0.1:{_upstream.Port}/ecb/";
        settings["Rates__Access__AdminPasswordFile"] = Secret("admin");
        settings["Rates__Worker__SecretsFolder"] = Path.GetDirectoryName(Secret("file"))!;
        settings["RATES_SECRET_CANARY"] = Canaries["variable"];
        settings["Rates__Telemetry__Otlp"] = "http://127.0.0.1:1";
        settings["Rates__Telemetry__OtlpHeadersFile"] = Secret("collector", "authorization=");
        settings["Logging__LogLevel__Default"] = "Debug";
        settings["Logging__LogLevel__Microsoft"] = "Debug";
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return RatesProcess.Start(program, settings);
    }

    private string Secret(string name, string before = "")
    {
        var folder = _folder.CreateSubdirectory(name);
        var file = Path.Combine(folder.FullName, name);
        File.WriteAllText(file, before + Canaries[name]);
        return file;
    }

    // Credentials that an operator sets while the worker runs.
    private static async Task SetEndpointAsync(HttpClient client, RatesProcess worker)
    {
        const string Set = """{"secretHeaders":{"X-Pass":{"file":"file"},"X-Token":{"variable":"RATES_SECRET_CANARY"}}}""";
        var told = "";
        await Eventually.IsAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/ops/endpoints/hnb")
                {
                    Content = new StringContent(Set, Encoding.UTF8, "application/json"),
                };
                request.Headers.TryAddWithoutValidation("If-Match", "*");
                using var response = await client.SendAsync(request, Token);
                told = $"{response.StatusCode} {await response.Content.ReadAsStringAsync(Token)}";
                return response.IsSuccessStatusCode;
            },
            () => $"{told}\n{worker.Output}", Token);
    }

    private async Task HoldsAsync()
    {
        foreach (var provider in Known.Keys)
        {
            await Hand.HashSetAsync($"{{rates}}:fetch:{provider}", [new("notBefore", 0), new("failures", 0)]);
        }
    }

    // Each provider meets the trouble once.
    private async Task TroubleAsync(Action<UpstreamSource, string> trouble, RatesProcess worker)
    {
        foreach (var provider in Known.Keys)
        {
            trouble(_upstream[provider], provider);
        }

        var before = Known.Keys.ToDictionary(provider => provider, provider => _upstream.CallsOf(provider).Count);
        await Eventually.IsAsync(
            async () =>
            {
                await HoldsAsync();
                return Known.Keys.All(provider => _upstream.CallsOf(provider).Count > before[provider] + 1);
            },
            () => worker.Output[^Math.Min(4000, worker.Output.Length)..], Token);
    }

    private async Task AnswersAsync(HttpClient client)
    {
        foreach (var path in Paths.Concat(Known.Keys.Select(provider => $"/v1/providers/{provider}"))
            .Append("/v1/ops/endpoints/hnb").Append("/v1/ops/evidence/ecb"))
        {
            using var answer = await client.GetAsync(path, Token);
            _written.AppendLine(path).AppendLine(await answer.Content.ReadAsStringAsync(Token));
        }
    }

    private async Task StoreAsync()
    {
        await foreach (var key in _connection.GetServers()[0].KeysAsync())
        {
            _written.AppendLine((string?)key);
            switch (await Hand.KeyTypeAsync(key))
            {
                case RedisType.String:
                    _written.AppendLine(Text((byte[])(await Hand.StringGetAsync(key))!));
                    break;
                case RedisType.Hash:
                    _written.AppendJoin('\n', await Hand.HashGetAllAsync(key));
                    break;
                case RedisType.List:
                    _written.AppendJoin('\n', await Hand.ListRangeAsync(key));
                    break;
                case RedisType.Stream:
                    _written.AppendJoin('\n', (await Hand.StreamRangeAsync(key)).SelectMany(entry => entry.Values));
                    break;
                default:
                    _written.AppendJoin('\n', await Hand.SortedSetRangeByRankAsync(key));
                    break;
            }
        }
    }

    // Evidence is compressed.
    private static string Text(byte[] value)
    {
        try
        {
            using var packed = new BrotliStream(new MemoryStream(value), CompressionMode.Decompress);
            using var text = new StreamReader(packed);
            return text.ReadToEnd();
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(value);
        }
        catch (InvalidDataException)
        {
            return Encoding.UTF8.GetString(value);
        }
    }
}
