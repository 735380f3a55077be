using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Rates.Core;

namespace Rates.Api.Tests;

public sealed partial class FormatTests
{
    private const string Two = "/v1/rates?quotes=USD&providers=ecb,google";

    [Fact]
    public async Task Csv_has_a_header_and_a_row_a_rate()
    {
        await using var api = new ApiFixture();

        var lines = (await api.TextAsync(Two, ("Accept", "text/csv"))).TrimEnd().Split("\r\n");

        Assert.Equal("provider,name,status,asOf,base,quote,rate,derived,fetchedAt,nextExpectedAt,kind,reason,unconfirmed", lines[0]);
        Assert.Equal(
            "ecb,European Central Bank,fresh,2026-08-20,EUR,USD,1.1634,false,2026-08-20T14:02:11Z,2026-08-21T14:00:00Z,reference,,",
            lines[1]);
        Assert.StartsWith("google,Google Finance,missing,,EUR,,,,", lines[2], StringComparison.Ordinal);
        Assert.Equal(3, lines.Length);
    }

    [Theory]
    [InlineData("quotes=JPY,HUF&providers=boc,ecb", "HUF does not cover the pair,JPY does not cover the pair")]
    [InlineData("base=JPY&quotes=USD,GBP&providers=boc,ecb", "GBP does not cover the base,USD does not cover the base")]
    [InlineData("base=JPY&providers=boc,ecb", " does not cover the base")]
    public async Task Each_quote_that_a_provider_lacks_has_a_row_with_the_reason(string query, string expected)
    {
        await using var api = new ApiFixture();

        var rows = await AnswerRows.OfAsync(api, $"/v1/rates?{query}", "csv");

        Assert.Equal(
            expected, string.Join(',', rows.Where(row => row["provider"] == "boc").Select(row => $"{row["quote"]} {row["reason"]}")));
    }

    // Google's help asks for an address of CSV or TSV; users report UTF-8 only and a limit of size that is not told. The program sends no
    // header that a user chooses.
    [Fact]
    public async Task Xml_has_an_element_a_rate()
    {
        await using var api = new ApiFixture();

        var xml = XDocument.Parse(await api.TextAsync(Two + "&format=xml"));

        Assert.Equal("1.1634", xml.Root!.Elements("rate").First().Attribute("rate")!.Value);
        Assert.Equal("never fetched: connection refused", xml.Root.Elements("rate").Last().Attribute("reason")!.Value);
    }

