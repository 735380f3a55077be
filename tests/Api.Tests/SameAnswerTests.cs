using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Rates.Api.Tests;

/// <summary>One question asked in every way: as JSON, CSV, XML, NDJSON, by SOAP and as a tool of an assistant. All figures agree.</summary>
public sealed class SameAnswerTests
{
    private const int Queries = 100;
    private static readonly XNamespace Ours = "urn:rates:v1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Random_queries_for_rates_have_the_same_figures_in_every_format()
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        await using var assistant = await AssistantTests.ClientAsync(api);
        var random = new Random(20261126);
        var (answered, figures) = (0, 0);
        while (answered < Queries)
        {
            (string Name, string? Value)[] query =
            [
                ("base", Pick(random, "EUR", "USD", "GBP", "JPY", "AED", "CAD")),
                ("quotes", Pick(random, "", "USD", "EUR,GBP", "JPY,AED,CAD", "GBP,THB")),
                ("providers", Pick(random, "ecb", "ecb,erapi", "boc,ecb", "erapi,boc,ecb", "all")),
                ("select", Pick(random, "each", "first", "median", "mean", "consensus")),
                ("date", Pick(random, "", "2026-08-20", "2026-08-19", "2026-08-15", "2026-08-14")),
            ];
            var address = $"/v1/rates?{LocalAnswers.Query(query)}";
            using var response = await api.GetAsync(address);
            if (!response.IsSuccessStatusCode)
            {
                continue;
            }

            answered++;
            var json = Figures(JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement);
            figures += json.Count;
            var tool = await AssistantTests.CallAsync(assistant, "get_rates", query);
            Assert.Equal(json, Figures(tool.GetProperty("answer")));
            Assert.Equal(json, Rows(Csv(await api.TextAsync($"{address}&format=csv"))));
            Assert.Equal(json, Rows(Xml(await api.TextAsync($"{address}&format=xml"))));
            Assert.Equal(json, Rows(Ndjson(await api.TextAsync($"{address}&format=ndjson"))));
            Assert.Equal(json, Rows(await SoapAsync(api, "GetRates", query, "Rate")));
        }

        Assert.True(figures > 2 * Queries, $"{figures} figures were compared");
    }

    [Fact]
    public async Task Random_conversions_have_the_same_result_in_every_format()
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        await using var assistant = await AssistantTests.ClientAsync(api);
        var random = new Random(20261127);
        for (var answered = 0; answered < Queries;)
        {
            (string Name, string? Value)[] query =
            [
                ("amount", Pick(random, "1", "100", "0.05", "1234567.89", "-2.5")),
                ("from", Pick(random, "EUR", "USD", "GBX", "JPY", "AED")),
                ("to", Pick(random, "USD", "GBP", "JPY", "CAD", "EUR")),
                ("providers", Pick(random, "", "ecb", "ecb,erapi", "boc,ecb")),
                ("select", Pick(random, "", "first", "mean", "consensus")),
                ("date", Pick(random, "", "2026-08-19", "2026-08-14")),
            ];
            var address = $"/v1/convert?{LocalAnswers.Query(query)}";
            using var response = await api.GetAsync(address);
            if (!response.IsSuccessStatusCode)
            {
                continue;
            }

            answered++;
            var json = Result(JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement);
            Assert.Equal(json, Result((await AssistantTests.CallAsync(assistant, "convert", query)).GetProperty("answer")));
            Assert.Equal(json, Result(Assert.Single(Csv(await api.TextAsync($"{address}&format=csv")))));
            Assert.Equal(json, Result(Assert.Single(Xml(await api.TextAsync($"{address}&format=xml")))));
            Assert.Equal(json, Result(Assert.Single(Ndjson(await api.TextAsync($"{address}&format=ndjson")))));
            Assert.Equal(json, Result(Assert.Single(await SoapAsync(api, "Convert", query, "ConvertResult"))));
        }
    }

    // Each figure as "providers quote rate", in the order of the answer.
    private static List<string> Figures(JsonElement answer) => answer.TryGetProperty("providers", out var providers)
        ?
        [
            .. from provider in providers.EnumerateArray()
               from rate in provider.GetProperty("rates").EnumerateObject()
               select $"{provider.GetProperty("provider").GetString()} {rate.Name} {rate.Value.GetRawText()}",
        ]
        :
        [
            .. from rate in answer.GetProperty("rates").EnumerateObject()
               where rate.Value.TryGetProperty("rate", out _)
               select $"{Joined(rate.Value.GetProperty("providers"))} {rate.Name} {rate.Value.GetProperty("rate").GetRawText()}",
        ];

    private static List<string> Rows(IEnumerable<Dictionary<string, string>> rows) =>
    [
        .. rows.Where(row => row.GetValueOrDefault("rate") is { Length: > 0 })
            .Select(row => $"{row.GetValueOrDefault("provider") ?? row["providers"]} {row["quote"]} {row["rate"]}"),
    ];

    private static string Result(JsonElement one) => string.Join(
        ' ',
        one.GetProperty("from").GetString(), one.GetProperty("to").GetString(), Raw(one, "amount"), Raw(one, "rate"), Raw(one, "result"),
        one.GetProperty("asOf").GetString(), one.GetProperty("status").GetString(), Joined(one.GetProperty("providers")));

    private static string Result(Dictionary<string, string> row) => string.Join(
        ' ', row["from"], row["to"], row["amount"], row.GetValueOrDefault("rate"), row.GetValueOrDefault("result"), row["asOf"],
        row["status"], row["providers"]);

    private static string Raw(JsonElement one, string name) => one.TryGetProperty(name, out var value) ? value.GetRawText() : "";

    private static string Joined(JsonElement keys) => string.Join(' ', keys.EnumerateArray().Select(key => key.GetString()));

    private static IEnumerable<Dictionary<string, string>> Csv(string text)
    {
        var lines = CsvText.Read(text).ToList();
        return lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second));
    }

    private static IEnumerable<Dictionary<string, string>> Xml(string text) => XDocument.Parse(text).Root!.Elements()
        .Select(row => row.Attributes().ToDictionary(cell => cell.Name.LocalName, cell => cell.Value));

    private static IEnumerable<Dictionary<string, string>> Ndjson(string text) => text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.EnumerateObject()
            .ToDictionary(
                cell => cell.Name,
                cell => cell.Value.ValueKind switch
                {
                    JsonValueKind.Array => Joined(cell.Value),
                    JsonValueKind.String => cell.Value.GetString()!,
                    _ => cell.Value.GetRawText(),
                }));

    private static async Task<IEnumerable<Dictionary<string, string>>> SoapAsync(
        ApiFixture api, string operation, (string Name, string? Value)[] query, string row)
    {
        var parameters = string.Concat(query.Select(one => $"<{one.Name}>{one.Value}</{one.Name}>"));
        using var content = new StringContent(
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                + $"<{operation} xmlns=\"{Ours}\">{parameters}</{operation}></s:Body></s:Envelope>",
            Encoding.UTF8, "text/xml");
        content.Headers.Add("SOAPAction", $"\"urn:rates:v1/Rates/{operation}\"");
        using var response = await api.CreateClient().PostAsync(new Uri("/soap/rates", UriKind.Relative), content, Token);
        return XDocument.Parse(await response.Content.ReadAsStringAsync(Token)).Descendants(Ours + row)
            .Where(one => one.HasElements)
            .Select(one => one.Elements().ToDictionary(
                cell => char.ToLowerInvariant(cell.Name.LocalName[0]) + cell.Name.LocalName[1..], cell => cell.Value));
    }

    private static string Pick(Random random, params string[] from) => from[random.Next(from.Length)];
}
