using System.Net;
using System.Text.RegularExpressions;
using Rates.Testing;

namespace Rates.Api.Tests;

public sealed partial class PageTests
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/page.css", "text/css")]
    [InlineData("/page.js", "text/javascript")]
    public async Task The_page_and_its_files_are_tagged_and_locked_down(string path, string contentType)
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync(path);
        using var again = await api.GetAsync(path, ("If-None-Match", response.Headers.ETag!.ToString()));

        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_asks_nothing_of_anyone_else()
    {
        await using var api = new ApiFixture();

        foreach (var path in new[] { "/", "/page.css", "/page.js" })
        {
            var addresses = Addresses().Matches(await api.TextAsync(path)).Select(match => match.Value);
            Assert.DoesNotContain(addresses, address => !address.StartsWith("http://www.w3.org/2000/svg", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_page_works_below_a_path_prefix_that_a_proxy_takes_off()
    {
        await using var api = new ApiFixture();

        Assert.DoesNotContain("=\"/", await api.TextAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_field_has_its_label()
    {
        await using var api = new ApiFixture();

        var page = await api.TextAsync("/");

        var fields = Fields().Matches(page).Select(match => match.Groups["name"].Value).ToList();
        Assert.Equal(["amount", "base", "quotes"], fields);
        Assert.All(fields, field => Assert.Contains($"<label for=\"{field}\">", page, StringComparison.Ordinal));
        Assert.Contains("aria-live=\"polite\"", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_draws_a_row_a_quote_and_a_column_a_provider()
    {
        if (Browser.Find() is not { } browser)
        {
            Assert.Skip("chromium is not on PATH (Debian: apt-get install chromium)");
            return;
        }

        await using var api = await KestrelApi.StartAsync(Sample.Store());

        var page = await browser.DrawAsync(new(api.Address, "/?base=EUR&quotes=USD,JPY&providers=ecb,boc,google&amount=100"));

        Assert.Equal(["100 EUR in", "Median", "European Central Bank", "Bank of Canada"],
            Headings().Matches(page).Select(match => match.Groups["name"].Value));
        Assert.Equal(["USD", "JPY"], Rows().Matches(page).Select(match => match.Groups["name"].Value));
        Assert.Contains(">116.34<", page, StringComparison.Ordinal);
        Assert.Contains(">at 1.1634<", page, StringComparison.Ordinal);
        Assert.Contains("class=\"figure cross\"", page, StringComparison.Ordinal);
        Assert.Contains("never fetched: connection refused", page, StringComparison.Ordinal);
        Assert.Contains("2 currencies from 2 providers, 1 without figures.", page, StringComparison.Ordinal);
        Assert.Contains("scope=\"col\"", page, StringComparison.Ordinal);
        Assert.Contains("scope=\"row\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_shows_what_was_wrong_with_a_value()
    {
        if (Browser.Find() is not { } browser)
        {
            Assert.Skip("chromium is not on PATH (Debian: apt-get install chromium)");
            return;
        }

        await using var api = await KestrelApi.StartAsync(Sample.Store());

        var page = await browser.DrawAsync(new(api.Address, "/?base=EURO&quotes=USD"));

        Assert.Contains("'EURO' is not a three-letter currency code", page, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"https?://[^\s'""%)]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"<input id=""(?<name>\w+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fields();

    [GeneratedRegex(@"<th[^>]*scope=""col""[^>]*><strong>(?<name>[^<]+)<", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Headings();

    [GeneratedRegex(@"<th[^>]*scope=""row""[^>]*>(?<name>\w+)<", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rows();

    private sealed class Browser(string program)
    {
        public static Browser? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists) is { } program ? new(program) : null;

        /// <summary>The document after its scripts ran.</summary>
        public async Task<string> DrawAsync(Uri address)
        {
            // A browser that dies before it has read the page says nothing of the page.
            var said = "";
            for (var attempt = 0; attempt < 3; attempt++)
            {
                var run = await RunAsync(address);
                if (run.Output.Length > 0)
                {
                    return run.Output;
                }

                said = run.Error;
            }

            throw new InvalidOperationException($"chromium drew nothing: {said}");
        }

        private async Task<ProgramRun> RunAsync(Uri address)
        {
            var profile = Directory.CreateTempSubdirectory("rates-chromium-");
            string[] arguments =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update", "--disable-sync", $"--user-data-dir={profile.FullName}", "--virtual-time-budget=5000",
                "--dump-dom", address.AbsoluteUri,
            ];
            try
            {
                return await ProgramRun.OfAsync(new(program, arguments), TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
            }
            finally
            {
                Forget(profile);
            }
        }

        // The browser's children outlive it by a moment and write on into its profile.
        private static void Forget(DirectoryInfo profile)
        {
            try
            {
                profile.Delete(recursive: true);
            }
            catch (IOException)
            {
                // What is left lies in the temporary folder.
            }
        }
    }
}
