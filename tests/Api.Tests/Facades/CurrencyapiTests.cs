using System.Net;

namespace Rates.Api.Tests;

/// <summary>The interface of currencyapi.com.</summary>
public sealed class CurrencyapiTests
{
    [Fact]
    public async Task The_client_currencyapi_js_reads_every_answer()
    {
        ClientProgram.NeedsNode("@everapi/currencyapi-js");
        await using var api = await KestrelApi.StartAsync(FacadeSample.Store());

        ClientProgram.Compare(
            await ClientProgram.NodeAsync("currencyapi-js.mjs", api.Address),
            ("status", """{"quotas":{"month":{"total":2147483647,"used":0,"remaining":2147483647}}}"""),
            ("latest", """
                {"meta":{"last_updated_at":"2026-08-20T00:05:00Z"},"data":{"AED":{"code":"AED","value":3.6725},
                 "EUR":{"code":"EUR","value":0.859549596},"GBP":{"code":"GBP","value":0.7438542204},
                 "JPY":{"code":"JPY","value":147.1548908},"USD":{"code":"USD","value":1}}}
                """),
            ("latest in euros", """
                {"meta":{"last_updated_at":"2026-08-20T00:05:00Z"},"data":{"AED":{"code":"AED","value":4.270348837},
                 "USD":{"code":"USD","value":1.1634}}}
                """),
            ("historical, a Sunday", """
                {"meta":{"last_updated_at":"2026-08-16T23:59:59Z"},"data":{"JPY":{"code":"JPY","value":170.5}}}
                """),
            ("range", """
                {"data":[{"datetime":"2026-08-16T23:59:59Z","currencies":{"USD":{"code":"USD","value":1.16}}},
                 {"datetime":"2026-08-17T23:59:59Z","currencies":{"USD":{"code":"USD","value":1.1605}}}]}
                """),
            ("convert", """{"meta":{"last_updated_at":"2026-08-20T14:02:11Z"},"data":{"USD":{"code":"USD","value":13.9608}}}"""),
            ("currencies", """
                {"data":{"JPY":{"symbol":"JPY","name":"Japanese yen","symbol_native":"JPY","decimal_digits":0,"rounding":0,"code":"JPY",
                 "name_plural":"Japanese yen"}}}
                """),
            ("unknown currency", """
                {"message":"Validation error","errors":{"base_currency":["The selected base currency is invalid."]}}
                """));
    }

    [Theory]
    [InlineData("historical?date=2026-08-17T23:30:00-04:00&currencies=EUR", "2026-08-18T23:59:59Z")]
    [InlineData("historical?date=2026-08-17 10:00&currencies=EUR", "2026-08-17T23:59:59Z")]
    [InlineData("historical?date=2026-08-17T10:00:00.123Z&currencies=EUR&type=fiat", "2026-08-17T23:59:59Z")]
    public async Task An_instant_stands_for_its_day_in_utc(string path, string day)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        var answer = await api.JsonAsync($"/currencyapi/v3/{path}");

        Assert.Equal(day, answer.GetProperty("meta").GetProperty("last_updated_at").GetString());
        Assert.Equal("EUR", Assert.Single(answer.GetProperty("data").EnumerateObject()).Name);
    }

    [Fact]
    public async Task A_type_leaves_out_currencies_of_other_kinds()
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        Assert.Equal("""{"data":{}}""", await api.TextAsync("/currencyapi/v3/currencies?type=crypto"));
    }

    [Theory]
    [InlineData("latest?currencies=EUR,XYZ", 422, """{"message":"Validation error","errors":{"currencies":""")]
    [InlineData("historical", 422, """{"message":"Validation error","errors":{"date":["The date field is required."]}}""")]
    [InlineData("historical?date=2027-01-01", 422, """{"message":"Validation error","errors":{"date":""")]
    [InlineData("historical?date=03/04/2026", 422, """{"message":"Validation error","errors":{"date":""")]
    [InlineData("historical?date=5", 422, """{"message":"Validation error","errors":{"date":""")]
    [InlineData("currencies?type=stone", 422, """{"message":"Validation error","errors":{"type":["The selected type is invalid."]}}""")]
    [InlineData("convert?value=x", 422, """{"message":"Validation error","errors":{"value":""")]
    [InlineData("range?datetime_start=2026-08-20&datetime_end=2026-08-01", 422,
        """{"message":"Validation error","errors":{"datetime_end":""")]
    [InlineData("none", 404, """{"message":""")]
    public async Task A_refusal_has_the_status_and_the_shape_of_the_original(string path, int status, string start)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        using var response = await api.GetAsync($"/currencyapi/v3/{path}");

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith(start, body, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
    }
}
