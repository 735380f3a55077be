using System.Net;
using System.Text.Json;
using Rates.Core;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

/// <summary>Histories of combined rates: each day has what <c>/v1/rates</c> answers for that day.</summary>
public sealed class BlendedHistoryTests
{
    private const int Queries = 24;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Each_day_is_what_the_rates_of_that_day_are(int seed)
    {
        var random = new Random(seed);
        await using var api = new ApiFixture(
            BlendedHistorySample.Store(random),
            ("Rates:Api:DefaultProviders:0", "begun"), ("Rates:Api:DefaultProviders:1", "ecb"), ("Rates:Api:DefaultProviders:2", "chain"),
            ("Rates:Api:Policies:three:Providers", "ecb,late,chain"), ("Rates:Api:Policies:three:Select", "mean"),
            ("Rates:Api:Policies:three:Day", "working-day-before"), ("Rates:Api:Policies:months:Providers", "monthly,ended,ecb"),
            ("Rates:Api:Policies:months:Day", "month"));
        var compared = 0;
        for (var number = 0; number < Queries; number++)
        {
            var policy = Pick(random, "", "", "", "consensus", "three", "months");
            var (from, days) = (IsoText.ParseDay(Pick(random, "2026-07-06", "2026-07-25", "2026-08-06", "2025-12-24")), random.Next(3, 28));
            var filled = random.Next(2) == 0;
            (string Name, string? Value)[] rates =
            [
                ("base", Pick(random, "EUR", "EUR", "USD", "GBP", "THB")),
                ("quotes", Pick(random, "USD,GBP", "USD,CHF,JPY", "EUR,USD,THB", "XOF", "USD,ILS")),
                ("select", policy.Length > 0 ? "" : Pick(random, "first", "median", "mean", "consensus")),
                ("providers", policy.Length > 0 ? "" : Pick(random, "", "", "all", Some(random), Some(random), "peg,monthly,customs")),
                ("policy", policy),
                ("knownAt", random.Next(4) == 0 ? $"{from.AddDays(random.Next(days)):yyyy-MM-dd}T12:00:00Z" : ""),
            ];
            var address = $"/v1/history?{LocalAnswers.Query([.. rates, ("filled", filled ? "true" : "")])}"
                + $"&from={from.ToText()}&to={from.AddDays(days).ToText()}";

            var series = Series(await api.JsonAsync(address));

            List<string> expected = [];
            for (var day = from; day <= from.AddDays(days); day = day.AddDays(1))
            {
                expected.AddRange(await OfDayAsync(api, rates, day, filled || policy.Length > 0));
            }

            expected.Sort(StringComparer.Ordinal);
            Assert.True(
                expected.SequenceEqual(series),
                $"{address}\n- {string.Join("\n- ", expected.Except(series))}\n+ {string.Join("\n+ ", series.Except(expected))}");
            compared += expected.Count;
        }

        Assert.True(compared > 10 * Queries, $"{compared} rates were compared");
    }

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
            "notes":[{"date":"2026-08-17","note":"of the two witnesses the higher is 100 % above the lower"}]}],
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
    [InlineData("from=0001-01-01&to=0001-01-20", "nothing is stored of these days and pairs")]
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
    [InlineData("select=mode", "select", "is not one of")]
    [InlineData("select=", "select", "")]
    [InlineData("select=median&select=mean", "select", "")]
    [InlineData("select=median&revisions=true", "revisions", "cannot be answered together with select")]
    [InlineData("select=median&from=2026-08-20&to=2026-08-19", "from", "lies after")]
    [InlineData("select=median&quotes=USD&from=0001-01-01&to=9999-12-31", "from", "is more than 500000 figures")]
    [InlineData("select=median&quotes=USD&from=0001-01-01&to=9999-12-31&format=csv", "from", "is more than 3000000 figures")]
    [InlineData("select=median&quotes=USD&from=1400-01-01&to=2026-01-01&format=xml", "from", "is more than 200000 figures")]
    [InlineData("select=mean&providers=all&quotes=USD,GBP,JPY&from=1000-01-01&to=2000-01-01&format=csv", "from", "x 4 providers is more")]
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

    // What a day's answer says of each quote, where it belongs to the history.
    private static async Task<List<string>> OfDayAsync(
        ApiFixture api, (string Name, string? Value)[] query, DateOnly day, bool isFilled)
    {
        using var response = await api.GetAsync($"/v1/rates?{LocalAnswers.Query([.. query, ("date", day.ToText())])}");
        if (!response.IsSuccessStatusCode)
        {
            // No provider that has rates covers a quote, or the day is still to come.
            Assert.True(response.StatusCode == HttpStatusCode.NotFound || day > Sample.Today.AddDays(7), $"{response.StatusCode}");
            return [];
        }

        var known = Array.Find(query, one => one.Name == "knownAt").Value is { Length: > 0 } instant
            && IsoText.ParseDay(instant[..10]) is var then && then < Sample.Today ? then : Sample.Today;
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        return
        [
            .. from rate in answer.GetProperty("rates").EnumerateObject()
               let newest = IsoText.ParseDay(Text(rate.Value, "newest"))
               where newest == day || (isFilled && (day <= known || newest > day))
               let isRate = rate.Value.TryGetProperty("rate", out _)
               select $"{rate.Name} {day.ToText()} {Raw(rate.Value, "rate")} {(isRate ? Raw(rate.Value, "count") : "")} "
                   + $"{(isRate ? Raw(rate.Value, "unconfirmed") : "")} {(isFilled && isRate ? newest.ToText() : "")} "
                   + Raw(rate.Value, "note"),
        ];
    }

    private static List<string> Series(JsonElement answer)
    {
        List<string> all = [];
        foreach (var series in answer.GetProperty("series").EnumerateArray())
        {
            var notes = series.TryGetProperty("notes", out var noted)
                ? noted.EnumerateArray().ToDictionary(note => Text(note, "date"), note => Text(note, "note")) : [];
            string[] unconfirmed = series.TryGetProperty("unconfirmedDates", out var marked) ? [.. Names(marked)] : [];
            foreach (var (index, date) in Names(series.GetProperty("dates")).Index())
            {
                notes.Remove(date, out var note);
                all.Add(
                    $"{Text(series, "quote")} {date} {Raw(series.GetProperty("rates")[index])} {Raw(series.GetProperty("count")[index])} "
                        + $"{(unconfirmed.Contains(date) ? "true" : "")} "
                        + $"{(series.TryGetProperty("asOf", out var asOf) ? Raw(asOf[index]) : "")} {note}");
            }

            all.AddRange(notes.Select(note => $"{Text(series, "quote")} {note.Key}     {note.Value}"));
        }

        all.Sort(StringComparer.Ordinal);
        return all;
    }

    private static string Some(Random random) =>
        string.Join(',', BlendedHistorySample.Keys.OrderBy(_ => random.Next()).Take(random.Next(1, 6)));

    private static string Pick(Random random, params string[] from) => from[random.Next(from.Length)];
}
