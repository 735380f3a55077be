using System.Net;

namespace Rates.Api.Tests;

public sealed class MinorUnitTests
{
    [Theory]
    [InlineData("from=EUR&to=GBP", "0.8654", "8.654")]
    [InlineData("from=EUR&to=gbp", "0.8654", "8.654")]
    [InlineData("from=EUR&to=GBX", "86.54", "865.4")]
    [InlineData("from=EUR&to=GBp", "86.54", "865.4")]
    [InlineData("from=GBp&to=GBP", "0.01", "0.1")]
    [InlineData("from=GBP&to=gbx", "100", "1000")]
    [InlineData("from=GBX&to=GBX", "1", "10")]
    [InlineData("from=GBX&to=EUR", "0.01155535013", "0.11555350127109")]
    public async Task A_minor_unit_is_a_hundredth_of_its_currency(string query, string rate, string result)
    {
        await using var api = new ApiFixture();

        var answer = await api.JsonAsync($"/v1/convert?{query}&amount=10&providers=ecb&round=12");

        Assert.Equal(decimal.Parse(rate), answer.GetProperty("rate").GetDecimal());
        Assert.Equal(decimal.Round(decimal.Parse(result), 12), answer.GetProperty("result").GetDecimal());
    }

    [Fact]
    public async Task The_answer_names_the_unit_and_keeps_published_digits()
    {
        await using var api = new ApiFixture();

        var answer = await api.JsonAsync("/v1/convert?from=EUR&to=GBp&amount=1&providers=ecb");

        Assert.Equal("GBX", answer.GetProperty("to").GetString());
        Assert.Equal("86.54", answer.GetProperty("rate").GetRawText());
    }

    [Theory]
    [InlineData("ZAC", "ZAR")]
    [InlineData("ZAc", "ZAR")]
    [InlineData("ILA", "ILS")]
    [InlineData("ila", "ILS")]
    [InlineData("GBp", "GBP")]
    public void The_known_ones_have_a_factor_of_a_hundred(string code, string currency)
    {
        var unit = MinorUnits.Find(code)!.Value;

        Assert.Equal((currency, 2), (unit.Currency.Code, unit.Places));
    }

    [Theory]
    [InlineData("/v1/rates?base=GBp", "GBP")]
    [InlineData("/v1/rates?quotes=USD,GBX", "GBP")]
    [InlineData("/v1/rates/EUR/GBp", "GBP")]
    [InlineData("/v1/history?quotes=ZAc", "ZAR")]
    [InlineData("/v1/currencies/ILA", "ILS")]
    [InlineData("/v1/rates?base=USd", "minor unit")]
    [InlineData("/v1/convert?from=EUr&to=USD", "minor unit")]
    public async Task Elsewhere_a_minor_unit_is_never_read_as_its_currency(string address, string named)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync(address, HttpStatusCode.BadRequest);

        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
