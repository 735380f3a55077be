using System.Text.Json;

namespace Rates.Api.Tests;

/// <summary>A façade's series of calendar days has, of each day, what the same façade answers for that day alone.</summary>
public sealed class FacadeDaysTests
{
    [Theory]
    [InlineData("ecb,stopped", "EUR", "USD,GBP,THB,JPY")]
    [InlineData("ecb,stopped", "EUR", "EUR,USD,THB")]
    [InlineData("late,stopped", "GBP", "USD,EUR,THB")]
    [InlineData("monthly", "EUR", "USD,XOF")]
    [InlineData("stopped", "USD", "")]
    [InlineData("chain,dollar,ended", "JPY", "")]
    public async Task Each_day_of_a_series_is_what_that_day_alone_answers(string providers, string from, string symbols)
    {
        await using var api = new ApiFixture(
            BlendedHistorySample.Store(new(7)), [.. providers.Split(',').Index().Select(
                one => ($"Rates:Api:Facades:Oxr:{one.Index}", one.Item))]);
        var query = $"base={from}{(symbols.Length > 0 ? $"&symbols={symbols}" : "")}";
        var (first, last) = (new DateOnly(2026, 7, 20), Sample.Today);

        var series = (await api.JsonAsync($"/oxr/api/time-series.json?start={first.ToText()}&end={last.ToText()}&{query}"))
            .GetProperty("rates");

        var compared = 0;
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            using var response = await api.GetAsync($"/oxr/api/historical/{day.ToText()}.json?{query}");
            Assert.True(response.IsSuccessStatusCode, $"{day.ToText()}: {response.StatusCode}");
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            string[] unconfirmed = response.Headers.TryGetValues("Rates-Unconfirmed", out var marks)
                ? string.Join(',', marks).Split(',') : [];
            var alone = Lines(JsonDocument.Parse(text).RootElement.GetProperty("rates"))
                .Where(line => !unconfirmed.Contains(line.Split(' ')[0])).ToList();

            Assert.Equal(alone, series.TryGetProperty(day.ToText(), out var rates) ? Lines(rates) : []);
            compared += alone.Count;
        }

        Assert.True(compared > 30, $"{compared} rates were compared");
    }

    [Theory]
    [InlineData("fixer/api/timeseries?access_key=1&start_date=2026-08-19&end_date=2026-08-20&base=USD&symbols=USD,EUR", 2)]
    [InlineData("exchangeratesapi/v1/timeseries?access_key=1&start_date=2026-08-19&end_date=2026-08-20&base=USD", 2)]
    [InlineData("exchangerate-host/timeseries?start_date=2026-08-19&end_date=2026-08-20&base=USD&symbols=USD", 2)]
    [InlineData("exchangerate-host/timeframe?start_date=2026-08-19&end_date=2026-08-20&source=USD&currencies=USD,EUR", 0)]
    [InlineData("oxr/api/time-series.json?start=2026-08-19&end=2026-08-20", 2)]
    [InlineData("currencyapi/v3/range?datetime_start=2026-08-19&datetime_end=2026-08-20&base_currency=USD", 2)]
    public async Task The_base_is_among_the_figures_of_a_series_as_of_a_day(string path, int days)
    {
        await using var api = new ApiFixture();

        var series = await api.TextAsync($"/{path}");

        Assert.Equal(days, series.Split("\"USD\":1}").Length - 1 + series.Split("\"USD\":1,").Length - 1
            + series.Split("\"USD\":{\"code\":\"USD\",\"value\":1}").Length - 1);
        Assert.DoesNotContain("USDUSD", series, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oxr/api/latest.json?base=EUR&symbols=USD", "\"timestamp\":1776124799,")]
    [InlineData("oxr/api/convert/100/EUR/USD", "\"timestamp\":1776124799,")]
    [InlineData("fixer/api/latest?symbols=USD", "\"timestamp\":1776124799,")]
    [InlineData("fixer/api/latest?symbols=EUR", "\"timestamp\":1776124799,")]
    [InlineData("fixer/api/convert?from=EUR&to=USD&amount=1", "\"timestamp\":1776124799,")]
    [InlineData("exchangeratesapi/v1/latest?symbols=USD", "\"timestamp\":1776124799,")]
    [InlineData("exchangerate-host/live?source=EUR&currencies=USD", "\"timestamp\":1776124799,")]
    [InlineData("exchangerate-host/convert?from=EUR&to=USD", "\"timestamp\":1776124799,")]
    [InlineData("currencyapi/v3/latest?base_currency=EUR&currencies=USD", "\"last_updated_at\":\"2026-04-13T23:59:59Z\"")]
    public async Task The_latest_figures_that_were_shipped_and_not_fetched_are_of_the_end_of_their_day(string path, string time)
    {
        var store = new InMemoryRates();
        store.Add(Sample.Ecb);
        store.Publish(Sample.Sheet("ecb", new(2026, 4, 13), Sample.Now, null, "EUR/USD 1.1684") with { Seeded = true });
        await using var api = new ApiFixture(store);

        Assert.Contains(time, await api.TextAsync($"/{path}"), StringComparison.Ordinal);
    }

    private static List<string> Lines(JsonElement rates) =>
        [.. rates.EnumerateObject().Select(rate => $"{rate.Name} {rate.Value.GetRawText()}").Order(StringComparer.Ordinal)];
}
