using System.Net;
using System.Text.RegularExpressions;

namespace Rates.Api.Tests;

/// <summary>The pages for clients as the server writes them: what a browser without scripts shows.</summary>
public sealed partial class PageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/pair/EUR/USD", "text/html")]
    [InlineData("/providers", "text/html")]
    [InlineData("/providers/ecb", "text/html")]
    [InlineData("/currencies/EUR", "text/html")]
    [InlineData("/page.css", "text/css")]
    [InlineData("/icon.svg", "image/svg+xml")]
    [InlineData("/page.js", "text/javascript")]
    [InlineData("/tables.js", "text/javascript")]
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

        foreach (var path in new[] { "/", "/page.css", "/page.js", "/tables.js" })
        {
            var addresses = Addresses().Matches(await api.TextAsync(path)).Select(match => match.Value);
            Assert.DoesNotContain(
                addresses,
                address => !address.StartsWith("http://www.w3.org/2000/svg", StringComparison.Ordinal)
                    && !address.StartsWith("http://localhost/v1/", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/pair/EUR/USD")]
    [InlineData("/pair/EUR/USD/")]
    [InlineData("/providers")]
    [InlineData("/providers/ecb")]
    [InlineData("/currencies/EUR")]
    public async Task The_page_works_below_a_path_prefix_that_a_proxy_takes_off(string path)
    {
        await using var api = new ApiFixture();

        var page = await api.TextAsync(path);

        Assert.DoesNotContain("=\"/", page, StringComparison.Ordinal);
        var style = StyleAddress().Match(page).Groups["address"].Value;
        Assert.Equal("http://localhost/page.css", new Uri(new Uri("http://localhost" + path), style).ToString());
    }

    [Fact]
    public async Task Every_field_has_its_label()
    {
        await using var api = new ApiFixture();

        var page = await api.TextAsync("/");

        var fields = Fields().Matches(page).Select(match => match.Groups["name"].Value).ToList();
        Assert.Equal(["amount", "from", "to", "date", "select", "policy"], fields);
        Assert.All(fields, field => Assert.Contains($"<label for=\"{field}\">", page, StringComparison.Ordinal));
        Assert.Contains("aria-live=\"polite\"", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_converter_answers_with_source_day_age_status_and_inverse()
    {
        await using var api = new ApiFixture();

        var result = Words(await api.TextAsync("/?amount=100&from=EUR&to=USD&providers=ecb"), "result");

        Assert.Equal(
            "100 EUR = 116.34 USD 1 EUR = 1.1634 USD 1 USD = 0.859550 EUR fresh European Central Bank , 20 August 2026 (today) "
                + "Every provider's EUR/USD, with history",
            result);
    }

    [Fact]
    public async Task A_combined_answer_names_its_providers_and_their_spread()
    {
        await using var api = new ApiFixture();

        var result = Words(await api.TextAsync("/?from=EUR&to=USD&providers=ecb,boc&select=median"), "result");

        Assert.Contains(
            "Median of European Central Bank and Bank of Canada , 19 August 2026 (yesterday) to 20 August 2026 (today), spread 0.011 %",
            result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_converts_and_is_named_and_an_unknown_one_too()
    {
        await using var api = new ApiFixture();

        var page = await api.TextAsync("/?from=EUR&to=USD&amount=100&policy=vat-eu&providers=boc");
        using var unknown = await api.GetAsync("/?policy=nothing");

        Assert.Contains("100 EUR = 116.34 USD", Words(page, "result"), StringComparison.Ordinal);
        Assert.Contains("fresh European Central Bank", Words(page, "result"), StringComparison.Ordinal);
        Assert.Contains("<option value=\"vat-eu\" selected>", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("policy: ", await unknown.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Boxes_that_a_form_sends_one_by_one_are_one_choice()
    {
        await using var api = new ApiFixture();

        var page = await api.TextAsync("/?from=EUR&to=USD&providers=ecb&providers=boc");

        Assert.Contains("<span id=\"chosen\">ecb, boc</span>", page, StringComparison.Ordinal);
        Assert.Contains("\"ecb\" checked", page, StringComparison.Ordinal);
        Assert.Contains("\"boc\" checked", page, StringComparison.Ordinal);
        Assert.Equal(3, page.Split(" checked>").Length);
    }

    [Theory]
    [InlineData("1234567", 3, "1 234 567", ".00")]
    [InlineData("0.000123456789", 10, "0.000123457", "")]
    [InlineData("171.20", 5, "171.20", "00")]
    public void A_figure_is_padded_to_the_longest_of_its_column(string rate, int tail, string text, string pad)
    {
        var html = new HtmlBuilder();

        PageFigure.OfRate(decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture)).Write(html, tail);

        Assert.Equal(
            $"<span class=\"figure\" title=\"{rate}\" data-full=\"{rate}\" data-pad=\"{pad}\">{text}</span>",
            WebUtility.HtmlDecode(html.ToString()).Replace('\u202f', ' '));
    }

    [Fact]
    public async Task The_request_and_the_link_that_are_offered_give_what_the_page_shows()
    {
        await using var api = new ApiFixture();

        var page = WebUtility.HtmlDecode(await api.TextAsync("/?amount=1.234,5&from=EUR&to=USD&providers=ecb&date=2026-08-19"));
        var request = Requests().Match(page).Groups["path"].Value;
        var link = Links().Match(page).Groups["address"].Value;

        Assert.Contains($"curl 'http://localhost/{request}'", page, StringComparison.Ordinal);
        Assert.Contains($"=IMPORTDATA(\"http://localhost/{request}&format=csv\", \",\", \"en_US\")", page, StringComparison.Ordinal);
        Assert.Contains("\"result\":1434.7359", await api.TextAsync($"/{request}"), StringComparison.Ordinal);
        Assert.Contains(
            "1 234.5 EUR = 1 434.74 USD", Words(await api.TextAsync($"/{link}"), "result"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_first_sheet_the_page_says_so_and_asks_again()
    {
        await using var api = new ApiFixture(new InMemoryRates());

        using var response = await api.GetAsync("/");

        var page = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("No rates have been published here yet", page, StringComparison.Ordinal);
        Assert.Contains("<meta http-equiv=\"refresh\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1234.5", "1234.5")]
    [InlineData("1,234.5", "1234.5")]
    [InlineData("1.234,5", "1234.5")]
    [InlineData("1 234,5", "1234.5")]
    [InlineData("1’234’567.25", "1234567.25")]
    [InlineData("1,234,567", "1234567")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("1,5", "1.5")]
    [InlineData("0,125", "0.125")]
    [InlineData("1234,5678", "1234.5678")]
    [InlineData("1.234", "1.234")]
    [InlineData("1,23,456", "1,23,456")]
    [InlineData("1,2.3,4", "1,2.3,4")]
    [InlineData("abc", "abc")]
    public void An_amount_is_read_as_it_is_written_where_it_has_one_meaning(string text, string expected) =>
        Assert.Equal(expected, PageAmount.Read(text));

    // The texts of a part of the page, with single spaces between them.
    private static string Words(string page, string id)
    {
        var from = page.IndexOf($"<section id=\"{id}\"", StringComparison.Ordinal);
        Assert.True(from >= 0, $"The page has no part '{id}'");
        var part = page[from..page.IndexOf("</section>", from, StringComparison.Ordinal)];
        return Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(part, " ")), " ").Trim();
    }

    [GeneratedRegex(@"https?://[^\s'""%)]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"class=""status (?<mark>[a-z]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Marks();

    [GeneratedRegex(@"<strong[^>]*>(?<figure>[\d\u202f.]+) USD", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Answers();

    [GeneratedRegex(@"data-request=""(?<path>[^""]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Requests();

    [GeneratedRegex(
        @"<a href=""(?<address>[^""]+)"" data-copy=""href""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Links();

    [GeneratedRegex("<[^>]+>", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Tags();

    [GeneratedRegex(@"[\s\u202f]+", RegexOptions.None, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Spaces();

    [GeneratedRegex("aria-current=true>(?<name>[^<]+)<", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Current();

    [GeneratedRegex(
        @"rel=""stylesheet"" href=""(?<address>[^""]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex StyleAddress();

    [GeneratedRegex(@"<(input|select) id=""(?<name>\w+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Fields();

    [GeneratedRegex(
        @"<th[^>]*scope=""col""[^>]*><strong>(<a[^>]*>)?(?<name>[^<]+)<", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Headings();

    [GeneratedRegex(
        @"<th[^>]*scope=""row""[^>]*>(<a[^>]*>)?(?<name>\w+)<", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Rows();

    [GeneratedRegex(
        @"<polyline[^>]*points=""(?<points>[^""]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Lines();
}
