using System.Net;

namespace Rates.Api.Tests;

/// <summary>The interfaces of Fixer, exchangeratesapi.io and exchangerate.host.</summary>
public sealed class FixerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_client_fixer_api_reads_every_answer()
    {
        ClientProgram.NeedsNode("fixer-api");
        await using var api = await KestrelApi.StartAsync(FacadeSample.Store());

        ClientProgram.Compare(
            await ClientProgram.NodeAsync("fixer-api.js", api.Address),
            ("latest", """
                {"success":true,"timestamp":1787184300,"base":"EUR","date":"2026-08-20",
                 "rates":{"AED":4.270348837,"EUR":1,"GBP":0.8654,"JPY":171.2,"USD":1.1634}}
                """),
            ("latest, base and symbols", """
                {"success":true,"timestamp":1787184300,"base":"USD","date":"2026-08-20","rates":{"AED":3.6725,"EUR":0.859549596}}
                """),
            ("a day as text", """
                {"success":true,"timestamp":1787183999,"historical":true,"base":"EUR","date":"2026-08-19","rates":{"USD":1.1622}}
                """),
            ("a day as Date, a Sunday", """
                {"success":true,"timestamp":1786924799,"historical":true,"base":"EUR","date":"2026-08-16","rates":{"JPY":170.5,"USD":1.16}}
                """),
            ("symbols", """
                {"success":true,"symbols":{"AED":"United Arab Emirates dirham","EUR":"Euro",
                 "GBP":"Pound sterling","JPY":"Japanese yen","USD":"US dollar"}}
                """),
            ("convert", """
                {"success":true,"query":{"from":"GBP","to":"JPY","amount":25},"info":{"timestamp":1787234531,"rate":197.8275942},
                 "historical":false,"date":"2026-08-20","result":4945.689854402588}
                """),
            ("convert on a day", """
                {"success":true,"query":{"from":"EUR","to":"USD","amount":10},"info":{"timestamp":1786751999,"rate":1.16},
                 "historical":true,"date":"2026-08-14","result":11.6}
                """),
            ("timeseries", """
                {"success":true,"timeseries":true,"start_date":"2026-08-14","end_date":"2026-08-17","base":"EUR",
                 "rates":{"2026-08-14":{"USD":1.16},"2026-08-15":{"USD":1.16},"2026-08-16":{"USD":1.16},"2026-08-17":{"USD":1.1605}}}
                """),
            ("unknown base", """{"failed":"invalid_base_currency: There is no such base currency."}"""));
    }

    [Fact]
    public async Task The_client_exchange_rates_api_reads_every_answer()
    {
        ClientProgram.NeedsNode("exchange-rates-api");
        await using var api = await KestrelApi.StartAsync(FacadeSample.Store());

        ClientProgram.Compare(
            await ClientProgram.NodeAsync("exchange-rates-api.js", api.Address),
            ("latest", """{"AED":4.270348837,"GBP":0.8654,"JPY":171.2,"USD":1.1634}"""),
            ("latest, one symbol", "1.1634"),
            ("latest in dollars", """{"EUR":0.859549596,"GBP":0.7438542204}"""),
            ("at, a Sunday", """{"JPY":170.5,"USD":1.16}"""),
            ("history", """
                {"2026-08-14":{"GBP":0.863,"USD":1.16},"2026-08-17":{"GBP":0.8635,"USD":1.1605},"2026-08-18":{"GBP":0.864,"USD":1.161}}
                """),
            ("average", "1.16075"),
            ("unknown path", """{"failed":"Couldn't fetch the exchange rate, API returned a bad response (HTTP 404)"}"""),
            ("convert", "1720.874204"));
    }

    [Fact]
    public async Task The_client_easy_currencies_converts_over_five_services()
    {
        ClientProgram.NeedsNode("easy-currencies");
        await using var api = await KestrelApi.StartAsync(FacadeSample.Store());

        ClientProgram.Compare(
            await ClientProgram.NodeAsync("easy-currencies.js", api.Address),
            ("Frankfurter: 15 dollars in euros", "12.89324394"),
            ("OpenExchangeRates: 15 dollars in euros", "12.89324394"),
            ("Fixer: 15 dollars in euros", "12.89324394"),
            ("ExchangeRatesAPIIO: 15 dollars in euros", "12.89324394"),
            ("CurrencyLayer: 15 dollars in euros", "12.89324394"),
            ("Frankfurter: unknown currency", """{"failed":"Currency not found or not supported by Frankfurter."}"""));
    }

    [Theory]
    [InlineData("fixer/api/fluctuation?start_date=2026-08-14&end_date=2026-08-19&symbols=USD", """
        {"success":true,"fluctuation":true,"start_date":"2026-08-14","end_date":"2026-08-19","base":"EUR",
        "rates":{"USD":{"start_rate":1.1600,"end_rate":1.1622,"change":0.0022,"change_pct":0.189655}}}
        """)]
    [InlineData("exchangeratesapi/v1/latest?symbols=JPY&access_key=a", """
        {"success":true,"timestamp":1787234531,"base":"EUR","date":"2026-08-20","rates":{"JPY":171.20}}
        """)]
    [InlineData("exchangeratesapi/2026-08-19?base=JPY&symbols=JPY", """{"rates":{"JPY":1},"base":"JPY","date":"2026-08-19"}""")]
    [InlineData("exchangeratesapi/history?start_at=2026-08-20&end_at=2026-08-20&base=GBP&symbols=GBP,EUR", """
        {"rates":{"2026-08-20":{"EUR":1.155535013,"GBP":1}},"start_at":"2026-08-20","base":"GBP","end_at":"2026-08-20"}
        """)]
    [InlineData("exchangeratesapi/2026-08-16?symbols=JPY", """{"rates":{"JPY":170.50},"base":"EUR","date":"2026-08-14"}""")]
    [InlineData("exchangerate-host/latest?base=USD&symbols=AED&amount=100&places=1", """
        {"motd":{"msg":"Answered by Rates","url":"/v1/providers"},"success":true,"base":"USD","date":"2026-08-20","rates":{"AED":367.3}}
        """)]
    [InlineData("exchangerate-host/convert?from=EUR&to=USD&amount=2", """
        {"motd":{"msg":"Answered by Rates","url":"/v1/providers"},"success":true,"query":{"from":"EUR","to":"USD","amount":2},
        "info":{"timestamp":1787234531,"rate":1.1634,"quote":1.1634},"historical":false,"date":"2026-08-20","result":2.3268}
        """)]
    [InlineData("exchangerate-host/convert?from=USD&to=EUR&amount=5&places=2", """
        {"motd":{"msg":"Answered by Rates","url":"/v1/providers"},"success":true,"query":{"from":"USD","to":"EUR","amount":5},
        "info":{"timestamp":1787234531,"rate":0.859549596,"quote":0.859549596},"historical":false,"date":"2026-08-20","result":4.30}
        """)]
    [InlineData("exchangerate-host/timeseries?start_date=2026-08-19&end_date=2026-08-20&symbols=JPY,USD&amount=5&places=1", """
        {"motd":{"msg":"Answered by Rates","url":"/v1/providers"},"success":true,"timeseries":true,"start_date":"2026-08-19",
        "end_date":"2026-08-20","base":"EUR","rates":{"2026-08-19":{"JPY":855,"USD":5.8},"2026-08-20":{"JPY":856,"USD":5.8}}}
        """)]
    [InlineData("exchangerate-host/fluctuation?start_date=2026-08-14&end_date=2026-08-19&symbols=USD&amount=100&places=1", """
        {"motd":{"msg":"Answered by Rates","url":"/v1/providers"},"success":true,"fluctuation":true,"start_date":"2026-08-14",
        "end_date":"2026-08-19","base":"EUR",
        "rates":{"USD":{"start_rate":116,"end_rate":116.2,"change":0.2,"change_pct":0.189655}}}
        """)]
    [InlineData("fixer/api/convert?from=USD&to=EUR&amount=5&places=x", """
        {"success":true,"query":{"from":"USD","to":"EUR","amount":5},
        "info":{"timestamp":1787234531,"rate":0.859549596},"historical":false,"date":"2026-08-20","result":4.297747980058}
        """)]
    [InlineData("exchangerate-host/live?currencies=EUR,AED&amount=5&places=x", """
        {"success":true,"terms":"/v1/providers","privacy":"/v1/providers",
        "timestamp":1787184300,"source":"USD","quotes":{"USDAED":3.6725,"USDEUR":0.859549596}}
        """)]
    [InlineData("exchangerate-host/historical?date=2026-08-18&source=EUR&currencies=USD", """
        {"success":true,"terms":"/v1/providers","privacy":"/v1/providers",
        "historical":true,"date":"2026-08-18","timestamp":1787097599,"source":"EUR","quotes":{"EURUSD":1.1610}}
        """)]
    [InlineData("exchangerate-host/timeframe?start_date=2026-08-16&end_date=2026-08-17&source=EUR&currencies=USD", """
        {"success":true,"terms":"/v1/providers","privacy":"/v1/providers",
        "timeframe":true,"start_date":"2026-08-16","end_date":"2026-08-17","source":"EUR",
        "quotes":{"2026-08-16":{"EURUSD":1.1600},"2026-08-17":{"EURUSD":1.1605}}}
        """)]
    [InlineData("exchangerate-host/change?start_date=2026-08-14&end_date=2026-08-17&source=EUR&currencies=USD", """
        {"success":true,"terms":"/v1/providers","privacy":"/v1/providers",
        "change":true,"start_date":"2026-08-14","end_date":"2026-08-17","source":"EUR",
        "quotes":{"EURUSD":{"start_rate":1.1600,"end_rate":1.1605,"change":0.0005,"change_pct":0.0431034}}}
        """)]
    public async Task An_answer_has_the_shape_and_the_published_digits(string path, string expected)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        Assert.Equal(expected.ReplaceLineEndings("").Trim(), await api.TextAsync($"/{path}"));
    }

    [Theory]
    [InlineData("fixer/api/latest?base=XYZ", 200, """{"success":false,"error":{"code":201,"type":"invalid_base_currency",""")]
    [InlineData("fixer/api/latest?symbols=XYZ", 200, """{"success":false,"error":{"code":202,"type":"invalid_currency_codes",""")]
    [InlineData("fixer/api/2027-01-01", 200, """{"success":false,"error":{"code":302,"type":"invalid_date",""")]
    [InlineData("fixer/api/convert?from=EUR&to=USD&amount=a", 200, """
        {"success":false,"error":{"code":403,"type":"invalid_conversion_amount",
        """)]
    [InlineData("fixer/api/timeseries", 200, """{"success":false,"error":{"code":501,"type":"no_timeframe_supplied",""")]
    [InlineData("fixer/api/timeseries?start_date=2026-08-20&end_date=2026-08-19", 200, """
        {"success":false,"error":{"code":504,"type":"invalid_time_frame",
        """)]
    [InlineData("fixer/api/timeseries?start_date=2020-08-20&end_date=2026-08-19", 200, """
        {"success":false,"error":{"code":505,"type":"time_frame_too_long",
        """)]
    [InlineData("fixer/api/latest?base=THB", 200, """{"success":false,"error":{"code":106,"type":"no_rates_available",""")]
    [InlineData("fixer/api/latest?base=THB&symbols=THB", 200, """{"success":false,"error":{"code":106,"type":"no_rates_available",""")]
    [InlineData("fixer/api/foo", 200, """{"success":false,"error":{"code":103,"type":"invalid_api_function",""")]
    [InlineData("exchangeratesapi/v1/foo", 200, """{"success":false,"error":{"code":103,"type":"invalid_api_function",""")]
    [InlineData("exchangerate-host/foo", 200, """{"success":false,"error":{"code":103,"type":"invalid_api_function",""")]
    [InlineData("fixer/api/2026-8-1", 200, """{"success":false,"error":{"code":302,"type":"invalid_date",""")]
    [InlineData("fixer/api/convert?from=EUR&to=USD", 200, """{"success":false,"error":{"code":403,"type":"invalid_conversion_amount",""")]
    [InlineData("exchangerate-host/timeseries?start_date=2026-08-19&end_date=2026-08-20&amount=x", 200, """
        {"success":false,"error":{"code":403,"type":"invalid_conversion_amount",
        """)]
    [InlineData("exchangerate-host/latest?places=-1", 200, """{"success":false,"error":{"code":405,"type":"invalid_places",""")]
    [InlineData("exchangerate-host/convert?from=EUR&to=USD&places=2.5", 200, """
        {"success":false,"error":{"code":405,"type":"invalid_places","info":"places is not a whole number from 0 to 12."
        """)]
    [InlineData("exchangerate-host/2026-08-19?places=30", 200, """{"success":false,"error":{"code":405,"type":"invalid_places",""")]
    [InlineData("exchangerate-host/fluctuation?start_date=2026-08-19&end_date=2026-08-20&places=x", 200, """
        {"success":false,"error":{"code":405,"type":"invalid_places",
        """)]
    [InlineData("fixer/api/no/such", 404, """{"success":false,"error":{"code":404,"type":"404_not_found",""")]
    [InlineData("exchangerate-host/historical", 200, """{"success":false,"error":{"code":301,"type":"no_date_supplied",""")]
    [InlineData("exchangeratesapi/latest?base=XYZ", 400, """{"error":"Base 'XYZ' is not supported."}""")]
    [InlineData("exchangeratesapi/2026-08-19?symbols=USD,XYZ", 400, """
        {"error":"Symbols 'USD,XYZ' are invalid for date 2026-08-19."}
        """)]
    [InlineData("exchangeratesapi/history?end_at=2026-08-19", 400, """{"error":"missing 'start_at' parameter"}""")]
    [InlineData("exchangeratesapi/1970-01-05", 400, """{"error":"There is no data for 1970-01-05."}""")]
    [InlineData("exchangeratesapi/2026-99-99", 400, """{"error":"A day has the form 2026-08-20."}""")]
    public async Task A_refusal_has_the_status_and_the_code_of_the_original(string path, int status, string start)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        using var response = await api.GetAsync($"/{path}");

        var body = await response.Content.ReadAsStringAsync(Token);
        Assert.StartsWith(start.Trim(), body, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }
}
