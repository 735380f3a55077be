using System.Net;

namespace Rates.Api.Tests;

/// <summary>The interface of Frankfurter.</summary>
public sealed class FrankfurterTests
{
    [Fact]
    public async Task The_client_frankfurter_js_reads_every_answer()
    {
        ClientProgram.NeedsNode("frankfurter-js");
        await using var api = await KestrelApi.StartAsync(FacadeSample.Store());

        ClientProgram.Compare(
            await ClientProgram.NodeAsync("frankfurter-js.js", api.Address),
            ("rates of one provider", """
                [{"date":"2026-08-20","base":"EUR","quote":"GBP","rate":0.8654},
                 {"date":"2026-08-20","base":"EUR","quote":"USD","rate":1.1634}]
                """),
            ("latest", """
                [{"date":"2026-08-20","base":"EUR","quote":"EUR","rate":1},{"date":"2026-08-20","base":"EUR","quote":"GBP","rate":0.8654},
                 {"date":"2026-08-20","base":"EUR","quote":"JPY","rate":171.2},
                 {"date":"2026-08-20","base":"EUR","quote":"USD","rate":1.1634}]
                """),
            ("latest in dollars", """[{"date":"2026-08-20","base":"USD","quote":"EUR","rate":0.859549596}]"""),
            ("historical, a Saturday", """
                [{"date":"2026-08-14","base":"EUR","quote":"JPY","rate":170.5},{"date":"2026-08-14","base":"EUR","quote":"USD","rate":1.16}]
                """),
            ("range", """
                [{"date":"2026-08-14","base":"EUR","quote":"USD","rate":1.16},
                 {"date":"2026-08-17","base":"EUR","quote":"USD","rate":1.1605},
                 {"date":"2026-08-18","base":"EUR","quote":"USD","rate":1.161}]
                """),
            ("range by week", """[{"date":"2026-08-10","base":"EUR","quote":"USD","rate":1.159}]"""),
            ("two providers", """
                [{"date":"2026-08-20","base":"EUR","quote":"USD","rate":1.163334864}]
                """),
            ("currencies", """
                {"iso_code":"JPY","iso_numeric":"392","name":"Japanese yen","symbol":"JPY",
                 "start_date":"1999-01-04","end_date":"2026-08-20"}
                """),
            ("all currencies", """["AED","CAD","EUR","GBP","JPY","USD"]"""),
            ("providers", """
                {"key":"ECB","name":"European Central Bank","country_code":"EU","rate_type":"reference rate","pivot_currency":"EUR",
                 "data_url":"https://ecb.example/rates","terms_url":"https://www.ecb.europa.eu/services/disclaimer/html/index.en.html",
                 "start_date":"1999-01-04","end_date":"2026-08-20","publish_cadence":"daily","publishes_missed":0,
                 "currencies":["EUR","GBP","JPY","USD"]}
                """),
            ("unknown currency", """{"failed":"Frankfurter API request failed with 422 Unprocessable Entity","status":422}"""),
            ("class of the error", """[true,{"status":422,"message":"invalid currency: XYZ"}]"""));
    }

