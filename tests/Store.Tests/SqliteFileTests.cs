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
        await RunAsync("PRAGMA user_version = 3");

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
