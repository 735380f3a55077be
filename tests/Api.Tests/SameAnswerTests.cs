using System.Text.Json;
using static Rates.Api.Tests.JsonText;
using static Rates.Api.Tests.RandomChoice;

namespace Rates.Api.Tests;

/// <summary>
/// One question asked in every way: as JSON, CSV, XML, NDJSON, by SOAP where there is an operation, and as a tool of an assistant. All
/// values agree.
/// </summary>
public sealed partial class SameAnswerTests
{
    private const int Queries = 100;
    private static readonly string[] RowFormats = ["csv", "xml", "ndjson"];

    [Fact]
    public async Task Random_queries_for_rates_have_the_same_values_in_every_format()
    {
        var random = new Random(20261126);
        var values = await CompareAsync("get_rates", async (api, ask) =>
        {
            var policy = random.Next(8) == 0 ? "vat-eu" : "";
            (string Name, string? Value)[] query =
            [
                ("base", Pick(random, "EUR", "USD", "GBP", "JPY", "AED", "CAD")),
                ("quotes", Pick(random, "", "USD", "EUR,GBP", "JPY,AED,CAD", "GBP,THB")),
                ("providers", policy.Length > 0 ? "" : Pick(random, "ecb", "ecb,erapi", "boc,ecb", "erapi,boc,ecb", "all")),
                ("select", policy.Length > 0 ? "" : Pick(random, "each", "first", "median", "mean", "consensus")),
                ("date", Pick(random, "", "2026-08-20", "2026-08-19", "2026-08-15", "2026-08-14")),
                ("knownAt", PickInstant(random)),
                ("policy", policy),
            ];
            if (await ask("/v1/rates", query) is not { } json)
            {
                return null;
            }

            var address = $"/v1/rates?{LocalAnswers.Query(query)}";
            var isEach = json.TryGetProperty("providers", out _);
            var expected = isEach ? Each(json, query[1].Value!.Split(',')) : Blended(json);
            foreach (var format in RowFormats)
            {
                var rows = await AnswerRows.OfAsync(api, address, format);
                Assert.Equal(
                    expected, isEach ? EachRows(rows) : [.. rows.Select(row => $"{Blended(row)} {row.GetValueOrDefault("rule")}")]);
            }

            var soap = await AnswerRows.SoapAsync(api, "GetRates", "Rate", query);
            Assert.Equal(isEach ? expected : BlendedForSoap(json), isEach ? EachRows(soap) : [.. soap.Select(BlendedForSoap)]);
            return expected;
        });

        Assert.True(values > 2 * Queries, $"{values} rows were compared");
    }

    [Fact]
    public async Task Random_pairs_have_the_same_values_in_every_format()
    {
        var random = new Random(20261128);
        string[] columns = ["provider", "name", "status", "asOf", "rate", "kind", "derived", "path", "source", "fetchedAt", "version",
            "reason", "unconfirmed", "rule"];
        await CompareAsync("get_pair", async (api, ask) =>
        {
            var (from, to) = (Pick(random, "EUR", "USD", "GBP", "AED"), Pick(random, "USD", "GBP", "JPY", "CAD", "EUR"));
            var policy = random.Next(8) == 0 ? "vat-eu" : "";
            (string Name, string? Value)[] query =
            [
                ("providers", policy.Length > 0 ? "" : Pick(random, "", "ecb", "ecb,erapi", "boc,ecb", "all")),
                ("date", Pick(random, "", "2026-08-20", "2026-08-19", "2026-08-15")), ("policy", policy),
            ];
            if (await ask($"/v1/rates/{from}/{to}", query) is not { } json)
            {
                return null;
            }

            List<string> expected =
            [
                .. json.GetProperty("providers").EnumerateArray().Select(one => string.Join('|', [
                    .. columns.Select(column => Raw(one, column)), from, to,
                    one.TryGetProperty("published", out var legs)
                        ? string.Join("; ", legs.EnumerateArray().Select(leg => $"{Text(leg, "pair")} {Text(leg, "rate")}")) : "",
                ])),
            ];
            foreach (var format in RowFormats)
            {
                var rows = await AnswerRows.OfAsync(api, $"/v1/rates/{from}/{to}?{LocalAnswers.Query(query)}", format);
                Assert.Equal(expected, rows.Select(row => string.Join('|', [
                    .. columns.Append("base").Append("quote").Select(column => row.GetValueOrDefault(column)),

                    // NDJSON has a list, whose items are joined by a space here.
                    format == "ndjson" ? expected[rows.IndexOf(row)].Split('|')[^1] : row.GetValueOrDefault("published"),
                ])));
                Assert.All(rows.Zip(expected), one => Assert.Equal(
                    one.Second.Split('|')[^1].Replace(";", "", StringComparison.Ordinal),
                    one.First.GetValueOrDefault("published", "").Replace(";", "", StringComparison.Ordinal)));
            }

            return expected;
        }, json => [("base", Text(json, "base")), ("quote", Text(json, "quote"))]);
    }

