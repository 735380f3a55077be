using System.Text.Json;
using System.Xml.Linq;
using Rates.Core;
using Rates.Store;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

/// <summary>Histories with a figure for every calendar day, each marked with the day it comes from.</summary>
public sealed partial class FilledHistoryTests
{
    private const string Week = "/v1/history?quotes=USD&providers=ecb&from=2026-08-13&to=2026-08-19&filled=true";

    [Fact]
    public async Task A_day_without_a_figure_has_the_last_one_before_it()
    {
        await using var api = new ApiFixture(Store());

        var series = (await api.JsonAsync(Week)).GetProperty("series")[0];

        // The first day has a figure of before the range; 15 and 16 August are a weekend.
        Assert.Equal(Days("2026-08-13", 7), Names(series.GetProperty("dates")));
        Assert.Equal(
            ["2026-08-12", "2026-08-14", "2026-08-14", "2026-08-14", "2026-08-17", "2026-08-18", "2026-08-19"],
            Names(series.GetProperty("asOf")));
        Assert.Equal(
            ["1.1512", "1.1514", "1.1514", "1.1514", "1.1517", "1.1610", "1.1622"],
            series.GetProperty("rates").EnumerateArray().Select(rate => rate.GetRawText()));
    }

    [Fact]
    public async Task Rows_have_the_same_figures_and_days_in_every_format()
    {
        await using var api = new ApiFixture(Store());
        var series = (await api.JsonAsync(Week)).GetProperty("series")[0];
        var expected = Names(series.GetProperty("dates"))
            .Zip(series.GetProperty("rates").EnumerateArray().Select(rate => rate.GetRawText()), Names(series.GetProperty("asOf")))
            .ToList();

        var csv = (await api.TextAsync($"{Week}&format=csv")).TrimEnd().Split("\r\n");
        var lines = (await api.TextAsync($"{Week}&format=ndjson")).TrimEnd().Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement);
        var xml = XDocument.Parse(await api.TextAsync($"{Week}&format=xml")).Root!.Elements();

