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
    [InlineData("/v1/rates?base=ZAr", "minor unit of ZAR")]
    public async Task Elsewhere_a_minor_unit_is_never_read_as_its_currency(string address, string named)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync(address, HttpStatusCode.BadRequest);

        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_other_code_means_the_same_in_any_case()
    {
        string[] byCase = ["BWp", "EUr", "GBp", "ILs", "KWd", "MWk", "NAd", "SZl", "USd", "ZAc", "ZAr"];
        List<string> refused = [];
        for (var ordinal = 0; ordinal < CurrencyTable.Count; ordinal++)
        {
            for (var letters = 0; letters < 8; letters++)
            {
                var code = string.Concat(CurrencyTable.At(ordinal).Code.Select(
                    (letter, index) => (letters >> index & 1) == 0 ? letter : char.ToLowerInvariant(letter)));
                try
                {
                    Assert.Equal(ordinal, CurrencyValues.Ordinal("quotes", code));
                    Assert.Equal(CurrencyTable.At(ordinal), CurrencyValues.Find(code));
                }
                catch (ProblemException)
                {
                    Assert.Null(CurrencyValues.Find(code));
                    refused.Add(code);
                }
            }
        }

        // ZAc is the minor unit itself: no currency has the letters ZAC.
        Assert.Equal(byCase.Except(["ZAc"]), refused);
    }

    [Theory]
    [InlineData("/v1/rates?base=eUR&quotes=UsD,jPy", "/v1/rates?base=EUR&quotes=USD,JPY")]
    [InlineData("/v1/rates/EuR/uSd", "/v1/rates/EUR/USD")]
    [InlineData("/v1/history?quotes=JPy", "/v1/history?quotes=JPY")]
    [InlineData("/v1/convert?from=JPy&to=uSD", "/v1/convert?from=JPY&to=USD")]
    [InlineData("/v1/currencies/XDr", "/v1/currencies/XDR")]
    [InlineData("/frankfurter/v1/latest?base=JPy", "/frankfurter/v1/latest?base=JPY")]
    public async Task A_code_in_any_case_has_the_same_answer(string address, string capitals)
    {
        await using var api = new ApiFixture();

        Assert.Equal(await api.TextAsync(capitals), await api.TextAsync(address));
    }

    [Fact]
    public async Task Posted_rows_read_codes_as_the_query_does()
    {
        await using var api = new ApiFixture();
        using var rows = new StringContent(
            "amount,from,to\n1,JPy,uSD\n1,GBp,GBP\n1,USd,EUR\n", System.Text.Encoding.UTF8, "text/csv");

        using var response = await api.CreateClient().PostAsync(
            new Uri("/v1/convert?format=csv&providers=ecb", UriKind.Relative), rows, TestContext.Current.CancellationToken);
        var answers = AnswerRows.Csv(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal(["JPY USD", "GBX GBP", " "], answers.Select(row => $"{row["from"]} {row["to"]}"));
        Assert.Equal("0.01", answers[1]["rate"]);
        Assert.Contains("minor unit of USD", answers[2]["error"], StringComparison.Ordinal);
    }
}
