using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Rates.Api.Tests;

public sealed class DiskTests
{
    private const string Usd = "/v1/rates?quotes=USD&providers=ecb";

    [Fact]
    public async Task A_start_with_the_store_down_answers_from_the_disk_copy()
    {
        using var folder = new Folder();
        var before = await RunAsync(folder, Sample.Store());

        await using var later = Down(folder);

        Assert.Equal(before, await later.TextAsync(Usd));
        var ready = await later.JsonAsync("/health/ready");
        Assert.Equal("degraded", ready.GetProperty("status").GetString());
        Assert.Equal("disk", ready.GetProperty("source").GetString());
    }

    [Fact]
    public async Task The_store_takes_over_from_the_disk_copy_when_it_comes_up()
    {
        using var folder = new Folder();
        await RunAsync(folder, Sample.Store());
        await using var later = Down(folder);
        await later.TextAsync(Usd);
        foreach (var provider in new[] { Sample.Ecb, Sample.Boc })
        {
            later.Store.Add(provider);
        }

        later.Store.Epoch = "1800000000000-b";
        later.Store.Publish(Sample.EcbSheet with { Observations = Sample.Figures(Sample.Today, "EUR/USD 1.1700") });
        later.Store.IsDown = false;
        await later.RefreshAsync();

        Assert.Contains("1.1700", await later.TextAsync(Usd), StringComparison.Ordinal);
        Assert.Contains("\"GBP\"", await later.TextAsync("/v1/rates?providers=boc"), StringComparison.Ordinal);
        Assert.Equal("store", (await later.JsonAsync("/health/ready")).GetProperty("source").GetString());
    }

