using System.Net;

namespace Rates.Api.Tests;

public sealed partial class QueryErrorTests
{
    [Fact]
    public async Task Two_hundred_quotes_are_answered_and_one_more_is_refused()
    {
        await using var api = new ApiFixture();
        var codes = Enumerable.Range(0, CurrencyTable.Count).Select(ordinal => CurrencyTable.At(ordinal).Code).ToList();
        Assert.True(codes.Count > RatesLimits.Quotes);
        var most = string.Join(',', codes.Where(code => code != "USD").Take(RatesLimits.Quotes - 1).Append("USD").Append("USD"));

        await api.TextAsync($"/v1/rates?quotes={most}");
        var problem = await api.ProblemAsync($"/v1/rates?quotes={string.Join(',', codes.Take(RatesLimits.Quotes + 1))}",
            HttpStatusCode.BadRequest);

        Assert.Contains("200", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_history_past_the_budget_names_the_limit()
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync("/v1/history?from=1999-01-01&to=2026-08-20&providers=all&format=xml",
            HttpStatusCode.BadRequest);

        Assert.Contains("200000", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task A_history_that_is_sent_while_it_is_written_has_a_larger_budget(string format)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync($"/v1/history?from=0001-01-01&to=2026-08-20&providers=all&format={format}",
            HttpStatusCode.BadRequest);

        Assert.Contains("5000000", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_value_is_cut_in_the_echo()
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync($"/v1/rates?base={new string('x', 3000)}", HttpStatusCode.BadRequest);

        Assert.Equal(new string('x', 64) + "…", problem.GetProperty("value").GetString());
    }
}
