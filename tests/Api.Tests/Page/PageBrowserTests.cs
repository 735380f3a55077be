using Rates.Testing;

namespace Rates.Api.Tests;

/// <summary>The pages for clients in a browser, with its scripts and without.</summary>
public sealed class PageBrowserTests : IAsyncLifetime
{
    // What a finger or an unsteady hand would miss, and what is too small to read: links inside a sentence are as high as its lines.
    private const string TooSmall = """
        [...document.querySelectorAll('body *')].filter(one => one.checkVisibility() && !one.closest('caption, .hidden, .skip'))
            .filter(one => one.matches('a, button, summary, select, label:has(input[type=checkbox]), input:not([type=checkbox])')
                    && getComputedStyle(one).display !== 'inline' && one.getBoundingClientRect().height < 23.5
                || one.matches('.sort') && one.getBoundingClientRect().width < 23.5
                || one.textContent.trim() && parseFloat(getComputedStyle(one).fontSize) < 12)
            .map(one => one.outerHTML.slice(0, 120)).join('\n')
        """;

    // A folder for pictures, to look at; none unless set.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("RATES_PICTURES");

    private readonly InMemoryRates _rates = FacadeSample.Store();
    private KestrelApi _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _api = await KestrelApi.StartAsync(_rates, ("Rates:Api:DefaultProviders:0", "ecb"), ("Rates:Api:DefaultProviders:1", "boc"));

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Without_scripts_the_form_the_table_the_pair_and_its_ranges_work()
    {
        if (await OpenAsync("/", withScripts: false) is not { } page)
        {
            return;
        }

        await using var browser = page;
        await page.EvaluateAsync("document.getElementById('amount').value = '1.234,5'");
        await page.EvaluateAsync("document.getElementById('to').value = 'jpy'");
        await page.EvaluateAsync("document.getElementById('to').focus()");
        await page.PressAsync("Enter");
        await page.UntilAsync("location.search.includes('amount=1.234')", Token);
        await page.UntilAsync("document.readyState === 'complete'", Token);

        Assert.Contains("1 234.5 EUR = 211 346 JPY", await WordsAsync(page, "#result .answer"), StringComparison.Ordinal);
        Assert.Contains("JPY", await WordsAsync(page, "#table tbody tr"), StringComparison.Ordinal);

        await FollowAsync(page, "#table tbody th a", "/pair/EUR/JPY");
        await FollowAsync(page, ".ranges a", "range=30d");
        Assert.Equal("1", (await page.EvaluateAsync("document.querySelectorAll('polyline').length")).ToString());
        await FollowAsync(page, "main nav a:nth-child(2)", "/pair/JPY/EUR");
        Assert.Contains("JPY/EUR", await WordsAsync(page, "h1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scripts_sort_the_table_read_the_chart_and_copy_with_the_keyboard()
    {
        if (await OpenAsync("/pair/EUR/USD?range=30d") is not { } page)
        {
            return;
        }

        await using var browser = page;
        const string First = "document.querySelector('.figures tbody th a').textContent";
        for (var presses = 0; presses < 60
            && await page.TextAsync("document.activeElement?.closest('th')?.textContent ?? ''") != "Rate"; presses++)
        {
            await page.PressAsync("Tab");
        }

        await page.PressAsync("Enter");
        Assert.Equal("ExchangeRate-API", await page.TextAsync(First));
        await page.PressAsync("Enter");
        Assert.Equal("European Central Bank", await page.TextAsync(First));
        Assert.Equal("descending", await page.TextAsync("document.querySelector('[aria-sort]').getAttribute('aria-sort')"));

        await page.EvaluateAsync(
            "document.querySelector('.plot svg').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }))");
        await page.UntilAsync("document.querySelector('.reading').textContent.includes('2026-08-20: European Central Bank 1.1634')", Token);
        await page.EvaluateAsync(
            "document.querySelector('.plot svg').dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }))");
        await page.UntilAsync("document.querySelector('.reading').textContent.includes('2026-08-19: European Central Bank 1.1622')", Token);
        Assert.Equal(
            $"curl '{_api.Address}v1/rates/EUR/USD'", await page.TextAsync("document.querySelector('[data-request]').textContent"));
    }

    [Fact]
    public async Task Scripts_copy_all_digits_exchange_the_currencies_and_find_providers_by_currency()
    {
        foreach (var number in Enumerable.Range(0, 8))
        {
            _rates.Add(Sample.Known($"bank{number}"));
        }

        await _api.Services.GetRequiredService<BookRefresher>().RefreshAsync(Token);
        if (await OpenAsync("/?from=EUR&to=USD&providers=ecb,boc&quotes=USD,JPY") is not { } page)
        {
            return;
        }

        await using var browser = page;
        Assert.Equal(
            "1 EUR in\tMedian\tEuropean Central Bank\tBank of Canada|"
                + "USD\t1.163334864\t1.1634\t1.163269731|JPY\t171.20\t171.20\t–",
            await page.TextAsync("textOf(document.getElementById('table')).replaceAll('\\n', '|')"));
        await page.EvaluateAsync(
            "getSelection().selectAllChildren(document.querySelector('#table tbody tr')); window.copied = new DataTransfer();"
            + "document.dispatchEvent(new ClipboardEvent('copy', { clipboardData: window.copied, cancelable: true }))");
        Assert.Contains("1.163269731", await page.TextAsync("window.copied.getData('text/plain')"), StringComparison.Ordinal);

        await page.EvaluateAsync("document.getElementById('amount').value = '7'");
        await FollowAsync(page, ".swap", "amount=7&from=USD&to=EUR");
        Assert.Contains("7 USD = ", await WordsAsync(page, "#result .answer"), StringComparison.Ordinal);

        await page.EvaluateAsync("document.querySelector('[data-open=choose]').click()");
        Assert.Equal("filter", await page.TextAsync("document.activeElement.id"));
        await page.UntilAsync("currencies?.size > 0", Token);
        await page.EvaluateAsync(
            "const field = document.getElementById('filter'); field.value = 'aed'; field.dispatchEvent(new Event('input'))");
        Assert.Equal(
            "ExchangeRate-API",
            await page.TextAsync(
                "[...document.querySelectorAll('#providers label')].filter(one => !one.hidden).map(one => one.textContent.trim()).join()"));
    }

    [Fact]
    public async Task Every_page_passes_the_accessibility_checker_in_both_schemes_and_is_operated_by_keyboard()
    {
        Assert.SkipWhen(DevTools.Program is null, DevTools.Missing);
        var checker = Path.Combine(ClientProgram.Folder, "node_modules", "axe-core", "axe.min.js");
        Assert.SkipUnless(File.Exists(checker), "axe-core is not installed: npm ci --prefix tests/Clients");
        var script = await File.ReadAllTextAsync(checker, Token);
        await using var page = await DevTools.StartAsync(Token);

        string[] paths =
        [
            "/?amount=1234.5&from=EUR&to=USD&providers=all", "/?from=yen&to=USD", "/pair/EUR/USD?range=30d", "/providers",
            "/providers/ecb", "/currencies/EUR",
        ];
        foreach (var path in paths)
        {
            await page.GoAsync(new(_api.Address, path), Token);
            await page.EvaluateAsync($"{script};0");
            foreach (var (width, isDark) in new[] { (1280, true), (390, false) })
            {
                await page.SetViewAsync(width, 900, isDark);
                var found = await page.TextAsync(
                    "axe.run().then(all => all.violations.map(one => "
                    + "`${one.id}: ${one.nodes.map(node => node.html).join(' ')}`).join('\\n'))");
                Assert.True(found.Length == 0, $"{path} at {width}: {found}");
            }

            Assert.Equal("", await MissedByTabAsync(page));
        }
    }

    [Fact]
    public async Task After_the_connection_was_lost_the_page_follows_again_and_shows_what_it_missed()
    {
        if (await OpenAsync("/?from=EUR&to=USD&providers=ecb") is not { } page)
        {
            return;
        }

        await using var browser = page;
        await page.UntilAsync("typeof events !== 'undefined' && events.readyState === EventSource.OPEN", Token);
        await page.SendAsync("Network.enable", new { });
        await page.EvaluateAsync("events.close(); events.dispatchEvent(new Event('error'))");
        await page.UntilAsync("document.getElementById('live').textContent.includes('connection to the server is lost')", Token);
        _rates.Publish(Sample.Sheet("ecb", Sample.Today, Sample.Now, Sample.Now.AddDays(1), "EUR/USD 1.1888", "EUR/GBP 0.8654"));
        await _api.Services.GetRequiredService<BookRefresher>().RefreshAsync(Token);

        await page.UntilAsync("document.querySelector('#result .answer').textContent.includes('1.19')", Token);
        await page.UntilAsync("document.getElementById('live').textContent.includes('1 EUR = 1.19 USD')", Token);
    }

    [Fact]
    public async Task A_publication_is_shown_without_a_reload()
    {
        if (await OpenAsync("/?from=EUR&to=USD&providers=ecb") is not { } page)
        {
            return;
        }

        await using var browser = page;
        await page.EvaluateAsync("window.sameDocument = true");
        await page.UntilAsync("typeof events !== 'undefined' && events.readyState === EventSource.OPEN", Token);
        _rates.Publish(Sample.Sheet("ecb", Sample.Today, Sample.Now, Sample.Now.AddDays(1), "EUR/USD 1.1777", "EUR/GBP 0.8654"));
        await _api.Services.GetRequiredService<BookRefresher>().RefreshAsync(Token);

        await page.UntilAsync("document.querySelector('#result .answer').textContent.includes('1.18')", Token);
        await page.UntilAsync("document.querySelector('#table').textContent.includes('1.1777')", Token);
        Assert.Equal("True", (await page.EvaluateAsync("window.sameDocument")).ToString());
    }

    [Theory]
    [InlineData("/", "converter")]
    [InlineData("/?amount=1234.5&from=EUR&to=USD&providers=all", "converter-all")]
    [InlineData("/?from=EURO&to=USD&amount=100", "converter-wrong")]
    [InlineData("/?from=EUR&to=USD&amount=1111111111111111111111111111111111111111111111111111111111", "converter-long")]
    [InlineData("/?from=WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW&to=USD", "converter-name")]
    [InlineData("/pair/EUR/USD?providers=wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "pair-wrong")]
    [InlineData("/pair/EUR/USD?range=30d", "pair")]
    [InlineData("/providers", "providers")]
    [InlineData("/providers/ecb", "provider")]
    [InlineData("/currencies/EUR", "currency")]
    public async Task Nothing_is_wider_than_a_phone_and_nothing_is_refused_by_the_policy(string path, string name)
    {
        if (await OpenAsync(path) is not { } page)
        {
            return;
        }

        await using var browser = page;

        // Headings, tables and the footer begin at the same place.
        Assert.Equal("1", await page.TextAsync(
            "String(new Set([...document.querySelectorAll('main h1, main h2, #scroll, footer .links')]"
            + ".map(one => Math.round(one.getBoundingClientRect().left))).size)"));
        foreach (var width in new[] { 1280, 390 })
        {
            await page.SetViewAsync(width, 844, isDark: true);
            Assert.Equal("", await page.TextAsync(TooSmall));
        }

        await page.SetViewAsync(390, 844, isDark: false);
        Assert.True(
            (await page.EvaluateAsync("document.documentElement.scrollWidth <= 390")).GetBoolean(),
            await page.TextAsync(
                "[...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > 390)"
                + ".map(one => one.outerHTML.slice(0, 80)).join('\\n')"));
        Assert.Equal(
            "rgb(20, 24, 26)",
            await DarkAsync(page));
        if (Pictures is not null)
        {
            foreach (var (width, isDark) in new[] { (1280, false), (1280, true), (390, false), (390, true) })
            {
                await page.SetViewAsync(width, 900, isDark);
                await File.WriteAllBytesAsync(
                    Path.Combine(Pictures, $"{name}-{width}{(isDark ? "-dark" : "")}.png"), await page.PictureAsync(), Token);
            }
        }
    }

    // Goes through the page once with the Tab key; what can be operated and was never reached is named.
    private static async Task<string> MissedByTabAsync(DevTools page)
    {
        const string Controls = "[...document.querySelectorAll('a, button, input, select, summary, [tabindex=\"0\"]')]"
            + ".filter(one => one.type !== 'hidden' && one.checkVisibility())";
        await page.EvaluateAsync("document.activeElement.blur(); window.reached = new Set()");
        var count = (await page.EvaluateAsync($"{Controls}.length")).GetInt32();
        for (var presses = 0; presses < count + 12; presses++)
        {
            await page.PressAsync("Tab");
            await page.EvaluateAsync("window.reached.add(document.activeElement)");
        }

        return await page.TextAsync($"{Controls}.filter(one => !window.reached.has(one)).map(one => one.outerHTML).join('\\n')");
    }

    private static async Task<string> DarkAsync(DevTools page)
    {
        await page.SetViewAsync(390, 844, isDark: true);
        return await page.TextAsync("getComputedStyle(document.body).backgroundColor");
    }

    private static async Task FollowAsync(DevTools page, string selector, string part)
    {
        await page.EvaluateAsync($"document.querySelector('{selector}').click()");
        await page.UntilAsync($"location.href.includes('{part}') && document.readyState === 'complete'", Token);
    }

    private static Task<string> WordsAsync(DevTools page, string selector) =>
        page.TextAsync($"document.querySelector('{selector}').textContent.replace(/\\s+/g, ' ')");

    private async Task<DevTools?> OpenAsync(string path, bool withScripts = true)
    {
        Assert.SkipWhen(DevTools.Program is null, DevTools.Missing);
        var page = await DevTools.StartAsync(Token);
        if (!withScripts)
        {
            await page.SendAsync("Emulation.setScriptExecutionDisabled", new { value = true });
        }

        await page.GoAsync(new(_api.Address, path), Token);
        return page;
    }
}