    [Fact]
    public async Task A_damaged_copy_gives_way_to_the_one_before_it()
    {
        using var folder = new Folder();
        var first = await RunAsync(folder, Sample.Store());
        var changed = Sample.Store();
        changed.Epoch = "1800000000000-b";
        changed.Publish(Sample.EcbSheet with { Observations = Sample.Figures(Sample.Today, "EUR/USD 1.1700") });
        await RunAsync(folder, changed);
        var whole = await File.ReadAllBytesAsync(folder.Newest, TestContext.Current.CancellationToken);
        var earlier = await File.ReadAllBytesAsync(folder.Before, TestContext.Current.CancellationToken);

        foreach (var damage in new Func<byte[], byte[]>[]
        {
            bytes => bytes[..(bytes.Length / 2)],
            bytes => bytes[..10],
            _ => [],
            bytes => [.. bytes[..200], (byte)(bytes[200] ^ 1), .. bytes[201..]],
            bytes => [(byte)'x', .. bytes[1..]],
        })
        {
            await File.WriteAllBytesAsync(folder.Newest, damage(whole), TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(folder.Before, earlier, TestContext.Current.CancellationToken);
            await using var later = Down(folder);

            Assert.Equal(first, await later.TextAsync(Usd));
            later.Services.GetRequiredService<DiskCopier>().SaveIfChanged();
            Assert.Equal(earlier, await File.ReadAllBytesAsync(folder.Before, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_copy_of_another_store_is_not_served()
    {
        using var folder = new Folder();
        await RunAsync(folder, Sample.Store());

        await using var other = new ApiFixture(
            new InMemoryRates { IsDown = true }, ("Rates:DataFolder", folder.Path), ("Rates:Prefix", "other"));

        await other.ProblemAsync(Usd, HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("127.0.0.1:1,password=second-secret")]
    [InlineData("localhost:1")]
    public async Task Another_password_or_spelling_of_the_host_leaves_the_copy_usable(string setting)
    {
        using var folder = new Folder();
        var store = Sample.Store();
        store.Id = "0123456789abcdef";
        var before = await RunAsync(folder, store, "127.0.0.1:1,password=first-secret");

        await using var later = new ApiFixture(
            new InMemoryRates { IsDown = true }, ("Rates:DataFolder", folder.Path), ("Rates:Redis", setting));

        Assert.Equal(before, await later.TextAsync(Usd));
        Assert.DoesNotContain("secret", await File.ReadAllTextAsync(folder.Newest, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_is_served_until_a_store_of_another_id_answers()
    {
        using var folder = new Folder();
        var store = Sample.Store();
        store.Id = "0123456789abcdef";
        await RunAsync(folder, store);
        await using var later = Down(folder);
        await later.TextAsync(Usd);

        later.Store.Id = "fedcba9876543210";
        later.Store.Add(Sample.Ecb);
        later.Store.Epoch = "1600000000000-b";
        later.Store.Publish(Sample.EcbSheet with { Observations = Sample.Figures(Sample.Today, "EUR/USD 1.1700") });
        later.Store.IsDown = false;
        await later.RefreshAsync();

        Assert.Contains("1.1700", await later.TextAsync(Usd), StringComparison.Ordinal);
        await later.ProblemAsync("/v1/rates?providers=boc", HttpStatusCode.NotFound);
        later.Services.GetRequiredService<DiskCopier>().SaveIfChanged();
        Assert.Contains(" fedcba9876543210 ", (await File.ReadAllLinesAsync(folder.Newest, TestContext.Current.CancellationToken))[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_loses_its_id_while_the_api_runs_takes_nothing_away()
    {
        var store = Sample.Store();
        store.Id = "0123456789abcdef";
        await using var api = new ApiFixture(store);
        var before = await api.TextAsync(Usd);
        await api.RefreshAsync();

        store.Lose();
        foreach (var id in new[] { "", "fedcba9876543210" })
        {
            store.Id = id;
            await api.RefreshAsync();
            Assert.Equal(before, await api.TextAsync(Usd));
        }
    }

    [Fact]
    public async Task A_copy_of_the_first_release_is_read()
    {
        using var folder = new Folder();
        var before = await RunAsync(folder, Sample.Store());
        var lines = await File.ReadAllTextAsync(folder.Newest, TestContext.Current.CancellationToken);
        var body = lines[(lines.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        await File.WriteAllTextAsync(
            folder.Newest, $"rates-book-1 {Digest("|rates")[..16]} {Digest(body)}\n{body}", TestContext.Current.CancellationToken);

        await using var later = Down(folder);

        Assert.Equal(before, await later.TextAsync(Usd));

        static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_does_not_stop_serving()
    {
        await using var api = new ApiFixture();
        await api.TextAsync(Usd);
        var inTheWay = api.Folder.CreateSubdirectory("book.json.new");

        api.Services.GetRequiredService<DiskCopier>().SaveIfChanged();

        Assert.True(inTheWay.Exists);
        Assert.False(File.Exists(Path.Combine(api.Folder.FullName, "book.json")));
        await api.TextAsync(Usd);
    }

    [Fact]
    public async Task Copies_are_written_at_most_once_an_interval_and_only_when_a_sheet_changed()
    {
        await using var api = new ApiFixture();
        await api.TextAsync(Usd);
        var copier = api.Services.GetRequiredService<DiskCopier>();
        var newest = Path.Combine(api.Folder.FullName, "book.json");
        copier.SaveIfChanged();
        File.Delete(newest);

        api.Store.Add(Sample.Google with { Health = new() { Failures = 9 } });
        await api.RefreshAsync();
        copier.SaveIfChanged();
        Assert.False(File.Exists(newest));

        api.Store.Publish(Sample.EcbSheet);
        await api.RefreshAsync();
        copier.SaveIfChanged();
        Assert.True(File.Exists(newest));
        Assert.False(File.Exists(newest + ".new"));
    }

    // Starts, serves, stops: the copy is written at the latest then.
    private static async Task<string> RunAsync(Folder folder, InMemoryRates store, string redis = "")
    {
        await using var api = new ApiFixture(store, ("Rates:DataFolder", folder.Path), ("Rates:Redis", redis));

        // A start with a copy does not wait for the store: what it saves until then is that copy again.
        await api.RefreshAsync();
        var answer = await api.TextAsync(Usd);
        api.Services.GetRequiredService<DiskCopier>().SaveIfChanged();
        return answer;
    }

    private static ApiFixture Down(Folder folder) => new(new InMemoryRates { IsDown = true }, ("Rates:DataFolder", folder.Path));

    private sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("rates-disk-");

        public string Path => _directory.FullName;

        public string Before => System.IO.Path.Combine(Path, "book.1.json");

        public string Newest => System.IO.Path.Combine(Path, "book.json");

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
