using System.Diagnostics;
using System.Text.Json;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.EndToEnd.Tests;

/// <summary>A Standalone whose file is damaged, shared or full: one clear state, and rates are answered where there are any.</summary>
public sealed class EmbeddedStoreTests : IAsyncLifetime
{

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-e2e-store-");
    private readonly UpstreamServer _upstream = UpstreamServer.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DataFolder => Path.Combine(_folder.FullName, "data");

    private string Database => Path.Combine(DataFolder, "rates.db");

    public ValueTask InitializeAsync()
    {
        _upstream["ecb"].Serve(EcbDocument.Of(1.1412m));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _upstream.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_second_standalone_on_one_folder_ends_with_one_message_and_harms_nothing()
    {
        await using var first = Start();
        using var client = await FetchedAsync(first);
        await using var second = Start();

        var code = await second.EndAsync(Eventually.Limit);

        Assert.Equal(1, code);
        var line = Assert.Single(second.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"{Database} is in use by another process", line, StringComparison.Ordinal);
        Assert.True((await client.GetAsync("/v1/rates?providers=ecb", Token)).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_half_cut_file_gives_way_to_its_copy_and_the_service_goes_on()
    {
        await using (var first = Start())
        {
            using var fetched = await FetchedAsync(first);
            await Eventually.IsAsync(() => File.Exists(Path.Combine(DataFolder, "rates.copy1.db")), Token);
            Assert.Equal(0, await first.StopAsync(Eventually.Limit));
        }

        Cut();
        await using var second = Start();
        using var client = await FetchedAsync(second);
        await second.SaysAsync("was damaged");

        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        Assert.Equal(0, await second.StopAsync(Eventually.Limit));
    }

    [Fact]
    public async Task A_half_cut_file_without_a_copy_ends_the_start_with_one_message()
    {
        await using (var first = Start(copyEvery: "00:00:00"))
        {
            using var fetched = await FetchedAsync(first);
            Assert.Equal(0, await first.StopAsync(Eventually.Limit));
        }

        Cut();
        await using var second = Start();

        Assert.Equal(1, await second.EndAsync(Eventually.Limit));
        var line = Assert.Single(second.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains($"{Database} cannot be used: it is damaged, and has no intact copy", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_said_once_readiness_tells_it_and_room_mends_it()
    {
        Directory.CreateDirectory(DataFolder);
        await using var mount = await SmallDisk.MountAsync(DataFolder, "12m");
        Assert.SkipUnless(mount.IsMounted, "a small disk cannot be mounted: this needs root, and a kernel with tmpfs");
        await using var standalone = Start();
        using var client = await FetchedAsync(standalone);
        Assert.Equal("ready", (await ReadyAsync(client)).Status);

        var ballast = Path.Combine(DataFolder, "ballast");
        Fill(ballast);
        await Eventually.IsAsync(async () => (await ReadyAsync(client)).Store == "readonly", () => standalone.Output, Token);
        await standalone.SaysAsync("takes no writes");
        var ready = await ReadyAsync(client);

        // Several heartbeats and tries later.
        var mark = TimeProvider.System.GetTimestamp();
        await Eventually.IsAsync(() => TimeProvider.System.GetElapsedTime(mark) > TimeSpan.FromSeconds(25), Token);

        Assert.Equal("degraded", ready.Status);
        Assert.Contains("full", ready.Reasons, StringComparison.Ordinal);
        Assert.Single(standalone.Output.Split('\n'), line => line.Contains("takes no writes", StringComparison.Ordinal));
        Assert.DoesNotContain("answers again", standalone.Output, StringComparison.Ordinal);
        Assert.True((await client.GetAsync("/v1/rates?providers=ecb", Token)).IsSuccessStatusCode);

        File.Delete(ballast);
        await Eventually.IsAsync(async () => (await ReadyAsync(client)).Status == "ready", () => standalone.Output, Token);
        Assert.Equal(0, await standalone.StopAsync(Eventually.Limit));
    }

    private RatesProcess Start(string copyEvery = "00:00:01")
    {
        var settings = Settings.At(_upstream, "ecb");
        settings["Rates__DataFolder"] = DataFolder;
        settings["Rates__CopyEvery"] = copyEvery;
        return RatesProcess.Start("Standalone", settings);
    }

    private static async Task<HttpClient> FetchedAsync(RatesProcess standalone)
    {
        var client = await standalone.ClientAsync();
        await Eventually.IsAsync(
            async () => (await client.GetStringAsync("/v1/rates?providers=ecb&base=EUR&quotes=USD", Token))
                .Contains("1.1412", StringComparison.Ordinal),
            () => standalone.Output, Token);
        return client;
    }

    private static async Task<(string Status, string Store, string Reasons)> ReadyAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/health/ready", Token);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
        return (body.GetProperty("status").GetString()!, body.GetProperty("store").GetString()!,
            body.GetProperty("reasons").ToString());
    }

    private void Cut()
    {
        foreach (var part in new[] { Database + "-wal", Database + "-shm" })
        {
            File.Delete(part);
        }

        using var file = new FileStream(Database, FileMode.Open);
        file.SetLength(file.Length / 2);
    }

    private static void Fill(string ballast)
    {
        try
        {
            using var file = new FileStream(ballast, FileMode.Create);
            while (true)
            {
                file.Write(new byte[4096]);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // The disk is full now.
        }
    }

    /// <summary>A disk of a few megabytes in memory.</summary>
    private sealed class SmallDisk(string folder, bool isMounted) : IAsyncDisposable
    {
        public bool IsMounted => isMounted;

        public static async Task<SmallDisk> MountAsync(string folder, string size) => new(folder,
            Environment.IsPrivilegedProcess && OperatingSystem.IsLinux()
                && await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder) == 0);

        public async ValueTask DisposeAsync()
        {
            if (isMounted)
            {
                await RunAsync("umount", "-l", folder);
            }
        }

        private static async Task<int> RunAsync(string program, params string[] args) =>
            (await ProgramRun.OfAsync(new ProcessStartInfo(program, args), Eventually.Limit, CancellationToken.None)).Code;
    }
}
