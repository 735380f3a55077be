using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using static Rates.Api.Tests.RandomChoice;

namespace Rates.Api.Tests;

/// <summary>SOAP at <c>/soap/rates</c>.</summary>
public sealed partial class SoapTests
{
    private static readonly XNamespace Envelope = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace Ours = "urn:rates:v1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_client_zeep_reads_the_WSDL_and_every_answer()
    {
        Assert.SkipUnless(
            Directory.Exists("/usr/lib/python3/dist-packages/zeep"), "zeep is not installed (Debian: apt-get install python3-zeep)");
        await using var api = await KestrelApi.StartAsync(FacadeSample.Store());

        ClientProgram.Compare(
            await ClientProgram.RunAsync(
                "/usr/bin/python3", [Path.Combine(ClientProgram.Folder, "zeep-rates.py"), api.Address.GetLeftPart(UriPartial.Authority)]),
            ("side by side", """
                [{"Providers":"ecb","AsOf":"2026-08-20","Base":"EUR","Quote":"JPY","Rate":"171.20","Status":"fresh"},
                 {"Providers":"ecb","AsOf":"2026-08-20","Base":"EUR","Quote":"USD","Rate":"1.1634","Status":"fresh"},
                 {"Providers":"boc","AsOf":"2026-08-19","Base":"EUR","Quote":"USD","Rate":"1.163269731","Derived":true,"Status":"closed"},
                 {"Providers":"boc","AsOf":"2026-08-19","Base":"EUR","Quote":"JPY","Status":"closed","Note":"does not cover the pair"}]
                """),
            ("combined", """
                [{"Providers":"ecb","AsOf":"2026-08-20","Base":"USD","Quote":"EUR","Rate":"0.859549596","Status":"fresh",
                  "Newest":"2026-08-20","Count":1,"Min":"0.859549596","Max":"0.859549596","Spread":"0"}]
                """),
            ("a Sunday", """
                [{"Providers":"ecb","AsOf":"2026-08-14","Base":"EUR","Quote":"JPY","Rate":"170.50","Status":"closed"}]
                """),
            ("convert", """
                {"From":"EUR","To":"USD","Amount":"2.50","Rate":"1.1634","Result":"2.9085","AsOf":"2026-08-20","Providers":"ecb",
                 "Status":"fresh","Select":"median","Inverse":"0.859549596","Path":"EUR/USD"}
                """),
            ("history", """
                [{"Providers":"ecb","AsOf":"2026-08-14","Base":"EUR","Quote":"USD","Rate":"1.1600"},
                 {"Providers":"ecb","AsOf":"2026-08-17","Base":"EUR","Quote":"USD","Rate":"1.1605"}]
                """),
            ("policy", """
                [{"Providers":"ecb","AsOf":"2026-08-14","Base":"EUR","Quote":"JPY","Rate":"170.50","Status":"fresh",
                  "Newest":"2026-08-14","Count":1,"Min":"170.50","Max":"170.50","Spread":"0",
                  "Rule":"vat-eu: 2026-08-16, or the last day before with a figure"}]
                """),
            ("rounded", """
                {"From":"EUR","To":"JPY","Amount":"2.50","Rate":"171.20","Result":"428","AsOf":"2026-08-20","Providers":"ecb",
                 "Status":"fresh","Select":"median","Inverse":"0.005841121495","Path":"EUR/JPY"}
                """),
            ("before its publication", """
                [{"Providers":"ecb","AsOf":"2026-08-18","Base":"EUR","Quote":"JPY","Rate":"170.80","Status":"closed"}]
                """),
            ("every day", """
                [{"Providers":"ecb","AsOf":"2026-08-14","Base":"EUR","Quote":"USD","Rate":"1.1600","Date":"2026-08-15",
                  "Rule":"vat-eu: 2026-08-15, or the last day before with a figure"},
                 {"Providers":"ecb","AsOf":"2026-08-14","Base":"EUR","Quote":"USD","Rate":"1.1600","Date":"2026-08-16",
                  "Rule":"vat-eu: 2026-08-16, or the last day before with a figure"}]
                """),
            ("a policy fixes providers", """
                {"fault":"s:Client","message":"providers: cannot be given with policy=vat-eu, which fixes it; see /v1/policies"}
                """),
            ("providers", """
                [{"Key":"ecb","Name":"European Central Bank","Status":"fresh","AsOf":"2026-08-20",
                  "Terms":"https://www.ecb.europa.eu/services/disclaimer/html/index.en.html"}]
                """),
            ("currencies", """
                [{"Code":"JPY","Name":"Japanese yen","MinorDigits":0},{"Code":"USD","Name":"US dollar","MinorDigits":2}]
                """),
            ("unknown currency", """
                {"fault":"s:Client","message":"base: 'XYZ' is no known currency; /v1/currencies lists them"}
                """),
            ("each converts nothing", """
                {"fault":"s:Client","message":"select: 'each' gives no single result; choose first, median, mean or consensus"}
                """));
    }

