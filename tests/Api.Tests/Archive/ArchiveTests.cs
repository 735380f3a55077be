using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Rates.Cli;
using Rates.Core;
using Rates.Store;
using Rates.Testing;
using Spectre.Console;

namespace Rates.Api.Tests;

/// <summary>History and sheets go out to a file and come back, by the command line, between two services.</summary>
public sealed class ArchiveTests : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private static readonly DateOnly Day = new(2026, 8, 20);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-archive-");
    private KestrelApi _from = null!;
    private KestrelApi _to = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "rates.ndjson");

    public async ValueTask InitializeAsync()
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_folder.FullName, "password"), Password, Token);
        _from = await StartAsync();
        _to = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _from.DisposeAsync();
        await _to.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_was_exported_is_imported_once_and_kept_the_second_time()
    {
        await FillAsync(_from);

        Assert.Contains("405 lines", await RunAsync(_from, ExitCodes.Done, "export", File), StringComparison.Ordinal);
        var first = await RunAsync(_to, ExitCodes.Done, "import", File);
        var second = await RunAsync(_to, ExitCodes.Done, "import", File);

        Assert.Contains("days taken: 401", first, StringComparison.Ordinal);
        Assert.Contains("sheets taken: 1", first, StringComparison.Ordinal);
        Assert.Contains("days taken: 0", second, StringComparison.Ordinal);
        Assert.Contains("days kept: 401", second, StringComparison.Ordinal);
        Assert.Contains("sheets kept: 1", second, StringComparison.Ordinal);

        var (sent, back) = (Of(_from), Of(_to));
        foreach (var year in new[] { 2025, 2026 })
        {
            Assert.Equal(await sent.ReadArchivedDaysAsync("ecb", year, Token), await back.ReadArchivedDaysAsync("ecb", year, Token));
        }

        Assert.Equal(await sent.ReadArchivedSheetAsync("ecb", Token), await back.ReadArchivedSheetAsync("ecb", Token));
        Assert.Equal(
            new DateOnly(1999, 1, 4), await _to.Services.GetRequiredService<IHistory>().ReadBackfilledAsync("ecb", Token));

        await RunAsync(_to, ExitCodes.Done, "export", File + ".again");
        Assert.Equal(Lines(File)[1..], Lines(File + ".again")[1..]);
        var change = (await _to.Services.GetRequiredService<IOperatorDocuments>().ReadChangesAsync(10, Token))
            .Last(entry => entry.Note.What == "archive");
        Assert.Equal(("root", "401 days and 1 sheets taken, 0 lines refused"), (change.Note.By, change.Note.To));
    }

    [Fact]
    public async Task Days_and_providers_can_be_chosen()
    {
        await FillAsync(_from);

        await RunAsync(_from, ExitCodes.Done, "export", File, "--provider", "ecb", "--from", "2026-08-01", "--to", "2026-08-03");

        Assert.Equal(
            ["2026-08-01", "2026-08-02", "2026-08-03"],
            Lines(File).Where(line => line.Contains("\"day\"", StringComparison.Ordinal))
                .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("day").GetString()!));
        Assert.Contains("is no known provider", await RunAsync(_from, ExitCodes.Refused, "export", File + "2", "--provider", "nobody"),
            StringComparison.Ordinal);
        Assert.Contains("exists already", await RunAsync(_from, ExitCodes.Usage, "export", File), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_used_is_refused_with_its_line_and_the_rest_is_taken()
    {
        await FillAsync(_from);
        await RunAsync(_from, ExitCodes.Done, "export", File);
        var lines = Lines(File).ToList();
        lines[5] = lines[5].Replace("\"EUR/USD\":", "\"EURUSD\":", StringComparison.Ordinal);
        lines[9] = "{\"kind\":\"day\",\"provider\":\"ecb\",\"day\":\"2039-01-01\",\"value\":{}}";
        lines[12] = "{\"kind\":\"day\",\"prov";
        var sheet = lines.FindIndex(line => line.StartsWith("{\"kind\":\"sheet\"", StringComparison.Ordinal));
        lines[sheet] = lines[sheet].Replace("1.1730", "9.1730", StringComparison.Ordinal);
        await System.IO.File.WriteAllLinesAsync(File, lines, Token);

        var said = await RunAsync(_to, ExitCodes.Refused, "import", File);

        Assert.Contains("days taken: 398", said, StringComparison.Ordinal);
        Assert.Contains("lines refused: 4", said, StringComparison.Ordinal);
        Assert.Contains("lies in the future", said, StringComparison.Ordinal);
        Assert.Contains("its body does not match its sha256", said, StringComparison.Ordinal);
        Assert.Contains("it is no line of an archive", said, StringComparison.Ordinal);
        Assert.Null(await Of(_to).ReadArchivedSheetAsync("ecb", Token));

        // History is not complete, so the worker asks for it again.
        Assert.Null(await _to.Services.GetRequiredService<IHistory>().ReadBackfilledAsync("ecb", Token));
    }

    [Fact]
    public async Task A_file_that_was_cut_short_is_taken_as_far_as_it_goes_and_told_of()
    {
        await FillAsync(_from);
        await RunAsync(_from, ExitCodes.Done, "export", File);
        var text = await System.IO.File.ReadAllTextAsync(File, Token);
        await System.IO.File.WriteAllTextAsync(File, text[..(text.Length / 2)], Token);

        var said = await RunAsync(_to, ExitCodes.Refused, "import", File);

        Assert.Contains("the file is whole: no", said, StringComparison.Ordinal);
        Assert.Contains("lines refused: 1", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"kind\":\"archive\",\"schema\":2}")]
    [InlineData("EUR,USD\n1,2\n")]
    public async Task What_is_no_archive_is_refused_as_a_whole(string text)
    {
        await System.IO.File.WriteAllTextAsync(File, text, Token);

        var said = await RunAsync(_to, ExitCodes.Refused, "import", File);

        Assert.Contains(
            text.Length == 0 ? "is empty; an archive is needed" : text.Contains("schema", StringComparison.Ordinal)
                ? "is of schema 2, and this program reads 1"
                : "does not begin with the line of an archive",
            said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_refused_body_the_connection_is_used_for_the_next_request()
    {
        const string Body = "EUR,USD\n1,2\n";

        var answers = await _to.ExchangeAsync(
            $"POST {ArchiveLine.Path} HTTP/1.1\r\nHost: a\r\nAuthorization: {AccessTests.Basic("root", Password)}\r\n"
                + $"Content-Type: application/x-ndjson\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"
                + "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answers, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 200 ", answers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_may_take_a_copy_and_not_bring_one_back()
    {
        var directory = _to.Services.GetRequiredService<AccessDirectory>();
        await _to.Services.GetRequiredService<AccessStore>().EditUserAsync(
            "olga", 0, new() { Role = AccessRole.Ops, Password = new PasswordHasher(1000).Hash(Password) }, "test", "made", Token);
        await directory.RefreshAsync(Token);
#pragma warning disable RS0030 // A client of the product, as any user has one.
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _to.Address };
#pragma warning restore RS0030
        client.DefaultRequestHeaders.Authorization = new(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"olga:{Password}")));

        using var copy = await client.GetAsync("/v1/ops/archive", Token);
        using var back = await client.PostAsync("/v1/ops/archive", new StringContent("{}"), Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (copy.StatusCode, back.StatusCode));
    }

    private static IArchive Of(KestrelApi api) => api.Services.GetRequiredService<IArchive>();

    private static string[] Lines(string file) => System.IO.File.ReadAllLines(file);

    private static async Task<KestrelApi> StartAsync()
    {
        var api = await KestrelApi.StartAsync(Sample.Store());
        var directory = api.Services.GetRequiredService<AccessDirectory>();
        await Eventually.IsAsync(() => directory.Current is not null, Token);
        await api.Services.GetRequiredService<AccessStore>().EditUserAsync(
            "root", 0, new() { Role = AccessRole.Admin, Password = new PasswordHasher(1000).Hash(Password) }, "test", "made", Token);
        await directory.RefreshAsync(Token);
        return api;
    }

    /// <summary>Four hundred days, one of them with revisions and odd figures, one of another provider, and a sheet.</summary>
    private static async Task FillAsync(KestrelApi api)
    {
        var history = api.Services.GetRequiredService<IHistory>();
        var fetched = new DateTimeOffset(2026, 8, 20, 14, 15, 3, TimeSpan.Zero);
        await history.UpsertHistoryAsync(
            "ecb", [.. Enumerable.Range(0, 400).Select(back => Figure("EUR/USD", 1.1000m + (back * 0.0001m), Day.AddDays(-back)))], fetched,
            Token);
        await history.UpsertHistoryAsync(
            "ecb",
            [
                Figure("EUR/USD", 1.1001m, Day), Figure("EUR/VEF", decimal.MaxValue, Day),
                Figure("BTC/EUR", 0.0000000000000000000000000001m, Day) with { Kind = RateKind.CashAsk, At = fetched },
                Figure("EUR/GBP", 0.8600000m, Day),
            ],
            fetched.AddHours(1), Token);
        await history.UpsertHistoryAsync("ecb", [Figure("EUR/USD", 1.1002m, Day)], fetched.AddHours(2), Token);
        await history.WriteBackfilledAsync("ecb", new(1999, 1, 4), Token);
        await api.Services.GetRequiredService<IProviders>().WriteProviderAsync(Sample.Boc.Profile, null, Token);
        await history.UpsertHistoryAsync("boc", [Figure("USD/CAD", 1.38m, Day)], fetched, Token);
        var claims = api.Services.GetRequiredService<IClaims>();
        var claim = await claims.ClaimAsync(
            "ecb", Sample.Now, new("test", TimeSpan.FromSeconds(25), TimeSpan.Zero, 3), Token);
        Assert.True((await claims.PublishAsync(
            claim, Sample.EcbSheet with { Observations = [Figure("EUR/USD", 1.1730m, Day)] }, FetchValidators.None, Token)).Accepted);
    }

    private static Observation Figure(string pair, decimal rate, DateOnly day) => new(
        day, CurrencyPair.Parse(pair), rate, RateKind.Reference);

    private async Task<string> RunAsync(KestrelApi api, int expected, params string[] args)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(
            new() { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(output) });
        var exit = await RatesCommand.RunAsync(
            [.. args, "--url", api.Address.AbsoluteUri, "--user", "root", "--password-file", Path.Combine(_folder.FullName, "password")],
            console, output, _ => null);
        Assert.True(exit == expected, $"exit code {exit}: {output}");
        return output.ToString();
    }
}