    [Fact]
    public async Task Ndjson_has_an_object_a_line_and_numbers_keep_their_digits()
    {
        await using var api = new ApiFixture();

        var lines = (await api.TextAsync("/v1/rates?quotes=JPY&providers=ecb,boc&format=ndjson")).TrimEnd().Split('\n');

        Assert.Equal("171.20", JsonDocument.Parse(lines[0]).RootElement.GetProperty("rate").GetRawText());
        Assert.Equal("does not cover the pair", JsonDocument.Parse(lines[1]).RootElement.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Ndjson_writes_booleans_counts_and_lists_as_json_writes_them()
    {
        await using var api = new ApiFixture();

        var rate = await LineAsync("/v1/rates?quotes=USD&providers=ecb");
        Assert.Equal(JsonValueKind.False, rate.GetProperty("derived").ValueKind);
        var blend = await LineAsync("/v1/rates?quotes=USD&select=median");
        Assert.Equal(["boc", "ecb"], blend.GetProperty("providers").EnumerateArray().Select(key => key.GetString()!).Order());
        Assert.Equal(JsonValueKind.Number, (await LineAsync("/v1/rates?quotes=USD&select=median&numbers=string"))
            .GetProperty("count").ValueKind);
        var pair = await LineAsync("/v1/rates/CAD/USD?providers=boc");
        Assert.Equal("USD/CAD 1.3836", Assert.Single(pair.GetProperty("published").EnumerateArray()).GetString());
        Assert.Equal(JsonValueKind.True, (await LineAsync("/v1/providers/ecb")).GetProperty("enabled").ValueKind);
        Assert.Equal(JsonValueKind.Array, (await LineAsync("/v1/currencies/USD")).GetProperty("providers").ValueKind);
        Assert.Equal(JsonValueKind.Array, (await LineAsync("/v1/convert?from=EUR&to=USD")).GetProperty("providers").ValueKind);

        async Task<JsonElement> LineAsync(string address) =>
            JsonDocument.Parse((await api.TextAsync(address, ("Accept", "application/x-ndjson"))).Split('\n')[0]).RootElement;
    }

    [Theory]
    [InlineData("text/csv;q=0.5, application/x-ndjson", "application/x-ndjson")]
    [InlineData("application/*", "application/json")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json")]
    [InlineData("image/png, */*;q=0.1", "application/json")]
    [InlineData("text/xml", "application/xml")]
    [InlineData("application/json;q=0, */*", "text/csv")]
    [InlineData("text/*;q=0.9, text/csv;q=0.1, application/json;q=0.5", "application/xml")]
    [InlineData("*/*;q=0.2, application/xml;q=0.1, application/json;q=0.1", "text/csv")]
    [InlineData("text/html;q=0, text/csv", "text/csv")]
    [InlineData("APPLICATION/XML", "application/xml")]
    public async Task The_accept_header_chooses(string accept, string expected)
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync(Two, ("Accept", accept));

        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Accept", response.Headers.Vary);
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("text/css")]
    [InlineData("text/tab-separated-values")]
    [InlineData("not a type")]
    public async Task A_format_in_the_query_goes_before_any_Accept(string accept)
    {
        await using var api = new ApiFixture();
        foreach (var address in new[]
        {
            Two, "/v1/rates?date=2026-08-19", "/v1/rates/EUR/USD?date=2026-08-20", "/v1/convert?from=EUR&to=USD", "/v1/history?quotes=USD",
            "/v1/providers?separator=comma", "/v1/currencies?separator=comma", "/v1/policies?separator=comma",
        })
        {
            foreach (var format in new[] { "csv", "xml", "ndjson", "json" })
            {
                var named = await api.TextAsync($"{address}&format={format}");

                Assert.Equal(named, await api.TextAsync($"{address}&format={format}", ("Accept", accept)));
                await api.ProblemAsync(address, HttpStatusCode.NotAcceptable, ("Accept", accept));
            }
        }
    }

    [Fact]
    public async Task An_empty_Accept_is_as_none()
    {
        await using var api = new ApiFixture();

        using var answer = await api.GetAsync(Two, ("Accept", ""));

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/json;q=0")]
    [InlineData("*/*;q=0")]
    [InlineData("text/*;q=0, text/csv;q=0.0, image/png")]
    public async Task Nothing_acceptable_is_406(string accept)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync(Two, HttpStatusCode.NotAcceptable, ("Accept", accept));

        Assert.Contains("text/csv", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/rates?quotes=USD&select=median")]
    [InlineData("/v1/rates/EUR/USD")]
    [InlineData("/v1/convert?from=EUR&to=USD")]
    [InlineData("/v1/convert?from=EUR&to=USD&select=each")]
    [InlineData("/v1/history?quotes=USD&from=2026-08-01&to=2026-08-20")]
    [InlineData("/v1/providers")]
    [InlineData("/v1/providers/ecb")]
    [InlineData("/v1/currencies")]
    [InlineData("/v1/currencies/USD")]
    public async Task Every_read_answers_in_every_format(string address)
    {
        await using var api = new ApiFixture();
        var mark = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';

        JsonDocument.Parse(await api.TextAsync($"{address}{mark}format=json"));
        var xml = XDocument.Parse(await api.TextAsync($"{address}{mark}format=xml"));
        var csv = (await api.TextAsync($"{address}{mark}format=csv")).TrimEnd().Split("\r\n");
        var ndjson = (await api.TextAsync($"{address}{mark}format=ndjson")).TrimEnd().Split('\n');

        Assert.NotEmpty(xml.Root!.Elements());
        Assert.Equal(xml.Root.Elements().Count(), csv.Length - 1);
        Assert.All(ndjson, line => JsonDocument.Parse(line));
        Assert.Equal(ndjson.Length, csv.Length - 1);
    }

    [Theory]
    [InlineData("/v1/rates?quotes=EUR,JPY,USD,XXQ&providers=ecb,boc,google")]
    [InlineData("/v1/rates?providers=all")]
    [InlineData("/v1/rates?base=CAD&numbers=string")]
    public async Task Rows_are_the_same_in_every_format(string address)
    {
        await using var api = new ApiFixture(StoreOfOddRates());
        var query = address.Replace(",XXQ", "", StringComparison.Ordinal) + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?");

        var lines = CsvText.Read(await api.TextAsync($"{query}format=csv")).ToList();
        var csv = lines.Skip(1).Select(line => lines[0].Zip(line).Where(cell => cell.Second.Length > 0)
            .ToDictionary(cell => cell.First, cell => cell.Second.TrimStart('\''))).ToList();
        var xml = XDocument.Parse(await api.TextAsync($"{query}format=xml")).Root!.Elements("rate")
            .Select(row => row.Attributes().ToDictionary(cell => cell.Name.LocalName, cell => cell.Value)).ToList();
        var ndjson = (await api.TextAsync($"{query}format=ndjson")).TrimEnd().Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement.EnumerateObject()
                .ToDictionary(cell => cell.Name, cell => cell.Value.ToString())).ToList();
        var json = (await api.JsonAsync($"{query}format=json")).GetProperty("providers").EnumerateArray().ToList();

        Assert.Equal(xml, csv);
        Assert.Equal(
            xml, ndjson.Select(row => row.ToDictionary(
                cell => cell.Key, cell => cell.Value switch { "True" => "true", "False" => "false", var text => text })));
        Assert.Equal(
            json.SelectMany(provider => provider.GetProperty("rates").EnumerateObject().Select(rate => (
                provider.GetProperty("provider").GetString()!, rate.Name, rate.Value.ToString()))),
            xml.Where(row => row.ContainsKey("rate")).Select(row => (row["provider"], row["quote"], row["rate"])));
        Assert.All(xml.Where(row => row.ContainsKey("rate")), row =>
        {
            var provider = json.Single(provider => provider.GetProperty("provider").GetString() == row["provider"]);
            var isOlder = provider.TryGetProperty("older", out var older) && older.TryGetProperty(row["quote"], out var day);
            Assert.Equal(isOlder ? older.GetProperty(row["quote"]).GetString() : provider.GetProperty("asOf").GetString(), row["asOf"]);
            Assert.Equal(
                provider.TryGetProperty("derived", out var derived)
                    && derived.EnumerateArray().Any(code => code.GetString() == row["quote"]) ? "true" : "false",
                row["derived"]);
            Assert.Equal(
                provider.TryGetProperty("unconfirmed", out var unconfirmed)
                    && unconfirmed.EnumerateArray().Any(code => code.GetString() == row["quote"]),
                row.TryGetValue("reason", out var reason) && reason.StartsWith("unconfirmed", StringComparison.Ordinal));
        });
    }

    /// <summary>A name with marks of every format, a figure of an older day, an unconfirmed one, and two kinds in one sheet.</summary>
    internal static InMemoryRates StoreOfOddRates()
    {
        var store = Sample.Store();
        store.Add(Sample.Known("odd", profile => profile with { Name = "=Odd & <Sons>, \"Ltd\"; 'x'" }));
        store.Publish(Sample.Sheet("odd", Sample.Today, Sample.Now, null) with
        {
            Observations =
            [
                .. Sample.Figures(Sample.Today, "EUR/USD 1.1630", "EUR/CHF 0.9400"),
                .. Sample.Figures(Sample.Today.AddDays(-1), "EUR/JPY 171.10"),
                new(Sample.Today, CurrencyPair.Parse("EUR/GBP"), 0.8660m, RateKind.Average),
            ],
        });
        store.Add(Sample.Known("new"));
        store.Publish(Sample.Sheet("new", Sample.Today, Sample.Now, null, "EUR/USD 1.1631", "EUR/GBP 0.8650")
            .WithUnconfirmed([CurrencyPair.Parse("EUR/USD")]));
        return store;
    }
}
