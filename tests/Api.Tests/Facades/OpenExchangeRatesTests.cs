using System.Net;

namespace Rates.Api.Tests;

/// <summary>The interface of Open Exchange Rates.</summary>
public sealed class OpenExchangeRatesTests
{
    private const string Head = """
        {"disclaimer":"Figures of European Central Bank, ExchangeRate-API","license":"/v1/providers lists the terms of each provider",
        """;

    [Fact]
    public async Task The_client_open_exchange_rates_reads_every_answer_and_feeds_money()
    {
        ClientProgram.NeedsNode("open-exchange-rates", "money");
        await using var api = await KestrelApi.StartAsync(FacadeSample.Store());

        const string Latest = """
            {"base":"USD","rates":{"AED":3.6725,"EUR":0.859549596,"GBP":0.7438542204,"JPY":147.1548908,"USD":1},
             "at":"2026-08-20T00:05:00.000Z"}
            """;
        ClientProgram.Compare(
            await ClientProgram.NodeAsync("open-exchange-rates.js", api.Address),
            ("latest", Latest),
            ("money", "20.254709881552078"),
            ("historical, a Saturday", """
                {"base":"USD","rates":{"EUR":0.8620689655,"GBP":0.7439655172,"JPY":146.9827586,"USD":1},"at":"2026-08-15T23:59:59.000Z"}
                """),
            ("load", Latest),
            ("no data", """{"failed":"400 (not_available): There are no rates of USD on 1066-10-14"}"""));
    }

    [Theory]
    [InlineData("latest.json?symbols=EUR,XXQ", """
        "timestamp":1787234531,"base":"USD","rates":{"EUR":0.859549596}}
        """)]
    [InlineData("latest.json?base=eur&symbols=USD,AED", """
        "timestamp":1787184300,"base":"EUR","rates":{"AED":4.270348837,"USD":1.1634}}
        """)]
    [InlineData("historical/2026-08-19.json?base=EUR&symbols=JPY", """
        "timestamp":1787183999,"base":"EUR","rates":{"JPY":171.00}}
        """)]
    [InlineData("time-series.json?start=2026-08-14&end=2026-08-17&base=EUR&symbols=GBP", """
        "start_date":"2026-08-14","end_date":"2026-08-17","base":"EUR","rates":{"2026-08-14":{"GBP":0.8630},"2026-08-15":{"GBP":0.8630},
        "2026-08-16":{"GBP":0.8630},"2026-08-17":{"GBP":0.8635}}}
        """)]
    [InlineData("convert/100/EUR/USD", """
        "request":{"query":"/convert/100/EUR/USD","amount":100,"from":"EUR","to":"USD"},
        "meta":{"timestamp":1787234531,"rate":1.1634},"response":116.34}
        """)]
    public async Task An_answer_has_the_shape_and_the_published_digits(string path, string expected)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        Assert.Equal(Lines(Head + expected), await api.TextAsync($"/oxr/api/{path}"));
    }

    [Theory]
    [InlineData("latest.json?base=XYZ", 400, "invalid_base")]
    [InlineData("historical/2026-13-01.json", 400, "invalid_date")]
    [InlineData("historical/2027-01-01.json", 400, "invalid_date")]
    [InlineData("time-series.json?start=2026-08-14", 400, "invalid_date")]
    [InlineData("convert/x/EUR/USD", 400, "invalid_value")]
    [InlineData("latest.json?base=THB", 400, "not_available")]
    [InlineData("latest.json?base=EUR&symbols=THB", 400,
        "not_available\",\"description\":\"There are no rates of EUR in any of the symbols")]
    [InlineData("usage.json", 404, "not_found")]
    public async Task A_refusal_has_the_code_of_the_original(string path, int status, string code)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        using var response = await api.GetAsync($"/oxr/api/{path}");

        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith($$"""{"error":true,"status":{{status}},"message":"{{code}}""", body, StringComparison.Ordinal);
        Assert.Contains("\",\"description\":\"", body, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
    }

    [Fact]
    public async Task An_answer_may_be_indented_and_be_the_argument_of_a_function()
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        var script = await api.TextAsync("/oxr/api/currencies.json?callback=show.names");
        var indented = await api.TextAsync("/oxr/api/latest.json?symbols=EUR&prettyprint=true");
        using var plain = await api.GetAsync("/oxr/api/currencies.json?callback=alert(1)//");

        Assert.Equal(
            """/**/show.names({"AED":"United Arab Emirates dirham","EUR":"Euro","GBP":"Pound sterling","JPY":"Japanese yen",""" +
            """ "USD":"US dollar"});""".TrimStart(),
            script);
        Assert.Contains("\n  \"base\": \"USD\",\n", indented, StringComparison.Ordinal);
        Assert.Equal("application/json", plain.Content.Headers.ContentType!.MediaType);
    }

    private static string Lines(string text) => text.ReplaceLineEndings("").Trim();
}
