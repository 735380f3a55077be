namespace Rates.Api.Tests;

public sealed partial class AssistantTests
{
    [Fact]
    public async Task A_long_history_is_answered_from_its_newest_days_and_says_how_to_go_on()
    {
        await using var api = new ApiFixture();
        await using var client = await ClientAsync(api);

        var whole = await CallAsync(client, "get_history", ("quotes", "USD"), ("from", "2023-11-25"), ("providers", "ecb"));
        var cut = await CallAsync(client, "get_history", ("quotes", "USD"), ("from", "2023-11-24"), ("providers", "ecb"));
        var older = cut.GetProperty("leftOut").GetProperty("to").GetString()!;
        var rest = await CallAsync(client, "get_history", ("quotes", "USD"), ("from", "2023-11-24"), ("to", older), ("providers", "ecb"));

        Assert.False(whole.TryGetProperty("leftOut", out _));
        Assert.Equal("leftOut", cut.EnumerateObject().First().Name);
        Assert.Equal("2023-11-24", older);
        Assert.StartsWith(
            "This is not all that was asked for: the answer begins with 2023-11-25",
            cut.GetProperty("leftOut").GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(whole.GetProperty("answer").GetRawText(), cut.GetProperty("answer").GetRawText());
        Assert.False(rest.TryGetProperty("leftOut", out _));
    }

    [Theory]
    [InlineData("2025-09-22", "quotes=USD", "providers=ecb,boc,google", "from=1990-01-01")]
    [InlineData("2023-11-25", "quotes=USD", "providers=ecb,boc,google", "from=1990-01-01", "select=median")]
    [InlineData("2025-04-08", "quotes=USD,GBP", "providers=ecb", "from=1990-01-01")]
    [InlineData("2007-06-25", "quotes=USD", "providers=ecb", "from=1990-01-01", "group=week")]
    [InlineData("1943-05-01", "quotes=USD", "providers=ecb", "from=0001-01-01", "group=month")]
    [InlineData("0001-01-01", "quotes=USD", "providers=ecb", "from=0001-01-01", "to=0050-01-01", "group=month")]
    [InlineData("2023-11-25", "quotes=USD", "policy=vat-eu", "from=1990-01-01")]
    [InlineData("2023-12-02", "quotes=USD", "providers=ecb", "from=1990-01-01", "to=9999-12-31")]
    public async Task A_cut_history_begins_with_a_whole_day_week_or_month(string first, params string[] arguments)
    {
        await using var api = new ApiFixture();
        await using var client = await ClientAsync(api);

        var answer = await CallAsync(client, "get_history", Pairs(arguments));

        Assert.Equal(first, answer.GetProperty("answer").GetProperty("from").GetString());
    }

    [Fact]
    public async Task What_is_too_much_is_refused_with_how_to_ask_for_less()
    {
        var store = new InMemoryRates();
        string[] codes = [.. Enumerable.Range(0, CurrencyTable.Count).Select(ordinal => CurrencyTable.At(ordinal).Code)
            .Where(code => code != "EUR").Take(150)];
        foreach (var number in Enumerable.Range(10, 90))
        {
            store.Add(Sample.Known($"x{number}"));
            store.Publish(Sample.Sheet(
                $"x{number}", Sample.Today, Sample.Now, null, [.. codes.Select(code => $"EUR/{code} {number}.123456")]));
        }

        await using var api = new ApiFixture(store);
        await api.SettleAsync();
        await using var client = await ClientAsync(api);

        var rates = await ResultAsync(client, "get_rates", ("providers", "all"));
        var pair = await ResultAsync(client, "get_pair", ("base", "EUR"), ("quote", codes[0]));
        var history = await ResultAsync(client, "get_history", ("quotes", string.Join(',', codes)), ("providers", "all"));

        Assert.Equal((true, false, true), (rates.IsError == true, pair.IsError == true, history.IsError == true));
        Assert.EndsWith(
            " characters, more than the 150000 that a tool answers; name fewer quotes or fewer providers", TextOf(rates),
            StringComparison.Ordinal);
        Assert.Equal(
            "quotes: 150 quotes x 90 providers are more than the 1000 rates that are answered at once; ask for fewer", TextOf(history));
    }
}
