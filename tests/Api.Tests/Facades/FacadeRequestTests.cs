using System.Net;
using System.Text.Json;
using static Rates.Api.Tests.RandomChoice;

namespace Rates.Api.Tests;

/// <summary>Requests to façades put together at random: whatever they ask, the answer is whole and never a 500.</summary>
public sealed class FacadeRequestTests
{
    private static readonly string[] Paths =
    [
        "/frankfurter/latest", "/frankfurter/v1/latest", "/frankfurter/v1/{0}", "/frankfurter/v1/{0}..{0}",
        "/frankfurter/v1/{0}..",
        "/frankfurter/currencies", "/frankfurter/v2/rates", "/frankfurter/v2/rates.csv", "/frankfurter/v2/rate/{0}/{0}",
        "/frankfurter/v2/currencies", "/frankfurter/v2/currency/{0}", "/frankfurter/v2/providers", "/frankfurter/v2/providers/{0}",
        "/frankfurter/v2/providers/{0}/rates", "/oxr/api/latest.json", "/oxr/api/historical/{0}.json", "/oxr/api/time-series.json",
        "/oxr/api/currencies.json", "/oxr/api/convert/{0}/{0}/{0}", "/oxr/api/{0}", "/fixer/api/latest", "/fixer/api/{0}",
        "/fixer/api/symbols",
        "/fixer/api/convert", "/fixer/api/timeseries", "/fixer/api/fluctuation", "/exchangeratesapi/latest", "/exchangeratesapi/{0}",
        "/exchangeratesapi/history", "/exchangeratesapi/v1/{0}", "/exchangerate-host/latest", "/exchangerate-host/{0}",
        "/exchangerate-host/convert", "/exchangerate-host/live", "/exchangerate-host/historical", "/exchangerate-host/timeframe",
        "/exchangerate-host/change", "/exchangerate-host/list", "/ecb/eurofxref-daily.xml", "/ecb/eurofxref-hist.csv", "/ecb/{0}",
        "/soap/{0}",
        "/soap/rates", "/currencyapi/v3/latest", "/currencyapi/v3/historical", "/currencyapi/v3/convert", "/currencyapi/v3/range",
        "/currencyapi/v3/currencies", "/currencyapi/v3/{0}",
    ];

    private static readonly string[] Names =
    [
        "base", "symbols", "from", "to", "amount", "quotes", "providers", "date", "group", "expand", "scope", "start", "end", "app_id",
        "prettyprint", "callback", "access_key", "start_date", "end_date", "start_at", "end_at", "source", "currencies", "places", "format",
        "wsdl", "base_currency", "value", "datetime_start", "datetime_end", "%00", "",
    ];

    private static readonly string[] Values =
    [
        "EUR", "USD", "usd", "GBp", "XXX", "DEM", "USD,GBP", "USD,,USD", "ecb", "ECB,BOC", "nobody", "2026-08-20", "2026-08-15",
        "2026-08-12",
        "0001-01-01", "9999-12-31", "2026-02-30", "1999-01-04", "1", "0", "-1", "1e5", "2.50", "79228162514264337593543950335",
        "0.0000000000000000000000000001", "week", "month", "providers", "all", "true", "show", "alert(1)", "", "%00", "%ED%A0%80",
        "%FF%FE", "%F0%9F%98%80", "<a%26b>", "%E2%80%AE", "..", "null", "NaN", "１", ",", "%", "a%20b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%F0%9F%98%80",
    ];

    private static readonly string[] Accepts =
        ["", "*/*", "application/json", "text/csv", "application/x-ndjson", "text/html", "image/png"];

    // More are requested by hand: RATES_REQUESTS=100000.
    private static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("RATES_REQUESTS"), out var count) ? count : 1_000;

    [Fact]
    public async Task No_read_is_a_500_and_every_answer_is_whole()
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        using var client = api.CreateClient();
        var random = new Random(20260822);
        var answered = 0;
        for (var number = 0; number < Count; number++)
        {
            var parameters = Enumerable.Range(0, random.Next(4)).Select(_ => $"{Pick(random, Names)}={Pick(random, Values)}");

            // The test server takes no path with a null character.
            var path = string.Join("", Pick(random, Paths).Split("{0}").Select((part, index) =>
                index == 0 ? part : Pick(random, Values).Replace("%00", "%01", StringComparison.Ordinal) + part));
            var address = $"{path}?{string.Join('&', parameters)}";
            using var request = new HttpRequestMessage(random.Next(8) == 0 ? HttpMethod.Head : HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Accept", Pick(random, Accepts));
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            answered += response.StatusCode == HttpStatusCode.OK ? 1 : 0;

            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode < 500, $"{address} (number {number}): {response.StatusCode} {text}");
            if (text.Length > 0 && response.Content.Headers.ContentType?.MediaType is "application/json")
            {
                using var json = JsonDocument.Parse(text);
            }
        }

        Assert.InRange(answered, Count / 10, Count);
    }
}