    [Fact]
    public async Task Random_histories_have_the_same_values_in_every_format()
    {
        var random = new Random(20261129);
        string[] columns = ["rate", "first", "high", "low", "average", "asOf", "count", "note"];
        var values = await CompareAsync("get_history", async (api, ask) =>
        {
            var policy = Pick(random, "", "", "", "", "", "", "vat-eu", "consensus");
            var select = policy.Length > 0 ? "" : Pick(random, "", "", "each", "first", "median", "mean", "consensus");
            var isBlend = policy == "consensus" || select is not ("" or "each");
            (string Name, string? Value)[] query =
            [
                ("provider", policy.Length > 0 ? "" : Pick(random, "ecb", "ecb", "erapi", "boc", "ecb,erapi", "all")),
                ("base", Pick(random, "EUR", "USD", "JPY")),
                ("quotes", Pick(random, "USD", "EUR,GBP", "JPY,AED,CAD")),
                ("from", Pick(random, "2026-08-01", "2026-08-13", "2026-08-18")),
                ("to", Pick(random, "2026-08-20", "2026-08-23", "2026-08-18")),
                ("filled", Pick(random, "", "", "true")),
                ("knownAt", PickInstant(random)),
                ("policy", policy),
                ("select", select),
                ("group", Pick(random, "", "", "week", "month")),
            ];
            var ours = query.Select(one => (one.Name == "provider" ? "providers" : one.Name, one.Value)).ToArray();
            if (await ask("/v1/history", ours) is not { } json)
            {
                return null;
            }

            List<string> expected =
            [
                .. from series in json.GetProperty("series").EnumerateArray()
                from day in series.GetProperty("dates").EnumerateArray().Index()
                let note = NotesIn(series).GetValueOrDefault(day.Item.GetString()!)
                let name = Raw(series, isBlend ? "select" : "provider")
                select $"{name} {day.Item.GetString()} {Text(json, "base")} {Text(series, "quote")} "
                    + string.Join(' ', columns.Select(column => column == "note" ? note
                        : series.TryGetProperty(column == "rate" ? "rates" : column, out var figures) ? Raw(figures[day.Index]) : "")),
                .. from series in json.GetProperty("series").EnumerateArray()
                from note in NotesIn(series)
                where !Names(series.GetProperty("dates")).Contains(note.Key)
                select $"{Raw(series, isBlend ? "select" : "provider")} {note.Key} {Text(json, "base")} {Text(series, "quote")} "
                    + string.Join(' ', columns.Select(column => column == "note" ? note.Value : "")),
            ];
            expected.Sort(StringComparer.Ordinal);
            foreach (var format in RowFormats)
            {
                var rows = await AnswerRows.OfAsync(api, $"/v1/history?{LocalAnswers.Query(ours)}", format);
                Assert.Equal(expected, Lines(rows.Where(row => IsOfDay(row, json)), columns));
            }

            if (isBlend && query[^1].Value == "")
            {
                var soap = await AnswerRows.SoapAsync(api, "GetHistory", "Rate", query.SkipLast(1));
                var isFilled = query[5].Value == "true" || policy.Length > 0;
                Assert.Equal(
                    expected.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]),
                    soap.Where(row => IsOfDay(row, json)).Select(row => $"{row["date"]} {row["base"]} {row["quote"]} {row["rate"]}     "
                        + $"{(isFilled ? row.GetValueOrDefault("newest") : "")} {row.GetValueOrDefault("count")} {row["note"]}")
                        .Order(StringComparer.Ordinal));
            }
            else if (query[0].Value is "ecb" or "erapi" or "boc" or "" && query[^1].Value == "")
            {
                var soap = await AnswerRows.SoapAsync(api, "GetHistory", "Rate", query.SkipLast(1));
                Assert.Equal(
                    expected,
                    soap.Select(row => (Row: row, IsFilled: row.TryGetValue("date", out var date), Date: date)).Select(
                        one => $"{one.Row["providers"]} {one.Date ?? one.Row["asOf"]} {one.Row["base"]} {one.Row["quote"]} "
                            + $"{one.Row.GetValueOrDefault("rate")}     {(one.IsFilled ? one.Row["asOf"] : "")}  {one.Row["note"]}")
                        .Order(StringComparer.Ordinal));
            }

            return expected;
        });

        Assert.True(values > 3 * Queries, $"{values} rows were compared");
    }

    [Fact]
    public async Task Random_conversions_have_the_same_values_in_every_format()
    {
        var random = new Random(20261127);
        string[] columns =
        [
            "from", "to", "amount", "rate", "result", "asOf", "status", "providers", "note", "unconfirmed", "inverse", "select", "path",
            "rule", "newest", "oldest", "spread",
        ];
        await CompareAsync("convert", async (api, ask) =>
        {
            var policy = random.Next(6) == 0 ? "vat-eu" : "";
            var round = Pick(random, "", "", "minor", "0", "4");
            (string Name, string? Value)[] query =
            [
                ("amount", Pick(random, "1", "100", "0.05", "1234567.89", "-2.5")),
                ("from", Pick(random, "EUR", "USD", "GBX", "JPY", "AED")),
                ("to", Pick(random, "USD", "GBP", "JPY", "CAD", "EUR", "ZAC")),
                ("providers", policy.Length > 0 ? "" : Pick(random, "", "ecb", "ecb,erapi", "boc,ecb")),
                ("select", policy.Length > 0 ? "" : Pick(random, "", "first", "mean", "consensus")),
                ("date", Pick(random, "", "2026-08-19", "2026-08-14")),
                ("knownAt", PickInstant(random)),
                ("policy", policy),
                ("round", round),
                ("rounding", round.Length == 0 ? "" : Pick(random, "", "half-up", "half-even", "up", "down")),
            ];
            if (await ask("/v1/convert", query) is not { } json)
            {
                return null;
            }

            foreach (var format in RowFormats)
            {
                var row = Assert.Single(await AnswerRows.OfAsync(api, $"/v1/convert?{LocalAnswers.Query(query)}", format));
                Assert.Equal(Line(json, columns), Line(row, columns));
            }

            var soap = Assert.Single(await AnswerRows.SoapAsync(api, "Convert", "ConvertResult", query));
            soap["unconfirmed"] = soap["unconfirmed"] == "true" ? "true" : "";
            Assert.Equal(Line(json, columns), Line(soap, columns));
            return [Line(json, columns)];
        });
    }

    // Asks until enough queries were answered; what cannot be answered is passed over. Each answer of the tool is that of the path, byte
    // for byte. Returns the number of compared rows.
    private static async Task<int> CompareAsync(
        string tool, Func<ApiFixture, Func<string, (string Name, string? Value)[], Task<JsonElement?>>, Task<List<string>?>> compare,
        Func<JsonElement, (string, string?)[]>? more = null)
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        await using var assistant = await AssistantTests.ClientAsync(api);
        var rows = 0;
        for (var answered = 0; answered < Queries;)
        {
            if (await compare(api, AskAsync) is { } some)
            {
                (answered, rows) = (answered + 1, rows + some.Count);
            }
        }

        return rows;

        async Task<JsonElement?> AskAsync(string path, (string Name, string? Value)[] query)
        {
            using var response = await api.GetAsync($"{path}?{LocalAnswers.Query(query)}");
            if (!response.IsSuccessStatusCode)
            {
                return null;
            }

            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var json = JsonDocument.Parse(text).RootElement;
            var answer = await AssistantTests.CallAsync(assistant, tool, [.. more?.Invoke(json) ?? [], .. query]);
            Assert.Equal(text, answer.GetProperty("answer").GetRawText());
            return json;
        }
    }

    // Mostly none: before the sample's first sheet nothing is known.
    private static string PickInstant(Random random) => Pick(random, "", "", "", "2026-08-19T20:00:00Z", "2026-08-23T00:00:00+02:00");
}