    [Theory]
    [InlineData("latest", """{"amount":1.0,"base":"EUR","date":"2026-08-20","rates":{"GBP":0.8654,"JPY":171.20,"USD":1.1634}}""")]
    [InlineData("v1/latest?symbols=usd,xxq", """{"amount":1.0,"base":"EUR","date":"2026-08-20","rates":{"USD":1.1634}}""")]
    [InlineData("v1/current?from=USD&to=GBP&base=JPY", """{"amount":1.0,"base":"USD","date":"2026-08-20","rates":{"GBP":0.7438542204}}""")]
    [InlineData("v1/latest?amount=2.50&to=USD", """{"amount":2.5,"base":"EUR","date":"2026-08-20","rates":{"USD":2.9085}}""")]
    [InlineData("v1/2026-08-16?to=USD", """{"amount":1.0,"base":"EUR","date":"2026-08-14","rates":{"USD":1.1600}}""")]
    [InlineData("v1/2030-01-01?to=USD", """{"amount":1.0,"base":"EUR","date":"2026-08-20","rates":{"USD":1.1634}}""")]
    [InlineData("v1/2026-08-16..2026-08-18?to=USD",
        """{"amount":1.0,"base":"EUR","start_date":"2026-08-14","end_date":"2026-08-""" +
        """18","rates":{"2026-08-14":{"USD":1.1600},"2026-08-17":{"USD":1.1605},"2026-08-18":{"USD":1.1610}}}""")]
    [InlineData("2026-08-19..?to=JPY&amount=10",
        """{"amount":10.0,"base":"EUR","start_date":"2026-08-19","end_date":"2026-08-""" +
        """20","rates":{"2026-08-19":{"JPY":1710},"2026-08-20":{"JPY":1712}}}""")]
    [InlineData("currencies", """{"EUR":"Euro","GBP":"Pound sterling","JPY":"Japanese yen","USD":"US dollar"}""")]
    [InlineData("v2/rate/usd/eur", """{"date":"2026-08-20","base":"USD","quote":"EUR","rate":0.859549596}""")]
    [InlineData("v2/providers/boc/rate/USD/CAD", """{"date":"2026-08-19","base":"USD","quote":"CAD","rate":1.3836}""")]
    [InlineData("v2/rates?date=1990-01-01", "[]")]
    [InlineData("v1/",
        """{"version":"v1","status":"frozen","openapi":"https://api.frankfurter.dev/v1/openapi.json","docs":"https://frankfurter.dev"}""")]
    [InlineData("v2",
        """{"version":"v2","status":"current","openapi":"https://api.frankfurter.dev/v2/openapi.json","docs":"https://frankfurter.dev"}""")]
    public async Task An_answer_has_the_shape_and_the_published_digits(string path, string expected)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        Assert.Equal(expected, await api.TextAsync($"/frankfurter/{path}"));
    }

    [Theory]
    [InlineData("v1/latest?base=XYZ", 404, """{"message":"not found"}""")]
    [InlineData("v1/latest?symbols=XYZ", 404, """{"message":"not found"}""")]
    [InlineData("v1/latest?from=EUR&to=EUR", 422, """{"message":"bad currency pair"}""")]
    [InlineData("v1/latest?amount=-1", 422, """{"message":"invalid amount"}""")]
    [InlineData("v1/2026-02-30", 422, """{"message":"invalid date"}""")]
    [InlineData("v1/1990-01-01", 404, """{"message":"not found"}""")]
    [InlineData("v1/2031-01-01..", 404, """{"message":"not found"}""")]
    [InlineData("v1/what/ever", 404, """{"message":"not found"}""")]
    [InlineData("latest?base=XYZ", 404, """{"message":"not found"}""")]
    [InlineData("1990-01-01", 404, """{"message":"not found"}""")]
    [InlineData("2026-02-30..", 422, """{"message":"invalid date"}""")]
    [InlineData("whatever", 404, """{"status":404,"message":"not found"}""")]
    [InlineData("", 404, """{"status":404,"message":"not found"}""")]
    [InlineData("v3/rates", 404, """{"status":404,"message":"not found"}""")]
    [InlineData("v2/rates?symbols=USD", 422, """{"status":422,"message":"unknown parameter: symbols"}""")]
    [InlineData("v2/rates?date=2026-08-20&from=2026-08-19", 422, """{"status":422,"message":"conflicting params"}""")]
    [InlineData("v2/rates?to=2026-08-19", 422, """{"status":422,"message":"to needs from"}""")]
    [InlineData("v2/rates?date=yesterday", 422, """{"status":422,"message":"invalid date"}""")]
    [InlineData("v2/rates?from=2026-08-19&group=year", 422, """{"status":422,"message":"invalid group"}""")]
    [InlineData("v2/providers/ecb/rates?providers=BOC", 422,
        """{"status":422,"message":"providers is implied by the route; drop the parameter"}""")]
    [InlineData("v2/currencies.csv", 406, """{"status":406,"message":"only rates are answered as CSV"}""")]
    [InlineData("v2/currency/USD.csv", 406, """{"status":406,"message":"only rates are answered as CSV"}""")]
    [InlineData("v2/providers.csv", 406, """{"status":406,"message":"only rates are answered as CSV"}""")]
    [InlineData("v2/providers/ECB.csv", 406, """{"status":406,"message":"only rates are answered as CSV"}""")]
    [InlineData("v2/providers/nobody", 404, """{"status":404,"message":"not found"}""")]
    [InlineData("v2/rate/EUR/THB", 404, """{"status":404,"message":"not found"}""")]
    public async Task A_refusal_has_the_status_and_the_text_of_the_original(string path, int status, string expected)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        using var response = await api.GetAsync($"/frankfurter/{path}");

        Assert.Equal(expected, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Rows_come_as_CSV_and_as_lines_and_an_entity_tag_saves_the_body()
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        Assert.Equal(
            "date,base,quote,rate\n2026-08-20,EUR,GBP,0.8654\n2026-08-20,EUR,JPY,171.20\n",
            await api.TextAsync("/frankfurter/v2/rates.csv?quotes=GBP,JPY"));
        Assert.Equal(
            "date,base,quote,rate,providers\n2026-08-20,EUR,USD,1.1634,ECB:1.1634\n",
            await api.TextAsync("/frankfurter/v2/rates?quotes=USD&expand=providers", ("Accept", "text/csv")));
        Assert.Equal(
            """{"date":"2026-08-20","base":"EUR","quote":"JPY","rate":171.20}""" + "\n",
            await api.TextAsync("/frankfurter/v2/rates?quotes=JPY", ("Accept", "application/x-ndjson")));
        Assert.Equal(
            """[{"date":"2026-08-20","base":"EUR","quote":"USD","rate":1.163334864,"providers":[{"key":"ECB","date":"2026-08-20",""" +
            """ "rate":1.1634},{"key":"BOC","date":"2026-08-19","rate":1.163269731}]}]""".TrimStart(),
            await api.TextAsync("/frankfurter/v2/rates?quotes=USD&providers=ecb,BOC&expand=providers"));
        using var first = await api.GetAsync("/frankfurter/v1/latest");
        using var again = await api.GetAsync("/frankfurter/v1/latest", ("If-None-Match", first.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal("*", Assert.Single(first.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task The_figures_are_those_of_our_own_answers()
    {
        await using var api = new ApiFixture(FacadeSample.Store(), ("Rates:Api:Facades:Frankfurter", "ecb,erapi"));

        foreach (var day in (string[])["", "&date=2026-08-18"])
        {
            var own = await api.JsonAsync($"/v1/rates?base=GBP&providers=ecb,erapi&select=first{day}");
            var rows = await api.JsonAsync($"/frankfurter/v2/rates?base=GBP{day}");

            Assert.Equal(
                own.GetProperty("rates").EnumerateObject().Select(rate => (rate.Name, rate.Value.GetProperty("rate").GetRawText(),
                    rate.Value.GetProperty("newest").GetString())),
                rows.EnumerateArray().Where(row => row.GetProperty("quote").GetString() != "GBP").Select(row => (
                    row.GetProperty("quote").GetString()!, row.GetProperty("rate").GetRawText(), row.GetProperty("date").GetString())));
        }

        var history = await api.JsonAsync("/v1/history?base=GBP&providers=ecb&quotes=USD&from=2026-08-12&to=2026-08-20");
        var range = await api.JsonAsync("/frankfurter/v1/2026-08-12..2026-08-20?base=GBP&symbols=USD");
        Assert.Equal(
            history.GetProperty("series")[0].GetProperty("rates").EnumerateArray().Select(rate => rate.GetRawText()),
            range.GetProperty("rates").EnumerateObject().Select(day => day.Value.GetProperty("USD").GetRawText()));
    }
}
