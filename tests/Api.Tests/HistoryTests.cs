using System.Globalization;
using System.Net;
using Rates.Core;
using Rates.Store;

namespace Rates.Api.Tests;

public sealed partial class HistoryTests
{
    [Fact]
    public async Task A_series_has_the_days_that_were_published()
    {
        await using var api = new ApiFixture();

        var answer = await api.JsonAsync("/v1/history?base=EUR&quotes=USD,GBP&providers=ecb,boc&from=2026-08-19&to=2026-08-20");

        var series = answer.GetProperty("series");
        Assert.Equal(4, series.GetArrayLength());
        Assert.Equal("""{"provider":"ecb","quote":"USD","derived":false,"dates":["2026-08-19","2026-08-20"],"rates":[1.1622,1.1634]}""",
            series[1].GetRawText());
        Assert.False(answer.TryGetProperty("absent", out _));
    }

    [Fact]
    public async Task The_days_of_the_latest_sheet_are_in_the_history_though_the_store_has_none()
    {
        await using var api = new ApiFixture();

        var answer = await api.JsonAsync("/v1/history?base=CAD&quotes=USD&providers=boc,google&from=2026-08-01&to=2026-08-20");

        Assert.Equal("boc", Assert.Single(answer.GetProperty("series").EnumerateArray()).GetProperty("provider").GetString());
        Assert.Equal("2026-08-19", Assert.Single(answer.GetProperty("series")[0].GetProperty("dates").EnumerateArray()).GetString());
        Assert.Equal("google", answer.GetProperty("absent")[0].GetProperty("provider").GetString());
    }

