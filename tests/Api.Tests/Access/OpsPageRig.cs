using Rates.Store;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>An api with an administrator and something to see in every view of the operators' page, and a browser.</summary>
public abstract class OpsPageRig : IAsyncLifetime
{
    private protected const string Password = "correct horse battery";

    // A folder for pictures, to look at; none unless set.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("RATES_PICTURES");

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected InMemoryRates StoredRates { get; } = Sample.Store();

    private protected KestrelApi Api { get; private set; } = null!;

    private protected CommandStore Commands => Api.Services.GetRequiredService<CommandStore>();

    public async ValueTask InitializeAsync()
    {
        Api = await KestrelApi.StartAsync(StoredRates);
        var directory = Api.Services.GetRequiredService<AccessDirectory>();
        await Eventually.IsAsync(() => directory.Current is not null, Token);
        await Api.Services.GetRequiredService<AccessStore>().EditUserAsync(
            "root", 0, new() { Role = AccessRole.Admin, Password = new PasswordHasher(1000).Hash(Password) }, "test", "made", Token);
        await directory.RefreshAsync(Token);
        var services = Api.Services;
        await services.GetRequiredService<ISchedules>().FillGapsAsync(
            new Dictionary<string, ScheduleDefinition> { ["ecb"] = new() { Cron = "0 0/5 16-18 ? * MON-FRI", Zone = "Europe/Berlin" } },
            Token);
        await services.GetRequiredService<IWorkers>().BeatAsync("worker-1", Token);
        foreach (var outcome in new[] { "published", "unchanged", "failed", "quarantined", "published" })
        {
            await services.GetRequiredService<IRuns>().RecordRunAsync(
                new(Sample.Now, "ecb", Sample.Now, "worker-1", outcome, outcome == "failed"
                    ? "<script>alert(1)</script> 503"
                    : "", TimeSpan.FromMilliseconds(123), 1, 2048, 12), Token);
        }

        var refused = Sample.EcbSheet.Observations.Select(figure => figure with { Rate = figure.Rate * 2 }).ToList();
        await services.GetRequiredService<IQuarantine>().QuarantineAsync(
            new("17-4", Sample.Now, "ecb", Sample.Now, ["EUR/USD 2.3268 on 2026-08-20: 100 % from before"],
                "<gesmes:Envelope><Cube time='2026-08-20'>", refused), Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<DevTools> OpenAsync(string path)
    {
        Assert.SkipUnless(DevTools.Program is not null, DevTools.Missing);
        var page = await DevTools.StartAsync(Token);
        await page.SetHeadersAsync(new Dictionary<string, string> { ["Authorization"] = AccessTests.Basic("root", Password).ToString() });
        await page.SetViewAsync(1280, 900, isDark: false);
        await page.GoAsync(new(Api.Address, path), Token);
        return page;
    }

    // Refreshing replaces the button between looking and clicking: it is looked for until the click is done.
    private protected static async Task ClickAsync(DevTools page, string selector)
    {
        await page.UntilAsync($"document.querySelector(`{selector}:not([aria-busy], :disabled)`)", Token);
        await page.EvaluateAsync($"document.querySelector(`{selector}`).click()");
    }

    /// <summary>Stands for a worker.</summary>
    private protected async Task ChangeAsync(CommandKind kind, Func<OperatorCommand, OperatorCommand> change)
    {
        await Eventually.IsAsync(
            async () => (await Commands.ReadAsync(Token)).Values.Any(command => command.Value.Kind == kind), () => $"{kind} is asked for",
            Token);
        var (id, asked) = (await Commands.ReadAsync(Token)).Single(command => command.Value.Value.Kind == kind);
        await Commands.UpdateAsync(id, asked.Revision, change(asked.Value), Token);
    }

    private protected static async Task PictureAsync(DevTools page, string name)
    {
        if (Pictures is null)
        {
            return;
        }

        foreach (var (width, isDark) in new[] { (1280, false), (1280, true), (390, false), (390, true) })
        {
            await page.SetViewAsync(width, 900, isDark);
            await File.WriteAllBytesAsync(
                Path.Combine(Pictures, $"ops-{name}-{width}{(isDark ? "-dark" : "")}.png"), await page.PictureAsync(), Token);
        }

        await page.SetViewAsync(1280, 900, isDark: false);
    }
}
