using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>Addresses, headers and keys that operators set while workers run.</summary>
public sealed partial class EndpointTests : IAsyncLifetime
{
    private const string Canary = "canary/of+the-key=42";
    private const string HeaderCanary = "canary-of-a-header";
    private static readonly DateOnly Day = new(2026, 11, 20);

    private readonly DirectoryInfo _secrets = Directory.CreateTempSubdirectory("rates-secrets-");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.Parse("2026-11-20T18:05:00Z"));
    private readonly UpstreamServer _upstream = UpstreamServer.Start();
    private readonly UpstreamServer _gateway = UpstreamServer.Start();
    private readonly TestStore _store;
    private readonly SourceStore _book;

    public EndpointTests()
    {
        _store = new TestStore(_time);
        _book = new SourceStore(_store.Documents);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string KeyFile => Path.Combine(_secrets.FullName, "oxr");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(KeyFile, Canary + "\n", Token);
        await File.WriteAllTextAsync(Path.Combine(_secrets.FullName, "header"), HeaderCanary, Token);
        _upstream["ecb"].Serve(EcbDocument.Of(Day));
        _gateway["ecb"].Serve(EcbDocument.Of(Day));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _upstream.DisposeAsync();
        await _gateway.DisposeAsync();
        _secrets.Delete(recursive: true);
    }

    [Fact]
    public async Task An_address_comes_into_force_on_every_worker_and_is_taken_back()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        Bench[] workers = [one, two];

        await SetAsync("ecb", new() { Address = _gateway.AddressOf("ecb").AbsoluteUri });
        await AllAsync(workers, "ecb", _gateway.AddressOf("ecb"));
        await one.AlarmAsync("ecb");
        var asked = (_upstream.CallsOf("ecb").Count, _gateway.CallsOf("ecb").Count);
        await SetAsync("ecb", null);
        await AllAsync(workers, "ecb", _upstream.AddressOf("ecb"));

        Assert.Equal((0, 1), asked);
        Assert.Equal(_gateway.AddressOf("ecb").AbsoluteUri, new Uri((await one.SheetAsync("ecb"))!.Source!).GetLeftPart(UriPartial.Path)[
            .._gateway.AddressOf("ecb").AbsoluteUri.Length]);
    }

    [Fact]
    public async Task What_operators_set_is_in_force_after_a_restart_before_the_first_fetch()
    {
        await SetAsync("ecb", new() { Address = _gateway.AddressOf("ecb").AbsoluteUri });

        await using var worker = await StartAsync();
        await worker.AlarmAsync("ecb");

        Assert.Empty(_upstream.CallsOf("ecb"));
        Assert.Single(_gateway.CallsOf("ecb"));
    }

    [Fact]
    public async Task A_key_from_a_file_makes_a_provider_fetched_and_is_sent()
    {
        _upstream["openexchangerates"].Serve(RatesOf());
        await using var worker = await StartAsync();
        Assert.Null(worker.Get<ScheduleTable>().Fetched.GetValueOrDefault("openexchangerates"));

        await SetAsync("openexchangerates", new() { Key = new() { File = "oxr" } });
        await Eventually.IsAsync(async () => await worker.SheetAsync("openexchangerates") is not null, () => "a sheet", Token);

        var call = Assert.Single(_upstream.CallsOf("openexchangerates"));
        Assert.Contains($"app_id={Uri.EscapeDataString(Canary)}", call.Path, StringComparison.Ordinal);
        Assert.True((await worker.Store.Calls.ReadProvidersAsync(Token))["openexchangerates"].Profile.Enabled);
    }

    [Fact]
    public async Task A_secret_that_is_gone_stops_the_provider_by_name_and_one_that_is_back_starts_it()
    {
        await SetAsync("openexchangerates", new() { Key = new() { File = "oxr" } });
        await using var worker = await StartAsync();
        Assert.True(worker.Get<ScheduleTable>().Fetched.ContainsKey("openexchangerates"));

        File.Delete(KeyFile);
        await worker.PassAsync(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(1));
        await worker.LoggedAsync("openexchangerates: no longer fetched by this worker");
        await Eventually.IsAsync(
            async () => !(await _store.Calls.ReadProvidersAsync(Token))["openexchangerates"].Profile.Enabled,
            () => "the profile is disabled", Token);
        var note = (await _store.Calls.ReadProvidersAsync(Token))["openexchangerates"].Profile;
        await File.WriteAllTextAsync(KeyFile, "another-key", Token);
        await worker.PassAsync(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(1));

        Assert.Equal("key: refers to the file oxr, which cannot be read by this worker", note.Note);
        await Eventually.IsAsync(() => worker.Get<ProviderTable>().Find("openexchangerates")!.Block.Key == "another-key", Token);
    }

    [Fact]
    public async Task An_address_outside_the_allowed_hosts_is_refused_by_name_and_not_dialled_when_written_by_hand()
    {
        await using var worker = await StartAsync();
        var before = worker.Get<ProviderTable>().Find("ecb")!.Block.Address;

        var answer = await AskAsync(worker, "ecb", new() { Address = "https://evil.example/feed/" });
        await SetAsync("ecb", new() { Address = "https://evil.example/feed/" });
        await worker.LoggedAsync("ecb: not asked by this worker");
        await Eventually.IsAsync(
            () => !worker.Get<ScheduleTable>().Fetched.ContainsKey("ecb"), Token, "ecb is taken out of what is fetched");

        Assert.Contains("names the host evil.example, which is not allowed; allowed are 127.0.0.1", answer, StringComparison.Ordinal);
        Assert.Equal(before, worker.Get<ProviderTable>().Find("ecb")!.Block.Address);
    }

    [Fact]
    public async Task A_host_that_is_added_to_the_file_is_allowed_without_a_restart()
    {
        var list = Path.Combine(_secrets.FullName, "hosts");
        await File.WriteAllTextAsync(list, "# nothing yet\n", Token);
        await using var worker = await StartAsync(("Rates:Worker:AllowedHostsFile", list));
        EndpointOverride asked = new() { Address = "http://gateway.intern.example:8080/ecb" };

        var before = await AskAsync(worker, "ecb", asked);
        await File.WriteAllTextAsync(list, "gateway.intern.example # ours\n", Token);
        var after = await AskAsync(worker, "ecb", asked);

        Assert.Contains("names the host gateway.intern.example", before, StringComparison.Ordinal);
        Assert.Contains("http://gateway.intern.example:8080/ecb/", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_store_lost_is_stored_again_from_memory()
    {
        await using var other = new TestStore(_time);
        var current = _store;
        var documents = new PassedDocuments(() => current.Documents);
        var table = new ProviderTable(Rates.Providers.ProviderCatalog.Shipped());
        var options = new WorkerOptions { AllowedHosts = ["gw.example"] };
        var access = new PrivateAccess(options);
        var rules = new EndpointRules(access);
        var sources = new SourceSettings(
            new(documents), table, new(rules, new(options)), new(table, rules, _time), _time,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<SourceSettings>.Instance);
        await SetAsync("ecb", new() { Address = "https://gw.example/" });
        await sources.RefreshAsync(Token);

        current = other;
        await sources.RefreshAsync(Token);

        Assert.Equal("https://gw.example/", (await new SourceStore(other.Documents).ReadEndpointsAsync(Token))["ecb"].Value!.Address);
        Assert.Equal("https://gw.example/", table.Find("ecb")!.Block.Address!.AbsoluteUri);
    }

    private static Document RatesOf(string more = "") => Document.Of(
        $$"""
        {"timestamp":{{DateTimeOffset.Parse("2026-11-20T18:00:00Z").ToUnixTimeSeconds()}},
         "base":"USD","rates":{"EUR":0.8763,"GBP":0.7634,"CHF":0.8161}{{more}}}
        """,
        "application/json");

    private static async Task AllAsync(IEnumerable<Bench> workers, string provider, Uri address)
    {
        foreach (var worker in workers)
        {
            await Eventually.IsAsync(() => worker.Get<ProviderTable>().Find(provider)!.Block.Address == address, Token);
        }
    }

    private static Task<string> AskAsync(Bench worker, string provider, EndpointOverride? asked) =>
        worker.Get<QuestionAnswers>().AnswerAsync(
            new() { Kind = QuestionKind.Endpoint, Provider = provider, Asked = asked is null ? "" : SourceText.Write(asked) }, Token);

    private async Task SetAsync(string provider, EndpointOverride? endpoint)
    {
        var before = (await _book.ReadEndpointsAsync(Token)).GetValueOrDefault(provider);
        Assert.NotNull(await _book.EditEndpointAsync(provider, before, endpoint, "anna", Token));
    }

    private async Task<Bench> StartAsync(params (string Name, string Value)[] more)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Rates:Worker:SecretsFolder"] = _secrets.FullName,
            ["Rates:Worker:AllowedHosts"] = "127.0.0.1",
            ["Rates:Providers:openexchangerates:Enabled"] = "true",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        var worker = new Bench(_time, _upstream, ["ecb"], settings, _store);
        await worker.StartAsync();
        return await worker.ReadyAsync();
    }

    private (IReadOnlyList<string> Files, string Text) Stored()
    {
        string[] files = [.. Directory.EnumerateFiles(_store.Folder, "*", SearchOption.AllDirectories).Where(
            file => !file.EndsWith(".lock", StringComparison.Ordinal))];
        return (files, string.Concat(files.Select(StoredFiles.Content)));
    }
}
