using System.Net;
using System.Text.Json;
using Rates.Core;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

/// <summary>Histories of combined rates: each day has what <c>/v1/rates</c> answers for that day.</summary>
public sealed partial class BlendedHistoryTests
{
    [Fact]
    public async Task A_series_is_named_by_its_selection_and_tells_how_many_providers_each_day_has()
    {
        await using var api = new ApiFixture(Store());

        var answer = await api.JsonAsync($"{Week}&select=mean&quotes=USD,ILS");

        Assert.Equal(
            """
            {"base":"EUR","from":"2026-08-13","to":"2026-08-19","group":"day","series":[{"select":"mean","quote":"USD",
            "providers":["cnb","ecb","nbp"],
            "dates":["2026-08-13","2026-08-14","2026-08-18"],"rates":[1.15,1.17,1.19],"count":[1,2,2],
            "notes":[{"from":"2026-08-17","to":"2026-08-17","note":"of the two witnesses the higher is 100 % above the lower"}]}],
            "notCovered":["ILS"],
            "absent":[{"provider":"ecb","status":"stale","reason":"nothing is stored of these days and pairs","quotes":["ILS"]},
            {"provider":"nbp","status":"missing","reason":"nothing is stored of these days and pairs","quotes":["ILS"]},
            {"provider":"cnb","status":"stale","reason":"nothing is stored of these days and pairs","quotes":["ILS"]}]}
            """.Replace("\n", "", StringComparison.Ordinal),
            answer.GetRawText());
    }