    [Theory]
    [InlineData("/v1/history?quotes=USD&providers=ecb&from=2026-08-01&to=2026-08-20")]
    [InlineData("/v1/rates?quotes=USD&providers=ecb&date=2026-08-19")]
    [InlineData("/v1/rates/EUR/USD?providers=ecb&date=2026-08-19")]
    public async Task A_damaged_day_is_named_with_its_provider(string address)
    {
        await using var api = new ApiFixture();
        api.Store.DamagedDay = new(2026, 8, 14);

        var problem = await api.ProblemAsync(address, HttpStatusCode.InternalServerError);

        Assert.Contains("ecb", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("2026-08-14", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_base_is_crossed_day_by_day()
    {
        await using var api = new ApiFixture();

        var series = (await api.JsonAsync("/v1/history?base=GBP&quotes=USD&providers=ecb&from=2026-08-18&to=2026-08-18"))
            .GetProperty("series")[0];

        Assert.Equal("1.34375", series.GetProperty("rates")[0].GetRawText());
        Assert.True(series.GetProperty("derived").GetBoolean());
    }

    [Theory]
    [InlineData("week", "2026-08-14,2026-08-20")]
    [InlineData("month", "2026-07-31,2026-08-20")]
    public async Task A_group_is_told_by_its_last_figure(string group, string days)
    {
        var store = Sample.Store();
        store.Remember("ecb", [.. Sample.Figures(new(2026, 7, 31), "EUR/USD 1.1500"),
            .. Sample.Figures(new(2026, 8, 14), "EUR/USD 1.1600")]);
        await using var api = new ApiFixture(store);
        var from = group == "week" ? "2026-08-10" : "2026-07-01";

        var series = (await api.JsonAsync($"/v1/history?quotes=USD&providers=ecb&from={from}&to=2026-08-20&group={group}"))
            .GetProperty("series")[0];

        Assert.Equal(days, string.Join(',', series.GetProperty("dates").EnumerateArray().Select(day => day.GetString())));
    }

    [Fact]
    public async Task Csv_has_a_row_a_day()
    {
        await using var api = new ApiFixture();

        var csv = await api.TextAsync("/v1/history?quotes=USD&providers=ecb&from=2026-08-19&to=2026-08-20&format=csv");

        Assert.Equal(
            "date,provider,base,quote,rate,unconfirmed,note\r\n2026-08-19,ecb,EUR,USD,1.1622,,\r\n2026-08-20,ecb,EUR,USD,1.1634,,\r\n",
            csv);
    }

    [Fact]
    public async Task A_bare_call_answers_the_last_thirty_days_of_the_usual_providers()
    {
        await using var api = new ApiFixture();

        var answer = await api.JsonAsync("/v1/history");

        Assert.Equal(("2026-07-22", "2026-08-20"), (answer.GetProperty("from").GetString(), answer.GetProperty("to").GetString()));
        Assert.Contains(answer.GetProperty("series").EnumerateArray(), series => series.GetProperty("provider").GetString() == "ecb");
    }

    [Fact]
    public async Task The_group_that_an_answer_names_may_be_sent_back()
    {
        await using var api = new ApiFixture();
        const string Address = "/v1/history?quotes=USD&providers=ecb&from=2026-08-19&to=2026-08-20";

        var answer = await api.JsonAsync(Address);
        var again = await api.JsonAsync($"{Address}&group={answer.GetProperty("group").GetString()}");

        Assert.Equal(answer.GetRawText(), again.GetRawText());
    }

    [Fact]
    public async Task A_week_has_its_first_high_low_and_average()
    {
        var store = new InMemoryRates();
        store.Add(Sample.Ecb);
        store.Publish(Sample.EcbSheet with { AsOf = new(2026, 8, 14), Observations = Sample.Figures(new(2026, 8, 14), "EUR/USD 1.1650") });
        store.Remember("ecb", [.. Sample.Figures(new(2026, 8, 10), "EUR/USD 1.1700"), .. Sample.Figures(new(2026, 8, 12), "EUR/USD 1.1600"),
            .. Sample.Figures(new(2026, 8, 13), "EUR/USD 1.1710")]);
        await using var api = new ApiFixture(store);
        const string Address = "/v1/history?quotes=USD&providers=ecb&from=2026-08-10&to=2026-08-16&group=week";

        var series = (await api.JsonAsync(Address)).GetProperty("series")[0];

        Assert.Equal(
            """{"provider":"ecb","quote":"USD","derived":false,"dates":["2026-08-14"],"rates":[1.1650],"first":"""
            + """[1.1700],"high":[1.1710],"low":[1.1600],"average":[1.1665]}""",
            series.GetRawText());
        Assert.Equal(
            "date,provider,base,quote,rate,first,high,low,average,unconfirmed,note\r\n"
                + "2026-08-14,ecb,EUR,USD,1.1650,1.1700,1.1710,1.1600,1.1665,,\r\n",
            await api.TextAsync(Address + "&format=csv"));
        Assert.Contains("average=\"1.1665\"", await api.TextAsync(Address + "&format=xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_answer_has_a_tag_and_a_head_has_its_length()
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync("/v1/history?quotes=USD&providers=ecb");

        Assert.NotNull(response.Headers.ETag);
        Assert.NotNull(response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task An_unconfirmed_figure_is_marked_in_every_format()
    {
        var store = Sample.Store();
        store.Add(Sample.Ecb with { Profile = Sample.Ecb.Profile with { Key = "nbp", Name = "NBP" } });
        store.Publish(Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "EUR/USD 1.3690", "EUR/PLN 4.25")
            .WithUnconfirmed([CurrencyPair.Parse("EUR/USD")]));
        store.Remember("nbp",
        [
            .. Sample.Figures(new(2026, 8, 19), "EUR/USD 1.3680", "EUR/PLN 4.24")
                .Select(figure => figure with { IsUnconfirmed = figure.Pair.Quote == Currency.Usd }),
        ]);
        await using var api = new ApiFixture(store);
        const string Address = "/v1/history?quotes=USD,PLN&providers=nbp&from=2026-08-19&to=2026-08-20";

        var series = (await api.JsonAsync(Address)).GetProperty("series");
        var crossed = (await api.JsonAsync(Address.Replace("quotes=USD,PLN", "base=PLN&quotes=USD"))).GetProperty("series")[0];
        var weeks = (await api.JsonAsync(Address + "&group=week")).GetProperty("series");
        var csv = await api.TextAsync(Address + "&format=csv");
        var rows = (await api.TextAsync(Address + "&format=ndjson")).TrimEnd().Split('\n');
        var xml = await api.TextAsync(Address + "&format=xml");
        var confirmed = await api.TextAsync(Address.Replace("nbp", "ecb") + "&format=csv");

        Assert.False(series[0].TryGetProperty("unconfirmed", out _));
        Assert.Equal(
            """{"provider":"nbp","quote":"USD","derived":false,"unconfirmed":true,"""
                + "\"unconfirmedDates\":[\"2026-08-19\",\"2026-08-20\"],\"dates\":[\"2026-08-19\",\"2026-08-20\"],"
                + "\"rates\":[1.3680,1.3690]}",
            series[1].GetRawText());
        Assert.True(crossed.GetProperty("unconfirmed").GetBoolean());
        Assert.True(weeks[1].GetProperty("unconfirmed").GetBoolean());
        Assert.Equal(
            "date,provider,base,quote,rate,unconfirmed,note\r\n2026-08-19,nbp,EUR,PLN,4.24,,\r\n2026-08-19,nbp,EUR,USD,1.3680,true,\r\n"
                + "2026-08-20,nbp,EUR,PLN,4.25,,\r\n2026-08-20,nbp,EUR,USD,1.3690,true,\r\n",
            csv);
        Assert.Equal([false, true, false, true], rows.Select(row => row.EndsWith(",\"unconfirmed\":true}", StringComparison.Ordinal)));
        Assert.Equal(2, xml.Split("unconfirmed=\"true\"").Length - 1);
        Assert.DoesNotContain("true", confirmed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=9999-12-30&to=9999-12-31", "these days lie in the future")]
    [InlineData("from=0001-01-01&to=0001-01-05", "nothing is stored of these days and pairs")]
    public async Task A_history_without_figures_states_why(string days, string reason)
    {
        await using var api = new ApiFixture();

        var answer = await api.JsonAsync($"/v1/history?{days}&quotes=USD&providers=ecb");

        Assert.Equal(0, answer.GetProperty("series").GetArrayLength());
        Assert.Equal(reason, answer.GetProperty("absent")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_year_is_read_from_the_store_once_a_minute()
    {
        await using var api = new ApiFixture();
        await api.SettleAsync();
        const string Address = "/v1/history?quotes=USD&providers=ecb&from=2026-08-01&to=2026-08-20";
        await api.TextAsync(Address);
        await api.TextAsync(Address + "&format=csv");
        Assert.Single(api.Store.Calls, call => call == "history ecb");

        api.Time.Advance(TimeSpan.FromMinutes(1));
        await api.TextAsync(Address);
        Assert.Equal(2, api.Store.Calls.Count(call => call == "history ecb"));
    }

    [Theory]
    [InlineData("EUR")]
    [InlineData("USD")]
    [InlineData("")]
    public void Packed_rates_are_those_of_the_whole_day(string pivot)
    {
        var random = new Random(20260820);
        Currency[] currencies = [.. "CAD CHF EUR GBP JPY USD ZAR".Split(' ').Select(Currency.Parse)];
        var center = pivot.Length > 0 ? Currency.Parse(pivot) : default;
        RateKind[] kinds = [RateKind.Reference, RateKind.Bid, RateKind.Ask, RateKind.Index, RateKind.Mid, RateKind.High];
        for (var round = 0; round < 60; round++)
        {
            var days = Enumerable.Range(0, 20).Select(number => new DateOnly(2026, 1, 1).AddDays(number))
                .Select(day => new StoredDay(day, default,
            [
                .. Enumerable.Range(0, random.Next(1, 9))
                    .Select(_ => new Observation(day, new(currencies[random.Next(7)], currencies[random.Next(7)]), Rate(random),
                        kinds[random.Next(kinds.Length)])
                    { IsUnconfirmed = random.Next(4) == 0 })
                    .DistinctBy(figure => (figure.Pair, figure.Kind)),
            ])).ToList();
            var figures = new PackedFigures(days);
            foreach (var @base in currencies)
            {
                var rates = new YearRates(figures, @base, currencies, center);
                foreach (var quote in currencies)
                {
                    var expected = days.Select(day => (day.Day, Cross: CrossRates.Of(day.Figures, center).Find(new(@base, quote))))
                        .Where(day => day.Cross is not null)
                        .Select(day => new HistoryRate(day.Day, RateRounding.Shown(day.Cross!.Rate, day.Cross.IsDerived),
                            day.Cross.IsDerived, day.Cross.Legs.Any(leg => leg.Published.IsUnconfirmed)));

                    Assert.Equal(expected, rates.Of(quote, days[0].Day, days[^1].Day));
                }
            }
        }
    }

    [Theory]
    [InlineData("1.1730", "0.0000000000000000000000000001", "79228162514264337593543950335", "9223372036854775807",
        "9223372036854775808", "1.0", "171.20")]
    [InlineData("1.1730", "2147483648", "1.0", "171.20")]
    [InlineData("1.1730", "2147483647", "214748.3647", "171.20")]
    [InlineData("79228162514264337593543950335", "171.20")]
    public void Packed_figures_keep_every_digit(params string[] rates)
    {
        var first = new DateOnly(2026, 1, 1);
        var (daily, seldom) = (CurrencyPair.Parse("EUR/USD"), CurrencyPair.Parse("EUR/GBP"));
        var figures = rates.Select((text, number) => (Day: first.AddDays(number), Rate: decimal.Parse(text, CultureInfo.InvariantCulture)))
            .ToList();

        var packed = new PackedFigures([.. figures.Select(one => new StoredDay(one.Day, default,
        [
            new(one.Day, daily, one.Rate, RateKind.Reference),
            .. one.Day.Day % 2 == 0 ? (Observation[])[new(one.Day, seldom, one.Rate, RateKind.Reference)] : [],
        ]))]);

        Assert.Equal(rates, packed.Published(daily).Select(figure => figure.Rate.ToText()));
        Assert.Equal(
            figures.Where(one => one.Day.Day % 2 == 0).Select(one => (one.Day, one.Rate)),
            packed.Published(seldom).Select(figure => (figure.Day, figure.Rate)));
        Assert.Equal("171.20", packed.Of(figures[^1].Day)[0].Rate.ToText());
    }

    private static decimal Rate(Random random) =>
        random.Next(12) == 0 ? 0 : decimal.Round((decimal)random.Next(1, 1_000_000) / 10_000, random.Next(1, 5)) + 0.0001m;

    private static IEnumerable<Observation> Years(int count) => Enumerable.Range(0, count).SelectMany(year => Enumerable.Range(0, 365)
        .SelectMany(day => Sample.Figures(new DateOnly(2010 + year, 1, 1).AddDays(day), "EUR/USD 1.1634", "EUR/GBP 0.8654",
            "EUR/CHF 0.9412", "EUR/CAD 1.6095")));
}
