using System.Net;

namespace Rates.Api.Tests;

public sealed partial class PageTests
{
    [Fact]
    public async Task Who_types_a_name_is_led_to_its_code_and_keeps_the_table()
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync("/?amount=5&from=yen&to=USD");

        var page = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(
            "Did you mean <a href=\"./?amount=5&amp;from=JPY&amp;to=USD\">JPY, Japanese yen</a>?", page, StringComparison.Ordinal);
        Assert.Contains("<strong>1 EUR in</strong>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("table-problem", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_wrong_fields_are_both_named_and_the_table_stays()
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync("/?amount=1,234&from=yen&to=USD");

        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("id=\"problem\" role=\"alert\">amount: '1,234' may mean 1234 or 1.234", page, StringComparison.Ordinal);
        Assert.Contains("id=\"table-problem\" role=\"alert\">from: 'YEN' is no known currency", page, StringComparison.Ordinal);
        Assert.Contains(" aria-invalid=true aria-describedby=problem autofocus>", page, StringComparison.Ordinal);
        Assert.Contains(" aria-invalid=true aria-describedby=table-problem>", page, StringComparison.Ordinal);
        Assert.Contains("Did you mean <a", page, StringComparison.Ordinal);
        Assert.Contains("<strong>1 EUR in</strong>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nothing/here", HttpStatusCode.NotFound, "There is nothing at /nothing/here; ")]
    [InlineData("/ops", HttpStatusCode.Unauthorized, "GET /ops asks for the role ops: sign in, or send an API key")]
    public async Task A_browser_is_told_on_a_page_what_is_wrong_and_a_program_as_json(
        string address, HttpStatusCode status, string message)
    {
        await using var api = new ApiFixture();

        using var seen = await api.GetAsync(address, ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        using var read = await api.GetAsync(address);

        var page = WebUtility.HtmlDecode(await seen.Content.ReadAsStringAsync(Token));
        Assert.Equal((status, "text/html"), (seen.StatusCode, seen.Content.Headers.ContentType?.MediaType));
        Assert.True(seen.Headers.CacheControl?.NoStore);
        Assert.Contains($"role=\"alert\">{message}", page, StringComparison.Ordinal);
        Assert.Equal((status, "application/problem+json"), (read.StatusCode, read.Content.Headers.ContentType?.MediaType));
        Assert.Equal(seen.Headers.WwwAuthenticate, read.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task Addresses_of_programs_have_their_errors_in_a_browser_too()
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync("/v1/nothing", ("Accept", "text/html"));

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("from=EURO&to=USD", "from", HttpStatusCode.BadRequest, "from: 'EURO' is not a three-letter currency code")]
    [InlineData("from=EUR&to=QQQ", "to", HttpStatusCode.NotFound, "to: 'QQQ' is no known currency; /v1/currencies lists them")]
    [InlineData("from=EUR&to=USD&amount=1,234", "amount", HttpStatusCode.BadRequest,
        "amount: '1,234' may mean 1234 or 1.234; write it in one of these ways")]
    [InlineData("from=EUR&to=USD&amount=1&amount=50", "amount", HttpStatusCode.BadRequest, "amount: may be given only once")]
    [InlineData("from=EUR&to=USD&amount=1&amount=1", "amount", HttpStatusCode.BadRequest, "amount: may be given only once")]
    [InlineData("from=EUR&from=GBP&to=USD", "from", HttpStatusCode.BadRequest, "from: may be given only once")]
    [InlineData("from=EUR&to=USD&date=2026-08-20&date=2026-08-19", "date", HttpStatusCode.BadRequest, "date: may be given only once")]
    [InlineData("from=EUR&to=USD&amount=ten", "amount", HttpStatusCode.BadRequest, "amount: 'ten' ")]
    [InlineData("from=EUR&to=USD&date=2026-02-30", "date", HttpStatusCode.BadRequest, "date: '2026-02-30' is not a day such as 2026-08-20")]
    [InlineData("from=USd&to=EUR", "from", HttpStatusCode.BadRequest, "from: 'USd' ends in a small letter")]
    public async Task A_wrong_value_is_named_at_its_field(string query, string field, HttpStatusCode status, string message)
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync($"/?{query}");

        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(status, response.StatusCode);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Contains($"id=\"problem\" role=\"alert\">{message}", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("aria-invalid=true").Length);
        var at = page.IndexOf($"name=\"{field}\"", StringComparison.Ordinal);
        Assert.Contains("aria-invalid=true", page[at..page.IndexOf('>', at)], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_target_leaves_the_table()
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync("/?from=EUR&to=QQQ");

        var page = await response.Content.ReadAsStringAsync(Token);
        Assert.Contains(
            "<td data-label=\"European Central Bank\" data-day=\"fresh, 2026-08-20\" data-value=\"1.1634\">", page,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_provider_is_named()
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync("/?providers=nobody");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("nobody", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/XQQ/QQQ", "There is nothing at /XQQ/QQQ: neither XQQ nor QQQ is the code of a currency", "../")]
    [InlineData("/pair/EUR", "There is nothing at /pair/EUR;", "../")]
    [InlineData("/providers/unknown", "key: 'unknown' is no known provider", "../")]
    [InlineData("/currencies/%3Cb%3E", "code: '<b>' is not a three-letter currency code", "../")]
    [InlineData("/nowhere/%3Cscript%3E", "There is nothing at /nowhere/%3Cscript%3E;", "../")]
    public async Task A_browser_is_shown_a_page_that_names_what_is_wrong(string path, string message, string root)
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync(path, ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));

        var page = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal(message.Contains("three-letter") ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Contains($"id=\"problem\" role=\"alert\">{message}", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains($"<p class=\"brand\"><a href=\"{root}\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/XQQ/QQQ", "*/*", "neither XQQ nor QQQ is the code of a currency")]
    [InlineData("/nowhere", "application/json, text/html;q=0", "There is nothing at /nowhere")]
    [InlineData("/v1/rates?base=QQQ", "text/html", "base: 'QQQ' is no known currency")]
    public async Task Programs_are_answered_with_a_problem(string path, string accept, string message)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync(path, HttpStatusCode.NotFound, ("Accept", accept));

        Assert.Contains(message, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?from=%3Cscript%3Ealert(1)%3C/script%3E&amount=%22onfocus=alert(1)&to=%27&quotes=%3Cb%3E&date=%3Ci%3E&select=%3Cu%3E")]
    [InlineData("/?providers=%3Cscript%3E&from=EUR&to=USD")]
    [InlineData("/pair/%3Cscript%3E/USD?date=%3Cscript%3E&chart=%3Cscript%3E")]
    [InlineData("/pair/EUR/USD?chart=%3Cscript%3E&range=%3Cscript%3E")]
    public async Task What_an_address_holds_is_never_markup(string path)
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync(path);

        var page = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("<script>", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\"onfocus", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
    }
}
