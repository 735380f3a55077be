using Rates.Store;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>The operators' page in a browser: schedules, commands and refused sheets.</summary>
public sealed class OpsPageTests : OpsPageRig
{
    [Fact]
    public async Task A_schedule_is_looked_at_changed_and_paused_in_the_browser()
    {
        await using var page = await OpenAsync("/ops");
        await page.UntilAsync("document.getElementById('live').textContent === 'Live'", Token);
        Assert.Equal("5", (await page.EvaluateAsync("document.querySelectorAll('tr[data-provider=ecb] .run').length")).ToString());
        await ClickAsync(page, "tr[data-provider=ecb] [data-action=edit]");
        await page.UntilAsync("document.querySelectorAll('#schedule tbody tr').length === 10", Token);
        Assert.Contains(
            "2026-08-20 15:05:00", await page.TextAsync("document.querySelector('#schedule tbody').textContent"), StringComparison.Ordinal);

        await page.EvaluateAsync("document.querySelector('#schedule [name=cron]').value = '0 0 25 * * ?'");
        await ClickAsync(page, "#schedule [data-do=preview]");
        await page.UntilAsync("document.querySelector('#schedule .wrong').textContent.includes('is not a cron expression')", Token);
        await page.EvaluateAsync("document.querySelector('#schedule [name=cron]').value = '30 9 * * MON-FRI'");
        await page.EvaluateAsync("document.querySelector('#schedule [name=zone]').value = 'Asia/Kolkata'");
        await ClickAsync(page, "#schedule [data-do=preview]");
        await page.UntilAsync("document.querySelector('#schedule tbody').textContent.includes('09:30:00+05:30')", Token);
        await PictureAsync(page, "schedule");
        await ClickAsync(page, "#schedule [data-do=save]");
        await page.UntilAsync(
            "!document.getElementById('schedule').open && document.getElementById('said').textContent.includes('is saved')", Token);

        var stored = await StoredAsync();
        Assert.Equal(("30 9 * * MON-FRI", "Asia/Kolkata", "root"), (stored.Cron, stored.Zone, stored.By));
        await ClickAsync(page, "tr[data-provider=ecb] [data-action=pause]");
        await Eventually.IsAsync(async () => !(await StoredAsync()).Enabled, () => "paused", Token);
    }

    [Fact]
    public async Task A_provider_is_fetched_and_filled_and_the_page_follows_the_command()
    {
        await using var page = await OpenAsync("/ops");
        await ClickAsync(page, "tr[data-provider=ecb] [data-action=run]");
        await ChangeAsync(CommandKind.Run, command => command with { State = CommandState.Done, Message = "published, 3 figures are new" });
        await page.UntilAsync("document.getElementById('said').textContent.includes('run is done: published, 3 figures are new')", Token);

        await ClickAsync(page, "tr[data-provider=ecb] [data-action=fill]");
        await page.EvaluateAsync("document.querySelector('#backfill [name=from]').value = '2020-01-01'");
        await page.EvaluateAsync("document.querySelector('#backfill [name=to]').value = '2020-12-31'");
        await ClickAsync(page, "#backfill [data-do=backfill]");
        await ChangeAsync(
            CommandKind.Backfill,
            command => command with { State = CommandState.Running, Percent = 40, Message = "100 days changed so far" });
        await page.UntilAsync("document.getElementById('said').textContent.includes('backfill is running (40 %)')", Token);
        await PictureAsync(page, "providers");
        await page.GoAsync(new(Api.Address, "/ops?tab=commands"), Token);
        await page.UntilAsync("[...document.querySelectorAll('progress')].some(bar => bar.value === 40)", Token);
        await ChangeAsync(
            CommandKind.Backfill, command => command with { State = CommandState.Done, Percent = 100, Message = "250 days changed" });

        // Nobody touches the page: the server says that something changed.
        await page.UntilAsync("[...document.querySelectorAll('progress')].some(bar => bar.value === 100)", Token);
        await PictureAsync(page, "commands");
    }

    [Fact]
    public async Task A_refused_sheet_is_released_with_a_reason()
    {
        await using var page = await OpenAsync("/ops?tab=quarantine");
        var shown = await page.TextAsync("document.querySelector('article').textContent");
        Assert.Contains("2.3268", shown, StringComparison.Ordinal);
        Assert.Contains("1.1634", shown, StringComparison.Ordinal);
        await PictureAsync(page, "quarantine");
        await ClickAsync(page, "article [data-action=release]");
        await page.UntilAsync("document.getElementById('said').textContent.includes('Give a reason first')", Token);
        Assert.Empty(await Commands.ReadAsync(Token));

        await page.EvaluateAsync("document.querySelector('article [name=reason]').value = 'a devaluation'");
        await ClickAsync(page, "article [data-action=release]");
        await ChangeAsync(CommandKind.Release, command => command with { State = CommandState.Done, Message = "3 figures were released" });
        await page.UntilAsync("document.getElementById('said').textContent.includes('3 figures were released')", Token);

        var asked = Assert.Single(await Commands.ReadAsync(Token)).Value.Value;
        Assert.Equal(("17-4", "a devaluation", "root"), (asked.Entry, asked.Reason, asked.By));
    }

    [Fact]
    public async Task Enter_in_a_field_of_a_dialog_saves()
    {
        await using var page = await OpenAsync("/ops?tab=schedules");
        await PictureAsync(page, "schedules");
        await page.EvaluateAsync("document.querySelector('[data-action=edit][data-provider=ecb]').focus()");
        await page.PressAsync("Enter");
        await page.UntilAsync("document.getElementById('schedule').open", Token);
        await page.EvaluateAsync("document.querySelector('#schedule [name=zone]').value = 'Asia/Kolkata'");
        await page.EvaluateAsync("document.querySelector('#schedule [name=zone]').focus()");
        await page.PressAsync("Enter");
        await page.UntilAsync("!document.getElementById('schedule').open", Token);

        Assert.Equal("Asia/Kolkata", (await StoredAsync()).Zone);
        await page.UntilAsync("document.activeElement.getAttribute('aria-label') === 'Change ecb'", Token);
    }

    private async Task<ScheduleDefinition> StoredAsync() =>
        (await Api.Services.GetRequiredService<ISchedules>().ReadAllAsync(Token))["ecb"];
}
