using System.Net;

namespace Rates.Api.Tests;

/// <summary>The page of a pair.</summary>
public sealed partial class PageTests
{
    [Fact]
    public async Task A_pair_shows_each_figure_with_its_source_day_and_proof()
    {
        await using var api = new ApiFixture();
        var version = (await api.JsonAsync("/v1/rates/EUR/USD?providers=ecb")).GetProperty("providers")[0].GetProperty("version");
        await EvidenceTests.WriteAsync(api, long.Parse(version.GetString()!.Split(':')[1]));

        var page = await api.TextAsync("/pair/eur/usd");

        var rows = Words(page, "answer");
        Assert.Contains(
            "European Central Bank fresh 1.1634 reference +0.006 % 2026-08-20 today EUR/USD 1.1634 2026-08-20 14:02 source evidence",
            rows, StringComparison.Ordinal);
        Assert.Contains(
            "Bank of Canada closed 1.16327 reference -0.006 % 2026-08-19 yesterday EUR/CAD 1.6095 USD/CAD 1.3836, inverted",
            rows, StringComparison.Ordinal);
        Assert.Contains("missing Google Finance: never fetched: connection refused", rows, StringComparison.Ordinal);
        Assert.Contains("href=\"https://ecb.example/rates\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"../../v1/evidence/ecb/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/v1/evidence/boc/", page, StringComparison.Ordinal);
        Assert.Contains("1 EUR = 1.16333 USD", Words(page, "result"), StringComparison.Ordinal);
        Assert.Contains("title=\"1.163334864\">1.16333 USD<", page, StringComparison.Ordinal);
        Assert.Contains("<tr id=\"boc\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sheet_that_was_confirmed_before_the_start_still_leads_to_its_proof()
    {
        await using var api = new ApiFixture();
        await api.JsonAsync("/v1/rates");
        var sheet = api.Book.Find("ecb")!.Sheet!;

        // The store has the sheet under the version of its last confirmation, and the proof under that of the fetch.
        await EvidenceTests.WriteAsync(api, sheet.Version - 2, sheet.FetchedAt);
        var page = await api.TextAsync("/pair/EUR/USD");
        await api.TextAsync("/pair/EUR/USD");

        var address = $"v1/evidence/ecb/{sheet.Version}";
        Assert.Contains($"href=\"../../{address}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/v1/evidence/boc/", page, StringComparison.Ordinal);
        Assert.Equal(sheet.Version - 2, (await api.JsonAsync($"/{address}")).GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task A_figure_that_ships_with_the_product_has_no_version_and_no_proof()
    {
        var store = Sample.Store();
        store.Publish(Sample.EcbSheet with { Version = 0, Seeded = true, Epoch = "" });
        await using var api = new ApiFixture(store);

        var figure = (await api.JsonAsync("/v1/rates/EUR/USD?providers=ecb")).GetProperty("providers")[0];
        var page = await api.TextAsync("/pair/EUR/USD?providers=ecb");

        Assert.False(figure.TryGetProperty("version", out _));
        Assert.DoesNotContain("/v1/evidence/", page, StringComparison.Ordinal);
        Assert.Contains("shipped with the product", Words(page, "answer"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?from=EUR&to=USD&providers=ecb")]
    [InlineData("/pair/EUR/USD?providers=ecb")]
    public async Task What_ships_with_the_product_is_told_with_the_names_of_its_providers(string address)
    {
        var store = Sample.Store();
        store.Publish(Sample.EcbSheet with { Version = 0, Seeded = true, Epoch = "" });
        await using var api = new ApiFixture(store);

        var page = await api.TextAsync(address);

        Assert.Contains(
            "hipped with the product, not yet fetched here: European Central Bank.", Words(page, "result"), StringComparison.Ordinal);
        Assert.DoesNotContain("not yet fetched here: ecb", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chart_has_a_line_for_each_provider_and_its_ranges_are_links()
    {
        await using var api = new ApiFixture(null, ("Rates:Api:DefaultProviders:0", "ecb"), ("Rates:Api:DefaultProviders:1", "boc"));

        var page = await api.TextAsync("/pair/EUR/USD?range=30d&chart=ecb");

        var line = Assert.Single(Lines().Matches(page)).Groups["points"].Value;
        Assert.Equal(3, line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal("0,400", line.Split(' ')[0]);
        Assert.Equal(["30 days"], Current().Matches(page).Select(match => match.Groups["name"].Value));
        Assert.Contains("href=\"?chart=ecb\">1 year<", page, StringComparison.Ordinal);
        Assert.Contains("European Central Bank : 1.1634 on 2026-08-20", Words(page, "history"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chart_may_have_the_median_of_its_lines()
    {
        var store = Sample.Store();
        store.Remember("boc", [.. Sample.Figures(Sample.Today.AddDays(-1), "EUR/CAD 1.6095", "USD/CAD 1.3836")]);
        await using var api = new ApiFixture(store);

        var page = await api.TextAsync("/pair/EUR/USD?range=30d&chart=ecb,boc&median=true");
        var alone = await api.TextAsync("/pair/EUR/USD?range=30d&chart=ecb&median=true");

        var words = Words(page, "history");
        Assert.Contains("Their median : 1.16333 on 2026-08-20", words, StringComparison.Ordinal);
        Assert.Equal(3, Lines().Count(page));
        Assert.Contains("providers=ecb,boc&amp;from=2026-07-22&amp;to=2026-08-20&amp;select=median", page, StringComparison.Ordinal);
        Assert.Contains("href=\"?chart=ecb,boc&amp;median=true\">1 year<", page, StringComparison.Ordinal);
        Assert.Contains("name=\"median\" value=\"true\" checked", page, StringComparison.Ordinal);
        Assert.Equal(1, Lines().Count(alone));
        Assert.DoesNotContain("Their median", Words(alone, "history"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_that_contradict_each_other_are_not_called_a_median()
    {
        var store = Sample.Store();
        store.Publish(Sample.BocSheet with { Version = 0, Observations = Sample.Figures(Sample.Today.AddDays(-1), "EUR/USD 1.30") });
        await using var api = new ApiFixture(store);

        var result = Words(await api.TextAsync("/pair/EUR/USD"), "result");

        Assert.Contains("1 EUR = no agreed rate", result, StringComparison.Ordinal);
        Assert.Contains("2 providers, 20 August 2026 (today), 1.1634 to 1.30, spread", result, StringComparison.Ordinal);
        Assert.DoesNotContain("Median", result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/EUR/USD", "../pair/EUR/USD")]
    [InlineData("/eur/usd?range=5y", "../pair/EUR/USD?range=5y")]
    [InlineData("/EUR/QQQ", "../pair/EUR/QQQ")]
    [InlineData("/abc/def", null)]
    public async Task Two_codes_lead_to_the_page_of_the_pair(string path, string? expected)
    {
        await using var api = new ApiFixture();

        using var client = api.CreateClient(new() { AllowAutoRedirect = false });

        using var response = await client.GetAsync(path, Token);

        Assert.Equal(expected is null ? HttpStatusCode.NotFound : HttpStatusCode.MovedPermanently, response.StatusCode);
        Assert.Equal(expected, response.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/pair/EUR/QQQ", HttpStatusCode.NotFound, "quote: 'QQQ' is no known currency")]
    [InlineData("/pair/EURO/USD", HttpStatusCode.BadRequest, "base: 'EURO' is not a three-letter currency code")]
    [InlineData("/pair/EUR/USD?date=yesterday", HttpStatusCode.BadRequest, "date: 'yesterday' is not a day")]
    [InlineData("/pair/EUR/USD?range=7y", HttpStatusCode.BadRequest, "range: '7y' is not one of 30d, 1y, 5y, all")]
    public async Task A_pair_that_is_not_there_is_named(string path, HttpStatusCode status, string message)
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync(path);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(message, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Token)), StringComparison.Ordinal);
    }
}
