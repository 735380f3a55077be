using Microsoft.Data.Sqlite;
using Rates.Testing;

namespace Rates.Store.Tests;

/// <summary>What is special about the embedded store: its file and its clock.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private static readonly ClaimTerms Terms = new("worker-1", TimeSpan.FromSeconds(25), TimeSpan.Zero, 3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-store-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string DataFolder => Path.Combine(_folder.FullName, "new", "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Only_the_owner_reads_the_file_its_log_and_its_copies()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no Unix modes here");
        await using var store = Open();
        await store.BeatAsync("worker-1", Token);
        await store.CopyAsync(Token);

        var files = new DirectoryInfo(DataFolder).GetFiles("rates*.db*").Where(file => file.Extension != ".lock").ToList();
        Assert.Contains(files, file => file.Name == "rates.copy1.db");
        Assert.Contains(files, file => file.Name == "rates.db-wal");
        Assert.All(files, file => Assert.True(
            file.UnixFileMode == (UnixFileMode.UserRead | UnixFileMode.UserWrite), $"{file.Name}: {file.UnixFileMode}"));
    }

    [Fact]
    public async Task Folder_and_file_are_made_and_what_was_stored_is_there_when_opened_again()
    {
        await using (var first = Open())
        {
            var claim = await first.ClaimAsync("ecb", TimeProvider.System.GetUtcNow(), Terms, Token);
            await first.PublishAsync(claim, Sheets.Of("ecb"), FetchValidators.None, Token);
        }

        await using var second = Open();

        Assert.Equal(1.1730m, (await second.ReadSheetAsync("ecb", Token))!.Observations[0].Rate);
        Assert.Equal(Path.Combine(DataFolder, "rates.db"), second.Location);
    }

    [Fact]
    public async Task A_file_that_another_process_has_is_named_with_what_to_do()
    {
        await using var holder = Open();

        var failure = Assert.Throws<StoreUnavailableException>(() => Open());

        Assert.Contains(Path.Combine(DataFolder, "rates.db") + " is in use by another process", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Rates:Redis", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_twice_is_closing_once_and_lets_the_next_one_in()
    {
        var first = Open();
        await first.DisposeAsync();
        await first.DisposeAsync();

        await using var second = Open();
        Assert.Empty(await second.CheckAsync(Token));
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_left_alone()
    {
        await Open().DisposeAsync();
        await RunAsync("PRAGMA user_version = 4");

        var failure = Assert.Throws<StoreUnavailableException>(() => Open());

        Assert.Contains("newer version", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named()
    {
        Directory.CreateDirectory(DataFolder);
        await File.WriteAllTextAsync(Path.Combine(DataFolder, "rates.db"), new string('x', 8192), Token);

        var failure = Assert.Throws<StoreUnavailableException>(() => Open());

        Assert.Contains("rates.db cannot be used", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("half")]
    [InlineData("half a page")]
    [InlineData("random bytes")]
    [InlineData("random pages")]
    [InlineData("empty")]
    public async Task A_damaged_file_gives_way_to_its_newest_intact_copy_which_is_told(string damage)
    {
        await FilledAsync();
        await DamageAsync("rates.db", damage);
        await DamageAsync("rates.copy1.db", damage == "empty" ? "none" : "random pages");

        await using var store = Open();

        Assert.NotNull(await store.ReadSheetAsync("ecb", Token));
        var finding = Assert.Single(await store.CheckAsync(Token));
        Assert.Contains("was damaged", finding, StringComparison.Ordinal);
        Assert.Contains("rates.damaged1.db", finding, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(DataFolder, "rates.damaged1.db")));
        await store.BeatAsync("worker-1", Token);
    }

    [Theory]
    [InlineData("half")]
    [InlineData("half a page")]
    [InlineData("random bytes")]
    [InlineData("random pages")]
    public async Task A_damaged_file_without_an_intact_copy_stops_the_start_and_is_left_as_it_is(string damage)
    {
        await FilledAsync();
        var file = await DamageAsync("rates.db", damage);
        await DamageAsync("rates.copy1.db", "half");
        await DamageAsync("rates.copy2.db", "random bytes");
        var before = await File.ReadAllBytesAsync(file, Token);

        var failure = Assert.Throws<StoreUnavailableException>(() => Open());

        Assert.Contains("is damaged, and has no intact copy", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(file, Token));
    }

    [Fact]
    public async Task A_file_that_is_damaged_while_it_is_open_is_replaced_and_used_again()
    {
        await FilledAsync();
        await using var store = Open();
        await store.BeatAsync("worker-1", Token);
        await RunAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        await DamageAsync("rates.db", "random bytes");

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadIndexAsync(Token));

        Assert.Contains("was damaged", failure.Message, StringComparison.Ordinal);
        Assert.Single((await store.ReadIndexAsync(Token)).Sheets);
        await store.BeatAsync("worker-2", Token);
        Assert.Null(store.WriteProblem);
        Assert.Contains("worker-2", (await store.ReadWorkersAsync(Token)).Keys);
    }

    [Fact]
    public async Task Two_copies_are_kept_and_one_is_made_only_after_a_write()
    {
        await FilledAsync();
        await using var store = Open();
        string[] copies = [Path.Combine(DataFolder, "rates.copy1.db"), Path.Combine(DataFolder, "rates.copy2.db")];
        await store.BeatAsync("worker-1", Token);
        await store.CopyAsync(Token);
        var (first, second) = (await File.ReadAllBytesAsync(copies[0], Token), File.GetLastWriteTimeUtc(copies[1]));

        await store.CopyAsync(Token);

        Assert.Equal(second, File.GetLastWriteTimeUtc(copies[1]));
        Assert.Equal(first, await File.ReadAllBytesAsync(copies[0], Token));
        Assert.Equal(2, Directory.GetFiles(DataFolder, "rates.copy*").Length);
    }

    [Fact]
    public async Task A_file_with_much_free_space_is_made_small_after_its_copy_and_keeps_everything()
    {
        await FilledAsync();
        await RunAsync("INSERT INTO meta VALUES ('large', zeroblob(20000000)); DELETE FROM meta WHERE name = 'large'");
        var file = new FileInfo(Path.Combine(DataFolder, "rates.db"));
        Assert.True(file.Length > 20_000_000);
        await using var store = Open();

        await store.CopyAsync(Token);

        file.Refresh();
        Assert.True(file.Length < 1_000_000);
        Assert.Equal(1.1730m, (await store.ReadSheetAsync("ecb", Token))!.Observations[0].Rate);
        await store.BeatAsync("worker-1", Token);
    }

    [Fact]
    public async Task A_locked_file_refuses_writes_answers_reads_and_says_so_until_it_is_free()
    {
        await FilledAsync();
        await using var store = Open();
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(DataFolder, "rates.db")};Pooling=False"))
        {
            await other.OpenAsync(Token);
            await using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            await begin.ExecuteNonQueryAsync(Token);

            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.BeatAsync("worker-1", Token));

            Assert.Contains("locked", store.WriteProblem, StringComparison.Ordinal);
            Assert.Single((await store.ReadIndexAsync(Token)).Sheets);
            Assert.Contains("locked", store.WriteProblem, StringComparison.Ordinal);
        }

        await store.BeatAsync("worker-1", Token);
        Assert.Null(store.WriteProblem);
    }

    [Fact]
    public async Task A_table_that_went_missing_is_reported_as_the_file_being_unusable()
    {
        await using var store = Open();
        await RunAsync("DROP TABLE sheet");

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadIndexAsync(Token));

        Assert.Contains("rates.db", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_and_fences_rise_when_the_clock_steps_back()
    {
        var clock = new FakeTimeProvider(Sheets.FetchedAt);
        await using var store = new SqliteStore(SqliteFile.Open(DataFolder), clock);
        var before = await store.ClaimAsync("ecb", clock.GetUtcNow(), Terms, Token);
        var first = await store.PublishAsync(before, Sheets.Of("ecb"), FetchValidators.None, Token);

        clock.SetWall(by: -TimeSpan.FromHours(1));
        var after = await store.ClaimAsync("ecb", clock.GetUtcNow(), Terms, Token);
        var second = await store.PublishAsync(after, Sheets.Of("ecb"), FetchValidators.None, Token);

        Assert.Equal((ClaimVerdict.Granted, true), (after.Verdict, second.Accepted));
        Assert.True(after.Fence > before.Fence && second.Version > first.Version);
        Assert.Equal(first.Epoch, second.Epoch);
    }

    // A file with a sheet, and two copies of it.
    private async Task FilledAsync()
    {
        await using var store = Open();
        for (var copy = 0; copy < 2; copy++)
        {
            var claim = await store.ClaimAsync("ecb", TimeProvider.System.GetUtcNow(), Terms, Token);
            await store.PublishAsync(claim, Sheets.Of("ecb"), FetchValidators.None, Token);
            await store.CopyAsync(Token);
            await PassAsync();
        }
    }

    // The clock of files is coarser than the one of claims.
    private static Task PassAsync() => Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Token);

    private async Task<string> DamageAsync(string name, string damage)
    {
        var file = Path.Combine(DataFolder, name);
        var bytes = await File.ReadAllBytesAsync(file, Token);
        var random = new Random(7);
        for (var i = 0; damage == "random pages" && i < 4000; i++)
        {
            bytes[random.Next(100, bytes.Length)] = (byte)random.Next(256);
        }

        if (damage == "random bytes")
        {
            random.NextBytes(bytes);
        }

        await File.WriteAllBytesAsync(
            file,
            damage switch { "half" => bytes[..(bytes.Length / 2)], "half a page" => bytes[..2048], "empty" => [], _ => bytes },
            Token);
        return file;
    }

    private SqliteStore Open() => new(SqliteFile.Open(DataFolder), TimeProvider.System);

    private async Task RunAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(DataFolder, "rates.db")};Pooling=False");
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Token);
    }
}
