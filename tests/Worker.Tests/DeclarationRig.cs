using System.Text.Json;
using Rates.Store;
using Rates.Testing;
using Rates.Upstream;

namespace Rates.Worker.Tests;

/// <summary>A store, a source and workers, for tests of a declared provider with the key acme.</summary>
public abstract class DeclarationRig : IAsyncLifetime
{
    private protected const string Canary = "canary-of-the-acme-key";

    private protected DeclarationRig()
    {
        Store = new TestStore(Time);
        Book = new SourceStore(Store.Documents);
    }

    private protected static DateOnly Day { get; } = new(2026, 11, 20);

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected DirectoryInfo Secrets { get; } = Directory.CreateTempSubdirectory("rates-secrets-");

    private protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("rates-declared-");

    private protected FakeTimeProvider Time { get; } = new(DateTimeOffset.Parse("2026-11-20T18:05:00Z"));

    private protected UpstreamServer Upstream { get; } = UpstreamServer.Start();

    private protected TestStore Store { get; }

    private protected SourceStore Book { get; }

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(Secrets.FullName, "acme"), Canary, Token);
        for (var back = 0; back < 90; back++)
        {
            Upstream["acme"].Serve(Answer(Day.AddDays(-back)), $"rates/{Day.AddDays(-back):yyyy-MM-dd}.json");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await Upstream.DisposeAsync();
        Secrets.Delete(recursive: true);
        Folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static Document Answer(DateOnly day) => Document.Of(
        day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
            ? """{"none":true}"""
            : $$"""
              {"day":"{{day:yyyy-MM-dd}}",
               "rates":[{"code":"USD","mid":"1.1412"},{"code":"GBP","mid":"0.8712"},{"code":"CHF","mid":"0.9312"}]}
              """,
        "application/json");

    private protected static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private protected string Block(
        string name = "Acme Bank", string? address = null, string schedule = "0 0 16 * * MON-FRI",
        string request = "rates/{date}.json") => $$"""
        {
          "name": "{{name}}", "country": "DE", "pivot": "EUR", "address": "{{address ?? Upstream.AddressOf("acme").AbsoluteUri}}",
          "schedule": "{{schedule}}", "calendar": { "at": "16:00", "zone": "UTC" }, "historyFrom": "2026-01-01",
          "read": {
            "format": "json", "requests": ["{{request}}"], "rows": "$.rates[*]", "currency": "@.code", "rate": "@.mid",
            "direction": "quote", "date": "$.day", "noData": "\"none\":true"
          }
        }
        """;

    private protected static async Task<DryRunAnswer> TryAsync(Bench worker, DryRun asked) => SourceText.ReadDryRunAnswer(
        await worker.Get<QuestionAnswers>().AnswerAsync(
            new() { Kind = QuestionKind.Try, Provider = "", Asked = SourceText.Write(asked) }, Token));

    private protected async Task DeclareAsync(string block)
    {
        var before = (await Book.ReadDeclarationsAsync(Token)).GetValueOrDefault("acme");
        Assert.NotNull(await Book.EditDeclarationAsync("acme", before?.Revision ?? 0, new() { Block = Json(block) }, "anna", Token));
    }

    private protected static async Task PassUntilAsync(Bench worker, Func<Task<bool>> condition) => await Eventually.IsAsync(
        async () =>
        {
            await worker.PassAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            return await condition();
        },
        () => string.Join('\n', worker.Log.Lines), Token);

    private protected async Task<Bench> StartAsync(params (string Name, string Value)[] more)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Rates:Worker:SecretsFolder"] = Secrets.FullName,
            ["Rates:Worker:AllowedHosts"] = "127.0.0.1",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        var worker = new Bench(Time, Upstream, [], settings, Store);
        await worker.StartAsync();
        return await worker.ReadyAsync();
    }
}