    [Fact]
    public async Task What_the_contract_gained_may_be_left_out()
    {
        string[] gained =
        [
            "knownAt", "policy", "round", "rounding", "filled", "providers", "Date", "Newest", "Count", "Min", "Max", "Spread",
            "Outliers", "Rule", "Select", "Inverse", "Path", "Oldest",
        ];
        await using var api = new ApiFixture(FacadeSample.Store());
        XNamespace schema = "http://www.w3.org/2001/XMLSchema";

        var elements = XDocument.Parse(await api.TextAsync("/soap/rates?wsdl")).Descendants(schema + "element")
            .Where(one => gained.Contains((string?)one.Attribute("name"))).ToList();

        Assert.Equal(gained.Order(), elements.Select(one => (string)one.Attribute("name")!).Distinct().Order());
        Assert.All(elements, one => Assert.Equal("0", (string?)one.Attribute("minOccurs")));
        var answer = await CallAsync(api, $"""<GetRates xmlns="{Ours}"><providers>ecb</providers></GetRates>""");
        Assert.DoesNotContain("nil=", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Random_queries_have_the_figures_and_the_refusals_of_the_JSON_answers()
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        var random = new Random(20260823);
        var (rates, refusals) = (0, 0);
        for (var number = 0; number < 250; number++)
        {
            (string Name, string Value)[] query =
            [
                ("base", Pick(random, "EUR", "USD", "GBP", "JPY", "AED", "CAD", "DEM", "XYZ")),
                ("quotes", Pick(random, "", "", "USD", "EUR,GBP", "JPY,AED,CAD", "GBP,THB")),
                ("providers", Pick(random, "ecb", "ecb,erapi", "boc,ecb", "erapi,boc,ecb", "all", "nobody")),
                ("select", Pick(random, "each", "each", "first", "median", "mean", "consensus")),
                ("date", Pick(random, "", "", "2026-08-20", "2026-08-19", "2026-08-15", "2026-08-01", "2027-01-01")),
            ];
            var given = query.Where(one => one.Value.Length > 0);
            using var response = await api.GetAsync($"/v1/rates?{string.Join('&', given.Select(one => $"{one.Name}={one.Value}"))}");
            var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;

            var parameters = string.Concat(query.Select(one => $"<{one.Name}>{one.Value}</{one.Name}>"));
            var answer = await CallAsync(api, $"<GetRates xmlns=\"{Ours}\">{parameters}</GetRates>");

            if (!response.IsSuccessStatusCode)
            {
                refusals++;
                Assert.Equal(json.GetProperty("detail").GetString(), Assert.Single(answer.Descendants("faultstring")).Value);
                continue;
            }

            string[] expected =
            [
                .. json.TryGetProperty("providers", out var providers) ? Each(providers) : Blended(json.GetProperty("rates")),
            ];
            rates += expected.Length;
            Assert.Equal(expected, answer.Descendants(Ours + "Rate").Where(row => row.Element(Ours + "Rate")?.Value.Length > 0)
                .Select(row => $"{Text(row, "Providers")} {Text(row, "Quote")} {Text(row, "Rate")}"));
        }

        Assert.True(rates > 200 && refusals > 50, $"{rates} rates and {refusals} refusals were compared");
    }

    private static IEnumerable<string> Each(JsonElement providers) =>
        from provider in providers.EnumerateArray()
        from rate in provider.GetProperty("rates").EnumerateObject()
        select $"{provider.GetProperty("provider").GetString()} {rate.Name} {rate.Value.GetRawText()}";

    private static IEnumerable<string> Blended(JsonElement rates) =>
        from rate in rates.EnumerateObject()
        where rate.Value.TryGetProperty("rate", out _)
        let used = rate.Value.GetProperty("providers").EnumerateArray().Select(provider => provider.GetString())
        select $"{string.Join(' ', used)} {rate.Name} {rate.Value.GetProperty("rate").GetRawText()}";

    private static string Text(XElement row, string name) => row.Element(Ours + name)!.Value;

    [Fact]
    public async Task Parameters_have_the_names_and_the_defaults_of_the_JSON_answers()
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        // As sent by clients that leave out the namespace of elements, in another order, and with spaces around a number.
        var converted = await CallAsync(
            api, $"<o:Convert xmlns:o=\"{Ours}\"><providers>ecb</providers><to>USD</to><amount> 2.50 </amount></o:Convert>", "Convert");
        var history = await CallAsync(
            api, $"<GetHistory xmlns=\"{Ours}\"><providers>ecb</providers><quotes>USD</quotes><from>2026-08-19</from></GetHistory>",
            "GetHistory");

        Assert.Equal("EUR 2.9085", $"{Text(converted, "From")} {Text(converted, "Result")}");
        Assert.Equal(["1.1622", "1.1634"], history.Descendants(Ours + "Rate").Where(row => !row.HasElements).Select(rate => rate.Value));
    }

    private const string Digits = "12345678901234567890123456789";

    private static string Text(XDocument answer, string name) => answer.Descendants().Single(one => one.Name.LocalName == name).Value;

    private static string Message(string body) => body.Length == 0 ? $"<s:Envelope xmlns:s=\"{Envelope}\"><s:Body/></s:Envelope>"
        : $"<s:Envelope xmlns:s=\"{Envelope}\"><s:Body>{body}</s:Body></s:Envelope>";

    private static async Task<XDocument> CallAsync(ApiFixture api, string body, string operation = "GetRates")
    {
        using var content = new StringContent(Message(body), Encoding.UTF8, "text/xml");
        content.Headers.Add("SOAPAction", $"\"urn:rates:v1/Rates/{operation}\"");
        using var response = await api.CreateClient().PostAsync(new Uri("/soap/rates", UriKind.Relative), content, Token);
        return XDocument.Parse(await response.Content.ReadAsStringAsync(Token));
    }
}