        Assert.Equal("date,provider,base,quote,rate,unconfirmed,asOf,note", csv[0]);
        Assert.Equal(expected, csv.Skip(1).Select(line => line.Split(',')).Select(cells => (cells[0], cells[4], cells[6])));
        Assert.Equal(expected, lines.Select(line => (Text(line, "date"), line.GetProperty("rate").GetRawText(), Text(line, "asOf"))));
        Assert.Equal(
            expected,
            xml.Select(row => (row.Attribute("date")!.Value, row.Attribute("rate")!.Value, row.Attribute("asOf")!.Value)));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("ndjson")]
    [InlineData("xml")]
    public async Task The_turn_of_the_year_is_filled_like_any_other_day(string format)
    {
        var store = Store();
        store.Remember("ecb", [
            .. Sample.Figures(new(2025, 12, 31), "EUR/USD 1.0500"), .. Sample.Figures(new(2026, 1, 2), "EUR/USD 1.0600")]);
        await using var api = new ApiFixture(store);

        var text = await api.TextAsync(
            $"/v1/history?quotes=USD&providers=ecb&from=2025-12-30&to=2026-01-04&filled=true&format={format}");

        // 30 December has no figure before it; 1 January has that of the old year, 3 and 4 January that of the 2nd.
        Assert.Equal((2, 3), (text.Split("1.0500").Length - 1, text.Split("1.0600").Length - 1));
    }

    [Fact]
    public async Task A_gap_longer_than_the_source_leaves_is_not_filled()
    {
        var store = Store();
        store.Remember("ecb", Sample.Figures(new(2026, 6, 1), "EUR/USD 1.0900"));
        await using var api = new ApiFixture(store);

        var series = (await api.JsonAsync("/v1/history?quotes=USD&providers=ecb&from=2026-06-01&to=2026-08-12&filled=true"))
            .GetProperty("series")[0];

        Assert.Equal([.. Days("2026-06-01", 15), "2026-08-12"], Names(series.GetProperty("dates")));
        Assert.Equal(
            Days("2026-06-16", 57).Select(day => (day, $"nothing is stored of {IsoText.Of(IsoText.ParseDay(day).AddDays(-14))} to {day}")),
            HistoryNotes.Of(series).Where(note => !note.Text.Contains("its newest figure is of 2026-06-01", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_is_the_same_of_many_days_is_said_once_and_of_each_day_in_rows()
    {
        var store = Store();
        for (var day = new DateOnly(2016, 1, 1); day < new DateOnly(2026, 8, 20); day = day.AddDays(1))
        {
            store.Remember("ecb", Sample.Figures(day, "EUR/USD 1.0900"));
        }

        await using var api = new ApiFixture(store);
        const string Address = "/v1/history?quotes=PLN,USD&providers=ecb&from=2016-01-01&to=2026-07-01&filled=true";

        var series = (await api.JsonAsync(Address)).GetProperty("series").EnumerateArray().First();
        var rows = await AnswerRows.OfAsync(api, Address, "csv");

        Assert.Equal(
            """[{"from":"2016-01-01","to":"2026-07-01","note":"does not cover the pair"}]""", series.GetProperty("notes").GetRawText());
        Assert.Equal(
            HistoryNotes.Of(series), rows.Where(row => row["quote"] == "PLN").Select(row => (row["date"], row["note"])));
    }

    [Fact]
    public void Days_follow_each_other_where_no_rate_and_no_other_text_lies_between()
    {
        DayNote[] notes =
        [
            Note(1, "a", false), Note(2, "a", false), Note(4, "a", false), Note(5, "b", false), Note(6, "b", true), Note(9, "b", true),
            Note(12, "b", true), Note(13, "c", true), Note(14, "c", false),
        ];
        HistoryRate[] rates = [.. new[] { 3, 6, 9, 10, 12, 13 }.Select(day => new HistoryRate(Day(day), 1m, false, false))];

        Assert.Equal(
            ["1-2 a", "4-4 a", "5-5 b", "6-9 b", "12-12 b", "13-13 c", "14-14 c"],
            NoteRun.Of(notes, rates).Select(run => $"{run.From.Day}-{run.To.Day} {run.Text}"));
        Assert.Empty(NoteRun.Of([], rates));

        static DayNote Note(int day, string text, bool hasRate) => new(Day(day), text, hasRate);

        static DateOnly Day(int day) => new(2026, 1, day);
    }

    [Theory]
    [InlineData("quotes=USD,GBP&providers=ecb")]
    [InlineData("quotes=USD,GBP&providers=ecb,boc")]
    [InlineData("quotes=USD,GBP&providers=ecb,boc&select=median")]
    [InlineData("quotes=USD,GBP&policy=two")]
    [InlineData("quotes=USD&policy=month")]
    [InlineData("quotes=USD&select=mean&providers=ecb&knownAt=2026-08-17T12:00:00Z")]
    public async Task Every_calendar_day_has_a_row_like_that_of_its_rates_in_every_format(string query)
    {
        var store = Store();
        store.Remember("ecb", Sample.Figures(new(2026, 7, 20), "EUR/USD 1.0900"));
        await using var api = new ApiFixture(
            store,
            ("Rates:Api:Policies:two:Providers", "ecb,boc"), ("Rates:Api:Policies:two:Day", "working-day-before"),
            ("Rates:Api:Policies:month:Providers", "ecb,boc"), ("Rates:Api:Policies:month:Day", "month"));
        string[] columns = ["provider", "select", "quote", "rate", "rule"];
        var quotes = query[7..query.IndexOf('&', StringComparison.Ordinal)].Split(',');
        List<string> expected = [];
        foreach (var day in Days("2026-07-30", 25))
        {
            var rows = await AnswerRows.OfAsync(api, $"/v1/rates?{query}&date={day}", "csv");
            expected.AddRange(
                from row in rows
                from quote in row["quote"].Length > 0 ? [row["quote"]] : quotes
                let note = row["rate"].Length > 0 ? "" : row.GetValueOrDefault("reason") ?? row["note"]
                select $"{day} {string.Join(' ', columns.Select(column => column switch
                {
                    "quote" => quote,
                    "rule" when row["rate"].Length == 0 => "",
                    _ => row.GetValueOrDefault(column),
                }))} {note}");
        }

        expected.Sort(StringComparer.Ordinal);
        Assert.Contains(expected, row => row.Contains("nothing is stored of", StringComparison.Ordinal));
        foreach (var format in new[] { "csv", "ndjson", "xml" })
        {
            var rows = await AnswerRows.OfAsync(api, $"/v1/history?{query}&from=2026-07-30&to=2026-12-31&filled=true", format);
            Assert.Equal(
                expected,
                rows.Where(row => string.CompareOrdinal(row["date"], "2026-08-24") < 0).Select(row =>
                {
                    var hasRate = row.GetValueOrDefault("rate", "").Length > 0;
                    var note = hasRate ? "" : row.GetValueOrDefault("note", "");
                    var cells = columns.Select(column => column == "rule" && !hasRate ? "" : row.GetValueOrDefault(column));
                    return $"{row["date"]} {string.Join(' ', cells)} {note}";
                }).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("providers=ecb")]
    [InlineData("providers=ecb&select=median")]
    public async Task Without_quotes_the_days_without_any_figure_are_noted_at_the_quotes_of_the_day_before(string query)
    {
        var store = Store();
        store.Remember("ecb", [
            .. Sample.Figures(new(2026, 6, 1), "EUR/USD 1.0900", "EUR/CHF 0.9100"), .. Sample.Figures(new(2026, 7, 20), "EUR/PLN 4.2500")]);
        await using var api = new ApiFixture(store);
        var address = $"/v1/history?{query}&from=2026-06-14&to=2026-07-21&filled=true";

        var rows = await AnswerRows.OfAsync(api, address, "csv");
        var month = (await api.JsonAsync($"{address}&group=month")).GetProperty("series").EnumerateArray()
            .Where(series => Text(series, "quote") == "CHF").Select(series => NoteIn(series)).ToList();

        // The figures of 1 June answer until 15 June, and those of 20 July from that day on.
        Assert.Equal(
            ["CHF 2026-06-16 2026-07-19", "USD 2026-06-16 2026-07-19"],
            rows.Where(row => row["rate"].Length == 0 && row["note"].Contains("nothing is stored of", StringComparison.Ordinal))
                .GroupBy(row => row["quote"]).Select(of => $"{of.Key} {of.Min(row => row["date"])} {of.Max(row => row["date"])}").Order());
        Assert.Equal(34 * 2, rows.Count(row => row["rate"].Length == 0));
        Assert.Equal(["2026-07-20", "2026-07-21"], rows.Where(row => row["quote"] == "PLN").Select(row => row["date"]));
        Assert.StartsWith("2026-06-16: ", Assert.Single(month)[0], StringComparison.Ordinal);

        static List<string> NoteIn(JsonElement series) => [.. HistoryNotes.Of(series).Select(note => note.Text)];
    }

    [Fact]
    public async Task A_rate_set_for_good_is_carried_as_far_as_it_holds()
    {
        var store = Store();
        store.Add(Sample.Known("pegs", profile =>
            profile with { Calendar = new() { Cadence = Cadence.None }, HistoryFrom = new(2002, 1, 1) }));
        store.Remember("pegs", Sample.Figures(new(2002, 1, 1), "EUR/XOF 655.957"));
        await using var api = new ApiFixture(store);

        var series = (await api.JsonAsync("/v1/history?quotes=XOF&providers=pegs&from=2026-08-18&to=2026-08-19&filled=true"))
            .GetProperty("series")[0];

        Assert.Equal(["2026-08-18", "2026-08-19"], Names(series.GetProperty("dates")));
        Assert.Equal(["2002-01-01", "2002-01-01"], Names(series.GetProperty("asOf")));
    }

    [Fact]
    public async Task Filled_days_count_in_a_group()
    {
        await using var api = new ApiFixture(Store());

        var series = (await api.JsonAsync(
            "/v1/history?quotes=USD&providers=ecb&from=2026-08-10&to=2026-08-16&filled=true&group=week")).GetProperty("series")[0];

        // 12 August once, 13 filled with it, 14 and the weekend: five days that have a figure.
        Assert.Equal("1.15132", series.GetProperty("average")[0].GetRawText());
        Assert.Equal(("2026-08-16", "2026-08-14"), (
            Assert.Single(Names(series.GetProperty("dates"))), Assert.Single(Names(series.GetProperty("asOf")))));
    }

    [Fact]
    public async Task What_was_known_at_an_instant_is_filled_with_what_was_known()
    {
        var store = Store();
        store.Remember("ecb", new StoredDay(new(2026, 8, 18), Sample.Now, Sample.Figures(new(2026, 8, 18), "EUR/USD 1.1610")));
        await using var api = new ApiFixture(store);

        var series = (await api.JsonAsync($"{Week}&knownAt=2026-08-19T12:00:00Z")).GetProperty("series")[0];

        // The figures of 18 August came later, and the day of the instant is the last that is filled.
        Assert.Equal(Days("2026-08-13", 7), Names(series.GetProperty("dates")));
        Assert.Equal(["2026-08-17", "2026-08-17"], Names(series.GetProperty("asOf")).TakeLast(2));
    }

    [Theory]
    [InlineData("filled=true&revisions=true", "revisions")]
    [InlineData("filled=yes", "filled")]
    public async Task What_cannot_be_together_is_refused(string query, string parameter)
    {
        await using var api = new ApiFixture();

        var problem = await api.ProblemAsync($"/v1/history?quotes=USD&{query}", System.Net.HttpStatusCode.BadRequest);

        Assert.Equal(parameter, Text(problem, "parameter"));
    }

    private static IEnumerable<string> Days(string first, int count) =>
        Enumerable.Range(0, count).Select(day => IsoText.Of(IsoText.ParseDay(first).AddDays(day)));

    private static InMemoryRates Store()
    {
        var store = Sample.Store();
        store.Remember("ecb", [
            .. Sample.Figures(new(2026, 8, 12), "EUR/USD 1.1512"), .. Sample.Figures(new(2026, 8, 14), "EUR/USD 1.1514"),
            .. Sample.Figures(new(2026, 8, 17), "EUR/USD 1.1517")]);
        return store;
    }
}
