using System.Net;

namespace Rates.Api.Tests;

public sealed partial class QueryErrorTests
{
    [Theory]
    [InlineData("/v1/rates?date=0001-01-05")]
    [InlineData("/v1/rates?date=0001-01-01&select=median")]
    [InlineData("/v1/rates/EUR/USD?date=0001-01-05")]
    [InlineData("/v1/history?to=0001-01-05&quotes=USD")]
    [InlineData("/v1/history?from=9999-12-30&to=9999-12-31&quotes=USD&group=month")]
    public async Task Days_at_both_ends_of_the_calendar_have_no_rates_and_no_failure(string address)
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync(address);

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.NotFound });
    }

    [Theory]
    [InlineData("/v1/rates?providers=ECB&quotes=USD")]
    [InlineData("/v1/rates?providers=Ecb,BOC&quotes=USD")]
    [InlineData("/v1/rates?providers=ALL&quotes=USD")]
    [InlineData("/v1/providers/ECB")]
    [InlineData("/providers/ECB")]
    public async Task Provider_keys_are_read_in_any_case(string address)
    {
        await using var api = new ApiFixture();

        Assert.Contains("European Central Bank", await api.TextAsync(address), StringComparison.Ordinal);
    }

    // Whatever is described: a parameter that is added later is tried as well.
    [Fact]
    public async Task An_empty_value_is_refused_wherever_a_parameter_is_taken()
    {
        await using var api = new ApiFixture();
        var paths = (await api.JsonAsync("/openapi/v1.json")).GetProperty("paths");
        var reads =
            from path in paths.EnumerateObject()
            where !path.Name.StartsWith("/v1/ops/", StringComparison.Ordinal) && path.Value.TryGetProperty("get", out _)
            let get = path.Value.GetProperty("get")
            where get.TryGetProperty("parameters", out _)
            let given = get.GetProperty("parameters").EnumerateArray().Where(one => one.GetProperty("in").GetString() == "query")
                .Select(one => (Name: one.GetProperty("name").GetString()!, IsNeeded: one.TryGetProperty("required", out var needed)
                    && needed.GetBoolean())).ToList()
            from parameter in given
            let others = given.Where(one => one.IsNeeded && one.Name != parameter.Name).Select(one => $"{one.Name}=USD")
            select (Address: $"{path.Name}?{string.Join('&', [.. others, $"{parameter.Name}="])}", parameter.Name);
        var count = 0;
        foreach (var (address, name) in reads)
        {
            var filled = address.Replace("{base}", "EUR", StringComparison.Ordinal).Replace("{quote}", "USD", StringComparison.Ordinal)
                .Replace("{code}", "USD", StringComparison.Ordinal).Replace("{key}", "ecb", StringComparison.Ordinal);
            var problem = await api.ProblemAsync(filled, HttpStatusCode.BadRequest);

            Assert.Equal((name, ""), (problem.GetProperty("parameter").GetString(), problem.GetProperty("value").GetString()));
            count++;
        }

        Assert.True(count > 60, $"{count}");
    }

    [Theory]
    [InlineData("/v1/rates?policy=", HttpStatusCode.BadRequest, "is not the name of a policy")]
    [InlineData("/v1/rates?policy=a%20b", HttpStatusCode.BadRequest, "is not the name of a policy")]
    [InlineData("/v1/rates?policy=NONE", HttpStatusCode.NotFound, "is no known policy")]
    public async Task What_no_policy_can_be_called_is_no_unknown_one(string address, HttpStatusCode status, string detail)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync(address, status);

        Assert.Contains(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/rates?provider=ecb", "did you mean providers? known are base, quotes,")]
    [InlineData("/v1/rates?quotes[]=USD", "did you mean quotes? known are")]
    [InlineData("/v1/convert?FROM=EUR&to=USD", "did you mean from? known are")]
    [InlineData("/v1/rates?symbols=USD", "here; known are base, quotes,")]
    public async Task A_name_that_begins_like_a_parameter_is_answered_with_it(string address, string hint)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync(address, HttpStatusCode.BadRequest);

        Assert.Contains(hint, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/rates?base=EURO", "base", "EURO")]
    [InlineData("/v1/rates?base=E%00R", "base", "E\0R")]
    [InlineData("/v1/rates?base=%E2%82%AC%E2%82%AC%E2%82%AC", "base", "€€€")]
    [InlineData("/v1/rates?base=", "base", "")]
    [InlineData("/v1/rates?quotes=USD,,GBP", "quotes", "")]
    [InlineData("/v1/rates?quotes=USD;GBP", "quotes", "USD;GBP")]
    [InlineData("/v1/rates?providers=", "providers", "")]
    [InlineData("/v1/rates?providers=ecb,a%20b", "providers", "a b")]
    [InlineData("/v1/rates?select=best", "select", "best")]
    [InlineData("/v1/rates?date=20.08.2026", "date", "20.08.2026")]
    [InlineData("/v1/rates?date=2026-02-30", "date", "2026-02-30")]
    [InlineData("/v1/rates?date=2027-01-01", "date", "2027-01-01")]
    [InlineData("/v1/rates?format=pdf", "format", "pdf")]
    [InlineData("/v1/rates?numbers=float", "numbers", "float")]
    [InlineData("/v1/rates?symbols=USD", "symbols", null)]
    [InlineData("/v1/rates?quotes[]=USD", "quotes[]", null)]
    [InlineData("/v1/rates?=USD", "=", null)]
    [InlineData("/v1/rates?base=EUR&base=USD", "base", null)]
    [InlineData("/v1/rates?base=EUR&BASE=USD", "BASE", null)]
    [InlineData("/v1/rates/EURO/USD", "base", "EURO")]
    [InlineData("/v1/rates/EUR/USD?base=EUR", "base", null)]
    [InlineData("/v1/convert?from=EUR", "to", null)]
    [InlineData("/v1/convert?from=EUR&to=USD&amount=1,5", "amount", "1,5")]
    [InlineData("/v1/convert?from=EUR&to=USD&amount=1e3", "amount", "1e3")]
    [InlineData("/v1/convert?from=EUR&to=USD&amount=79228162514264337593543950335", "amount", "79228162514264337593543950335")]
    [InlineData("/v1/convert?from=EUR&to=USD&round=13", "round", "13")]
    [InlineData("/v1/convert?from=EUR&to=USD&round=-1", "round", "-1")]
    [InlineData("/v1/history?from=2026-08-20&to=2026-08-01", "from", "2026-08-20")]
    [InlineData("/v1/history?group=year", "group", "year")]
    [InlineData("/v1/providers?base=EUR", "base", null)]
    [InlineData("/v1/events?base=EUR", "base", null)]
    [InlineData("/health/ready?x=1", "x", null)]
    public async Task A_bad_parameter_is_400_and_is_named_with_its_value(string address, string parameter, string? value)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync(address, HttpStatusCode.BadRequest);

        Assert.Equal(parameter, problem.GetProperty("parameter").GetString());
        Assert.Equal(value, problem.TryGetProperty("value", out var named) ? named.GetString() : null);
        Assert.Contains(parameter, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/rates?base=QQQ", "base", "QQQ")]
    [InlineData("/v1/rates?providers=nobody", "providers", "nobody")]
    [InlineData("/v1/rates?providers=ecb&quotes=THB", "quotes", "THB")]
    [InlineData("/v1/rates?providers=ecb&base=THB", "base", "THB")]
    [InlineData("/v1/rates?providers=ecb&base=THB&select=median", "base", "THB")]
    [InlineData("/v1/rates/EUR/THB", "quote", "THB")]
    [InlineData("/v1/convert?from=EUR&to=THB", "to", "THB")]
    [InlineData("/v1/providers/nobody", "key", "nobody")]
    [InlineData("/v1/currencies/QQQ", "code", "QQQ")]
    public async Task What_does_not_exist_is_404_and_is_named(string address, string parameter, string value)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync(address, HttpStatusCode.NotFound);

        Assert.Equal(parameter, problem.GetProperty("parameter").GetString());
        Assert.Equal(value, problem.GetProperty("value").GetString());
    }

    [Theory]
    [InlineData("/v1/rates?date=2026-08-28")]
    [InlineData("/v1/rates/EUR/USD?date=2026-08-28")]
    [InlineData("/v1/convert?from=EUR&to=USD&date=2026-08-28")]
    [InlineData("/v1/convert?from=EUR&to=USD&policy=vat-eu&date=2026-08-28")]
    public async Task A_day_that_is_too_late_is_refused_with_the_last_one_that_is_not(string address)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync(address, HttpStatusCode.BadRequest);

        Assert.Equal(
            "date: '2026-08-28' lies in the future: days up to 2026-08-27, 7 days after today, are answered",
            problem.GetProperty("detail").GetString());
        using var last = await api.GetAsync(address.Replace("08-28", "08-27", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
    }

    private const string Gone =
        "none of them has figures of 2010-06-01 or the days before it; DEM ended on 2002-02-28, EUR replaced it";

    [Theory]
    [InlineData("/v1/rates?base=DEM&providers=ecb&date=2001-06-01")]
    [InlineData("/v1/rates?base=DEM&providers=ecb,boc&date=2001-06-01&select=median")]
    [InlineData("/v1/rates/DEM/USD?date=2001-06-01")]
    public async Task Without_figures_of_a_day_in_the_life_of_a_currency_providers_are_told_with_their_reasons(string address)
    {
        await using var api = new ApiFixture();

        Assert.Contains("nothing is stored of 2001-05-18 to 2001-06-01", await api.TextAsync(address), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/rates?quotes=DEM", "; DEM ended on 2002-02-28, EUR replaced it")]
    [InlineData("/v1/rates?base=DEM", "; DEM ended on 2002-02-28, EUR replaced it")]
    [InlineData("/v1/rates/DEM/USD", "; DEM ended on 2002-02-28, EUR replaced it")]
    [InlineData("/v1/convert?from=EUR&to=DEM", "; DEM ended on 2002-02-28, EUR replaced it")]
    [InlineData("/v1/rates?quotes=THB", "asked")]
    [InlineData("/v1/rates?base=DEM&providers=ecb&date=2010-06-01", Gone)]
    [InlineData("/v1/rates?base=DEM&providers=ecb&date=2010-06-01&format=csv", Gone)]
    [InlineData("/v1/rates?base=DEM&providers=ecb,boc&date=2010-06-01&select=median", Gone)]
    [InlineData(
        "/v1/rates?quotes=DEM,GRD&providers=ecb&date=2010-06-01&select=first",
        "none of them has figures of 2010-06-01 or the days before it")]
    [InlineData("/v1/rates/DEM/USD?date=2010-06-01", Gone)]
    [InlineData("/v1/convert?from=DEM&to=USD&date=2010-06-01", Gone)]
    [InlineData("/v1/rates?base=DEM&policy=vat-eu&date=2010-06-01", Gone)]
    public async Task A_currency_that_has_ended_is_refused_with_its_last_day(string address, string end)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync(address, HttpStatusCode.NotFound);

        Assert.EndsWith(end, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/ops")]
    [InlineData("/v1/ops/nothing")]
    [InlineData("/V1/OPS/declared/ecb")]
    public async Task What_there_is_for_operators_is_told_to_nobody_else(string address)
    {
        await using var api = new ApiFixture();

        await api.ProblemAsync(address, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_unknown_address_is_404_and_a_wrong_method_405()
    {
        await using var api = new ApiFixture();

        await api.ProblemAsync("/v2/rates", HttpStatusCode.NotFound);
        using var posted = await api.CreateClient().PostAsync("/v1/rates", null, TestContext.Current.CancellationToken);
        await ApiFixture.ProblemIn(posted, HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task What_nobody_foresaw_is_a_500_that_tells_nothing_of_the_inside()
    {
        var store = Sample.Store();
        store.IsBroken = true;
        var log = new LogLines();
        await using var api = new ApiFixture(store)
        {
            Change = services => services.AddLogging(logging => logging.AddProvider(log)),
        };

        var problem = await api.ProblemAsync("/v1/history?providers=ecb&quotes=USD", HttpStatusCode.InternalServerError);

        Assert.DoesNotContain("hunter2", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", problem.GetRawText(), StringComparison.Ordinal);
        var id = problem.GetProperty("requestId").GetString()!;
        Assert.Contains(
            log.Lines, line => line.Contains(id, StringComparison.Ordinal) && line.Contains("/v1/history", StringComparison.Ordinal));
        await api.TextAsync("/v1/rates");
    }
}