    [Fact]
    public async Task Rows_have_the_selection_the_count_and_a_note_in_every_format()
    {
        await using var api = new ApiFixture(Store());
        const string Address = $"{Week}&select=mean&quotes=USD,ILS";
        string[] lines =
        [
            "date,select,base,quote,rate,count,note,unconfirmed",
            "2026-08-13,mean,EUR,USD,1.15,1,,",
            "2026-08-14,mean,EUR,USD,1.17,2,,",
            "2026-08-17,mean,EUR,USD,,,of the two witnesses the higher is 100 % above the lower,",
            "2026-08-18,mean,EUR,USD,1.19,2,,",
            ",mean,EUR,ILS,,,covered by none of the providers asked on these days,",
        ];

        Assert.Equal(string.Concat(lines.Select(line => $"{line}\r\n")), await api.TextAsync($"{Address}&format=csv"));
        var columns = lines[0].Split(',');
        foreach (var format in new[] { "csv", "xml", "ndjson" })
        {
            var rows = await AnswerRows.OfAsync(api, Address, format);
            Assert.Equal(lines.Skip(1), rows.Select(row => string.Join(',', columns.Select(column => row.GetValueOrDefault(column)))));
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xml")]
    [InlineData("ndjson")]
    public async Task Groups_have_the_figures_of_their_days_in_every_format(string format)
    {
        await using var api = new ApiFixture(Store());
        const string Address = $"{Week}&select=mean&quotes=USD&group=week&filled=true";

        var series = (await api.JsonAsync(Address)).GetProperty("series")[0];
        var rows = await AnswerRows.OfAsync(api, Address, format);

        // The week before has 13 and 14 August, and the weekend after them.
        Assert.Equal(["2026-08-16", "2026-08-19"], Names(series.GetProperty("dates")));
        Assert.Equal(["2026-08-14", "2026-08-18"], Names(series.GetProperty("asOf")));
        Assert.Equal("1.15 1.19", Figures(series, "first"));
        Assert.Equal("1.17 1.19", Figures(series, "high"));
        Assert.Equal("1.165 1.19", Figures(series, "average"));
        Assert.Equal("2 2", Figures(series, "count"));
        Assert.Equal(
            "2026-08-17: of the two witnesses the higher is 100 % above the lower",
            Text(Assert.Single(series.GetProperty("notes").EnumerateArray()), "note"));
        foreach (var column in new[] { "first", "high", "low", "average", "count" })
        {
            Assert.Equal(Figures(series, column), string.Join(' ', rows.Select(row => row[column])));
        }
    }

    [Fact]
    public async Task Today_is_what_the_rates_are_now_though_a_source_has_figures_of_tomorrow()
    {
        var store = Store();
        store.Publish(Sample.Sheet("ecb", Sample.Today.AddDays(1), Sample.Now, null, "EUR/USD 1.19"));
        store.Publish(Sample.Sheet("cnb", Sample.Today, Sample.Now, null, "EUR/USD 1.21"));
        await using var api = new ApiFixture(store);

        var latest = (await api.JsonAsync("/v1/rates?quotes=USD&select=mean")).GetProperty("rates").GetProperty("USD");
        var series = (await api.JsonAsync("/v1/history?quotes=USD&select=mean&from=2026-08-20&to=2026-12-31")).GetProperty("series")[0];

        // Tomorrow is answered like today, and no later day has a figure.
        Assert.Equal("1.2", Raw(latest, "rate"));
        Assert.Equal(["2026-08-20", "2026-08-21"], Names(series.GetProperty("dates")));
        Assert.Equal("1.2 1.2", Figures(series, "rates"));
    }

    [Fact]
    public async Task A_provider_that_was_named_and_is_never_used_is_told_with_the_reason()
    {
        await using var api = new ApiFixture(Store());

        var answer = await api.JsonAsync("/v1/history?quotes=USD&select=first&providers=ecb,nbp,google&from=2026-08-13&to=2026-08-14");

        Assert.Equal(
            ["nbp: another provider comes before it", "google: nothing is stored of these days and pairs"],
            answer.GetProperty("absent").EnumerateArray().Select(one => $"{Text(one, "provider")}: {Text(one, "reason")}"));
        Assert.Equal(["ecb"], Names(answer.GetProperty("series")[0].GetProperty("providers")));
    }

    [Fact]
    public async Task Without_quotes_every_pair_is_answered_and_an_unused_provider_is_told_once()
    {
        await using var api = new ApiFixture(Store());
        const string Address = "/v1/history?select=median&base=USD&from=2026-08-13&to=2026-08-19";

        var answer = await api.JsonAsync(Address);

        Assert.Equal(["EUR"], answer.GetProperty("series").EnumerateArray().Select(series => Text(series, "quote")));
        Assert.False(answer.TryGetProperty("notCovered", out _));
        Assert.Equal("google", Text(Assert.Single(answer.GetProperty("absent").EnumerateArray()), "provider"));
        Assert.Equal(answer.GetRawText(), await api.TextAsync(Address.Replace("median", "median&providers=all")));
    }

    [Fact]
    public async Task Two_hundred_quotes_are_answered_at_once_and_more_are_refused()
    {
        await using var api = new ApiFixture(Store());
        string[] codes = [.. CurrencyRegistry.All.Select(one => one.Code.Code).Where(code => code != "USD").Take(200)];
        var address = $"{Week}&select=median&quotes=USD,{string.Join(',', codes.Take(199))}";

        var answer = await api.JsonAsync(address);
        await api.ProblemAsync($"{address},{codes[199]}", HttpStatusCode.BadRequest);

        Assert.Equal(
            200, answer.GetProperty("series").GetArrayLength() + answer.GetProperty("notCovered").GetArrayLength());
        Assert.Equal("USD", Text(answer.GetProperty("series").EnumerateArray().Last(), "quote"));
    }

    [Theory]
    [InlineData("from=2027-01-01&to=2027-02-01", "these days lie in the future")]
    [InlineData("from=2027-01-01&to=2027-02-01&filled=true", "these days lie in the future")]
    [InlineData("from=2026-08-21&to=2026-08-21", "these days lie in the future")]
    [InlineData("from=2026-08-20&to=2026-08-21", "has no figure of these days")]
    [InlineData("from=0001-01-01&to=0001-01-20", "nothing is stored of these days and pairs")]
    [InlineData(
        "from=2026-08-14&to=2026-08-14&knownAt=2026-08-13T00:00:00Z",
        "nothing is stored of these days and pairs that was known at 2026-08-13T00:00:00Z")]
    public async Task Days_without_figures_state_why(string days, string reason)
    {
        await using var api = new ApiFixture(Store());

        var answer = await api.JsonAsync($"/v1/history?quotes=USD&select=median&providers=ecb&{days}");
        var row = Assert.Single(await AnswerRows.OfAsync(api, $"/v1/history?quotes=USD&select=median&providers=ecb&{days}", "csv"));

        Assert.Empty(answer.GetProperty("series").EnumerateArray());
        Assert.Equal(["USD"], Names(answer.GetProperty("notCovered")));
        Assert.Equal(reason, Text(Assert.Single(answer.GetProperty("absent").EnumerateArray()), "reason"));
        Assert.Equal(("", $"covered by none of the providers asked: {reason}"), (row["date"], row["note"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("&select=first")]
    [InlineData("&select=median")]
    public async Task A_day_to_come_is_the_reason_of_every_provider_and_quote(string select)
    {
        await using var api = new ApiFixture(Store());

        var answer = await api.JsonAsync($"/v1/history?quotes=USD,ILS&providers=ecb,cnb,google&from=2026-08-21&to=2026-08-22{select}");

        Assert.Empty(answer.GetProperty("series").EnumerateArray());
        Assert.Equal(
            ["ecb", "cnb", "google"], answer.GetProperty("absent").EnumerateArray().Select(one => Text(one, "provider")));
        Assert.All(
            answer.GetProperty("absent").EnumerateArray(),
            one => Assert.Equal("these days lie in the future", Text(one, "reason")));
    }

    [Theory]
    [InlineData("select=mode", "select", "is not one of")]
    [InlineData("select=", "select", "")]
    [InlineData("select=median&select=mean", "select", "")]
    [InlineData("select=median&revisions=true", "revisions", "cannot be answered together with select")]
    [InlineData("select=median&from=2026-08-20&to=2026-08-19", "from", "lies after to, 2026-08-19")]
    [InlineData("select=median&from=2026-08-22", "from", "lies after to, 2026-08-20, which is today unless given")]
    [InlineData("select=median&quotes=USD&from=0001-01-01&to=9999-12-31", "from", "is more than 500000 figures")]
    [InlineData("select=median&quotes=USD&from=0001-01-01&to=9999-12-31&format=csv", "from", "is more than 3000000 figures")]
    [InlineData("select=median&quotes=USD&from=1400-01-01&to=2026-01-01&format=xml", "from", "is more than 200000 figures")]
    [InlineData("select=mean&providers=all&quotes=USD,GBP,JPY&from=1000-01-01&to=2000-01-01&format=csv", "from", "x 4 providers is more")]
    [InlineData("policy=consensus&filled=false", "filled", "'false' cannot be given with a policy, which has a figure for every day")]
    [InlineData("filled=false&policy=nope", "filled", "'false' cannot be given with a policy")]
    [InlineData("providers=ecb,all", "providers", "'all' names every provider and is given alone")]
    [InlineData("providers=ALL,ecb", "providers", "'ALL' names every provider and is given alone")]
    [InlineData("select=median&policy=consensus", "select", "cannot be given with policy=consensus")]
    public async Task What_cannot_be_answered_is_refused_with_the_reason(string query, string? parameter, string reason)
    {
        await using var api = new ApiFixture(Store());

        var problem = await api.ProblemAsync($"/v1/history?{query}", HttpStatusCode.BadRequest);

        Assert.Equal(parameter, problem.TryGetProperty("parameter", out var named) ? named.GetString() : null);
        Assert.Contains(reason, Text(problem, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Side_by_side_is_what_a_history_without_a_selection_is()
    {
        await using var api = new ApiFixture(Store());

        Assert.Equal(await api.TextAsync($"{Week}&quotes=USD"), await api.TextAsync($"{Week}&quotes=USD&select=each"));
        Assert.Equal(
            await api.TextAsync($"{Week}&quotes=USD&revisions=true"), await api.TextAsync($"{Week}&quotes=USD&select=each&revisions=true"));
    }

    [Fact]
    public async Task A_provider_is_read_once_a_year_and_not_once_a_day()
    {
        await using var api = new ApiFixture(BlendedHistorySample.Store(new(1)));
        await api.SettleAsync();

        await api.TextAsync("/v1/history?quotes=USD&select=median&from=2025-08-21&to=2026-08-20&filled=true");

        // A year may have a part of the one before it, of which figures of the first days may be.
        var reads = api.Store.Calls.Where(call => call.StartsWith("history ", StringComparison.Ordinal)).CountBy(call => call);
        Assert.NotEmpty(reads);
        Assert.All(reads, read => Assert.InRange(read.Value, 1, 3));
    }

    [Fact]
    public async Task A_history_of_a_selection_has_a_tag_and_is_not_sent_twice()
    {
        await using var api = new ApiFixture(Store());
        using var first = await api.GetAsync($"{Week}&select=median");

        using var again = await api.GetAsync($"{Week}&select=median", ("If-None-Match", first.Headers.ETag!.Tag));
        using var other = await api.GetAsync($"{Week}&select=mean", ("If-None-Match", first.Headers.ETag!.Tag));

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (again.StatusCode, other.StatusCode));
    }

    private const string Week = "/v1/history?providers=ecb,nbp,cnb&from=2026-08-13&to=2026-08-19";

    // A provider with one that reprints its figures, and another: a day of the first two, and one on which the others contradict each
    // other.
    private static InMemoryRates Store()
    {
        var store = new InMemoryRates();
        store.Add(Sample.Ecb);
        store.Add(Sample.Google);
        store.Add(Sample.Known("nbp", one => one with { Independence = "ecb" }));
        store.Add(Sample.Known("cnb"));

        store.Remember("ecb",
        [
            .. Sample.Figures(new(2026, 8, 13), "EUR/USD 1.15"), .. Sample.Figures(new(2026, 8, 14), "EUR/USD 1.16"),
            .. Sample.Figures(new(2026, 8, 17), "EUR/USD 1"),
        ]);
        store.Remember("nbp", Sample.Figures(new(2026, 8, 13), "EUR/USD 1.15"));
        store.Publish(Sample.Sheet("ecb", new(2026, 8, 18), new(2026, 8, 18, 14, 0, 0, TimeSpan.Zero), null, "EUR/USD 1.18"));
        store.Publish(Sample.Sheet("cnb", new(2026, 8, 18), new(2026, 8, 18, 14, 0, 0, TimeSpan.Zero), null, "EUR/USD 1.20"));
        store.Remember("cnb", [.. Sample.Figures(new(2026, 8, 14), "EUR/USD 1.18"), .. Sample.Figures(new(2026, 8, 17), "EUR/USD 2")]);
        return store;
    }

    private static string Figures(JsonElement series, string name) =>
        string.Join(' ', series.GetProperty(name).EnumerateArray().Select(Raw));
}
