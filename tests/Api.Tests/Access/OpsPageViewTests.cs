using System.Text.RegularExpressions;
using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>What every view of the operators' page has in common.</summary>
public sealed partial class OpsPageViewTests : OpsPageRig
{
    [Theory]
    [InlineData("providers")]
    [InlineData("declared")]
    [InlineData("quarantine")]
    [InlineData("replay")]
    [InlineData("schedules")]
    [InlineData("evidence")]
    [InlineData("users")]
    [InlineData("commands")]
    [InlineData("runs")]
    [InlineData("workers")]
    [InlineData("webhooks")]
    [InlineData("audit")]
    [InlineData("keys")]
    public async Task Every_view_is_written_by_the_server_and_holds_no_markup_of_others(string tab)
    {
        var answer = await AnswerAsync(tab);

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("Content-Security-Policy: default-src 'none'", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", answer, StringComparison.Ordinal);

        // A proxy may serve the page below a path prefix, which it takes off.
        Assert.DoesNotContain("=\"/", answer, StringComparison.Ordinal);
        Assert.Contains($"aria-current=page>{char.ToUpperInvariant(tab[0])}{tab[1..]}<", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("declared", "No provider is declared yet.")]
    [InlineData("replay", "Nothing was read again yet.")]
    [InlineData("providers&show=late", "There is no such provider.")]
    public async Task An_empty_table_says_so(string tab, string why) =>
        Assert.Contains($"{why}</td></tr></tbody>", await AnswerAsync(tab), StringComparison.Ordinal);

    [Fact]
    public async Task A_schedule_stored_by_hand_that_is_not_used_is_told()
    {
        StoredRates.Add(Sample.Ecb with { Health = new() { ScheduleProblem = "cron '<b>61 * * * * ?</b>' is not a cron expression" } });
        await Api.Services.GetRequiredService<BookRefresher>().RefreshAsync(Token);

        Assert.Contains("is not used: cron &#x27;&lt;b&gt;61 * * * * ?&lt;/b&gt;&#x27; is not", await AnswerAsync("providers"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_view_is_named()
    {
        var answer = await AnswerAsync("x");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("tab: 'x' is not one of providers", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keyboard_reaches_and_works_the_actions()
    {
        await using var page = await OpenAsync("/ops");
        for (var presses = 0; presses < 60 && await page.TextAsync("document.activeElement?.dataset.action ?? ''") != "edit"; presses++)
        {
            await page.PressAsync("Tab");
        }

        Assert.Equal("edit", await page.TextAsync("document.activeElement.dataset.action"));
        await page.PressAsync("Enter");
        await page.UntilAsync("document.getElementById('schedule').open", Token);
        Assert.True((await page.EvaluateAsync("document.getElementById('schedule').contains(document.activeElement)")).GetBoolean());
        await page.PressAsync("Escape");
        await page.UntilAsync("!document.getElementById('schedule').open", Token);
    }

    [Fact]
    public async Task Nothing_is_wider_than_a_phone()
    {
        await using var page = await OpenAsync("/ops");
        await page.SetViewAsync(390, 844, isDark: false);
        foreach (var tab in new[] { "providers", "declared", "schedules", "quarantine", "replay", "evidence", "users", "commands", "runs",
            "workers", "webhooks", "audit", "keys" })
        {
            await page.GoAsync(new(Api.Address, $"/ops?tab={tab}"), Token);

            Assert.True((await page.EvaluateAsync("document.documentElement.scrollWidth")).GetInt32() <= 390, tab);
        }
    }

    [Fact]
    public async Task The_tables_of_a_wide_screen_need_no_scrolling_and_an_empty_value_has_no_frame()
    {
        await using var page = await OpenAsync("/ops");
        foreach (var tab in new[] { "providers", "schedules", "audit" })
        {
            await page.GoAsync(new(Api.Address, $"/ops?tab={tab}"), Token);

            Assert.Equal("", await page.TextAsync(
                "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth)"
                + ".map(one => `${one.scrollWidth} > ${one.clientWidth}`).join()"));
            Assert.Equal("", await page.TextAsync(
                "[...document.querySelectorAll('code:empty')].filter(one => one.checkVisibility())"
                + ".map(one => one.parentElement.outerHTML).join()"));
        }
    }

    [Fact]
    public async Task Every_instant_has_its_time_zone()
    {
        const string Key = """{"label":"shop","role":"read","expiresAt":"2126-12-01T10:00:00Z"}""";
        await Api.ExchangeAsync(
            $"POST /v1/ops/keys HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {AccessTests.Basic("root", Password)}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Key.Length}\r\n\r\n{Key}");

        foreach (var tab in new[] { "providers", "declared", "schedules", "quarantine", "replay", "evidence", "commands", "runs", "workers",
            "webhooks", "audit", "keys" })
        {
            Assert.Empty(WithoutZone().Matches(await AnswerAsync(tab)).Select(match => $"{tab}: {match.Value}"));
        }

        Assert.Contains("2126-12-01 10:00 UTC", await AnswerAsync("keys"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_colour_that_a_style_names_is_defined()
    {
        var styles = string.Concat(
            new[] { "Page/page.css", "Ops/Page/ops.css" }.Select(file => File.ReadAllText(Path.Combine(Repository.Root, "Api", file))));
        var defined = Defined().Matches(styles).Select(match => match.Groups["name"].Value).ToHashSet();

        Assert.Empty(Named().Matches(styles).Select(match => match.Groups["name"].Value).Distinct().Except(defined));
    }

    [Fact]
    public async Task The_views_stand_in_one_row_of_a_wide_screen_and_lead_back_to_the_rates()
    {
        await using var page = await OpenAsync("/ops?tab=webhooks");

        const string Rows = "new Set([...document.querySelectorAll('.tabs a')].map(one => one.getBoundingClientRect().top)).size";
        Assert.Equal(1, (await page.EvaluateAsync(Rows)).GetInt32());
        await page.EvaluateAsync("document.querySelector('.site a').click()");
        await page.UntilAsync("document.querySelector('#result .answer')", Token);
    }

    private Task<string> AnswerAsync(string tab) => Api.ExchangeAsync(
        $"GET /ops?tab={tab} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {AccessTests.Basic("root", Password)}\r\n\r\n");

    [GeneratedRegex("(?<name>--[a-z-]+):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Defined();

    [GeneratedRegex(
        @"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?(?![:\d])(?!(</time>)?\s*(<small>)?(Z|UTC|[A-Z][a-z]+/))", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex WithoutZone();

    [GeneratedRegex(@"var\((?<name>--[a-z-]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Named();
}
