using System.Net;

namespace Rates.Api.Tests;

public sealed partial class PageTests
{
    [Fact]
    public async Task The_table_has_a_row_a_quote_and_a_column_a_provider()
    {
        await using var api = new ApiFixture();

        var page = await api.TextAsync("/?from=EUR&quotes=USD,JPY&providers=ecb,boc,google&amount=100");

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
    public async Task Figures_have_six_digits_to_read_and_all_of_them_to_copy_with_points_below_each_other()
    {
        await using var api = new ApiFixture();

        var page = await api.TextAsync("/?from=EUR&quotes=USD,JPY,CAD&providers=boc,ecb");

        Assert.Contains("href=\"./pair/EUR/USD#boc\" title=\"1.163269731\" data-full=\"1.163269731\" data-pad=\"\">1.16327</a>", page,
            StringComparison.Ordinal);
        Assert.Contains("data-full=\"1.1634\" data-pad=\"\">1.1634</span>", page, StringComparison.Ordinal);
        Assert.Contains("data-full=\"171.20\" data-pad=\"00\">171.20</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_have_all_decimal_places_of_their_currency()
    {
        await using var api = new ApiFixture();

        var page = WebUtility.HtmlDecode(await api.TextAsync("/?amount=10000&from=EUR&to=USD&quotes=USD,JPY&providers=ecb"));

        Assert.Contains(">11\u202f634.00 USD</strong>", page, StringComparison.Ordinal);
        Assert.Contains(">11\u202f634.00</span>", page, StringComparison.Ordinal);
        Assert.Contains(">1\u202f712\u202f000</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_status_is_explained_where_it_is_shown()
    {
        await using var api = new ApiFixture();

        foreach (var path in new[] { "/?providers=all", "/pair/EUR/USD", "/providers", "/currencies/USD" })
        {
            var page = WebUtility.HtmlDecode(await api.TextAsync(path));
            var shown = Marks().Matches(page).Select(match => match.Groups["mark"].Value).ToHashSet();
            Assert.NotEmpty(shown);
            Assert.All(shown, mark => Assert.Contains(
                $"<dt><span class=\"status {mark}\">{mark}</span></dt> <dd>{PageStatus.Meaning(mark)}</dd>", page,
                StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_table_and_the_answer_say_the_same_of_a_large_amount()
    {
        await using var api = new ApiFixture();

        var page = WebUtility.HtmlDecode(await api.TextAsync("/?amount=123456789012.34&from=EUR&to=USD&providers=boc"));

        var answer = Answers().Match(page).Groups["figure"].Value;
        Assert.StartsWith("143\u202f613\u202f545", answer, StringComparison.Ordinal);
        Assert.Contains($"\">{answer}</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pence_are_converted_as_pence_and_the_table_is_of_the_pound()
    {
        await using var api = new ApiFixture();

        var page = await api.TextAsync("/?from=GBp&to=EUR&amount=100&providers=ecb");

        Assert.Contains("100 GBX = 1.16 EUR", Words(page, "result"), StringComparison.Ordinal);
        Assert.Contains("<strong>1 GBP in</strong>", page, StringComparison.Ordinal);
    }
}
