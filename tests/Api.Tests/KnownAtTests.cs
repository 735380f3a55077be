using System.Net;
using System.Text.Json;
using Rates.Core;
using Rates.Store;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

/// <summary>
/// What was known at an instant, of a provider that was not fetched lately: its newest sheet answers as it does without the instant.
/// </summary>
public sealed class KnownAtTests : IAsyncLifetime
{
    private const string Mark = "shipped with the product, not yet fetched here";
    private static readonly string[] RowFormats = ["csv", "ndjson", "xml"];
    private static readonly DateOnly Shipped = new(2026, 4, 13);
    private static readonly DateOnly Fetched = new(2026, 7, 15);

    private readonly ApiFixture _api;

    public KnownAtTests()
    {
        var store = new InMemoryRates();
        store.Add(Sample.Known("bank"));
        store.Add(Sample.Ecb);

        // Fetched for the last time in July, on two days.
        store.Publish(Sample.Sheet("ecb", Fetched, At(Fetched, 14), null, "EUR/USD 1.1500"));
        store.Remember("ecb", new StoredDay(Fetched.AddDays(-40), At(Fetched.AddDays(-40), 14),
            Sample.Figures(Fetched.AddDays(-40), "EUR/USD 1.1400")));
        store.Remember("ecb", new StoredDay(Fetched, At(Fetched, 14), Sample.Figures(Fetched, "EUR/USD 1.1500")));
        var sheet = Sample.Sheet("bank", Shipped, new(Shipped.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), null, "EUR/USD 1.1684");
        _api = new(store)
        {
            Change = services => services.AddSingleton(new ShippedSheets(
            [
                sheet with
                {
                    Seeded = true, Observations = [.. sheet.Observations, .. Sample.Figures(Shipped.AddDays(-4), "EUR/GBP 0.8700")],
                },
            ])),
        };
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Since_the_newest_sheet_was_stored_every_day_is_answered_as_without_the_instant()
    {
        string[] questions =
        [
            "/v1/rates?quotes=USD&providers={0}", "/v1/rates?quotes=USD&providers={0}&select=median", "/v1/rates/EUR/USD?providers={0}",
            "/v1/convert?from=EUR&to=USD&providers={0}&select=each", "/v1/rates?quotes=USD&providers={0}&format=csv",
        ];
        foreach (var question in questions)
        {
            foreach (var provider in new[] { "ecb", "bank" })
            {
                foreach (var date in new[] { "", "&date=2026-04-13", "&date=2026-07-15", "&date=2026-08-10", "&date=2026-08-27" })
                {
                    var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, question, provider);
                    var now = await TextAsync(address + date);
                    foreach (var instant in new[] { "2026-08-20T15:00:00Z", "2100-01-01T00:00:00Z" })
                    {
                        // Where there is nothing, the reason names the instant.
                        var then = (await TextAsync($"{address}{date}&knownAt={instant}"))
                            .Replace($" that was known at {instant}", "", StringComparison.Ordinal);
                        Assert.Equal($"{address}{date} {now}", $"{address}{date} {then}");
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("ecb", "2026-07-15T13:59:59Z", "", "2026-06-05 1.1400 frozen")]
    [InlineData("ecb", "2026-07-15T14:00:00Z", "", "2026-07-15 1.1500 fresh")]
    [InlineData("ecb", "2026-07-15T14:00:00Z", "&date=2026-08-10", "2026-07-15 1.1500 frozen")]
    [InlineData("ecb", "2026-07-15T13:59:59Z", "&date=2026-08-10", "2026-06-05 1.1400 frozen")]
    [InlineData("ecb", "2026-07-15T13:59:59Z", "&date=2026-08-27", "2026-06-05 1.1400 frozen")]
    [InlineData("ecb", "2026-08-19T00:00:00Z", "&date=2026-07-10", "  missing")]
    [InlineData("ecb", "2026-06-05T13:00:00Z", "", "  missing")]
    [InlineData("bank", "2026-04-09T12:00:00Z", "", "  missing")]
    [InlineData("bank", "2026-04-14T00:00:00Z", "", "2026-04-13 1.1684 closed")]
    [InlineData("bank", "2026-04-14T00:00:00Z", "&date=2026-06-20", "2026-04-13 1.1684 frozen")]
    public async Task The_newest_sheet_known_then_answers_for_later_days_with_its_age(
        string provider, string knownAt, string date, string expected)
    {
        var one = (await _api.JsonAsync($"/v1/rates?providers={provider}&knownAt={knownAt}{date}")).GetProperty("providers")[0];
        var filled = await _api.JsonAsync(
            $"/v1/history?quotes=USD&providers={provider}&knownAt={knownAt}&filled=true&from={Day(date, knownAt)}&to={Day(date, knownAt)}");

        Assert.Equal(expected, $"{Raw(one, "asOf")} {Raw(one.GetProperty("rates"), "USD")} {Raw(one, "status")}");
        var series = Assert.Single(filled.GetProperty("series").EnumerateArray());
        Assert.Equal(expected[..^(expected.Split(' ')[^1].Length + 1)], $"{Joined(series.GetProperty("asOf"))} "
            + string.Join(' ', series.GetProperty("rates").EnumerateArray().Select(Raw)));
        if (expected.StartsWith(' '))
        {
            Assert.Equal(
                (Day(date, knownAt), Text(one, "reason")),
                HistoryNotes.Of(series)[0]);
        }
    }

    [Theory]
    [InlineData("2026-08-20T10:00:00Z", "closed")]
    [InlineData("2026-08-20T21:00:00Z", "stale")]
    public async Task On_today_the_status_is_that_of_the_instant(string knownAt, string expected)
    {
        var store = new InMemoryRates();
        store.Add(Sample.Ecb);

        // The next figures are due today at 14:00 UTC.
        var yesterday = Sample.Today.AddDays(-1);
        store.Publish(Sample.Sheet("ecb", yesterday, At(yesterday, 14), null, "EUR/USD 1.1622"));
        await using var api = new ApiFixture(store);
        api.Time.Advance(TimeSpan.FromHours(7));
        await api.RefreshAsync();

        foreach (var date in new[] { "", "&date=2026-08-20" })
        {
            var query = $"providers=ecb&knownAt={knownAt}{date}";
            JsonElement[] answers =
            [
                (await api.JsonAsync($"/v1/rates?quotes=USD&{query}")).GetProperty("providers")[0],
                (await api.JsonAsync($"/v1/rates/EUR/USD?{query}")).GetProperty("providers")[0],
                await api.JsonAsync($"/v1/convert?from=EUR&to=USD&{query}"),
            ];
            Assert.All(answers, answer => Assert.Equal((expected, "2026-08-19"), (Text(answer, "status"), Text(answer, "asOf"))));
        }
    }

    [Theory]
    [InlineData("date=2026-04-13")]
    [InlineData("date=2026-04-10")]
    [InlineData("knownAt=2026-04-13T23:59:59.9999999Z")]
    [InlineData("date=2026-04-10&knownAt=2026-04-10T23:59:59.9999999Z")]
    [InlineData("date=2026-04-20&knownAt=2026-08-20T00:00:00Z")]
    public async Task Rates_that_ship_with_the_product_are_marked_and_no_instant_is_stated(string query)
    {
        var one = (await _api.JsonAsync($"/v1/rates?quotes=USD,GBP&providers=bank&{query}")).GetProperty("providers")[0];
        var pair = (await _api.JsonAsync($"/v1/rates/EUR/GBP?providers=bank&{query}")).GetProperty("providers")[0];

        Assert.All([one, pair], answer => Assert.Equal((Mark, ""), (Raw(answer, "reason"), Raw(answer, "fetchedAt"))));
        Assert.Equal("0.8700", Raw(pair, "rate"));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("&filled=true", 2)]
    [InlineData("&revisions=true", 1)]
    [InlineData("&group=week", 1)]
    [InlineData("&knownAt=2026-05-01T00:00:00Z", 1)]
    public async Task A_history_marks_them_in_every_format(string query, int count)
    {
        var address = $"/v1/history?quotes=USD&providers=bank&from=2026-04-10&to=2026-04-14{query}";
        var series = (await _api.JsonAsync(address)).GetProperty("series")[0];
        var notes = HistoryNotes.Of(series);

        var rates = Names(series.GetProperty("dates")).ToHashSet();
        Assert.Equal(count, notes.Count(note => rates.Contains(note.Date)));
        Assert.All(notes, note => Assert.Contains(Mark, note.Text, StringComparison.Ordinal));
        foreach (var format in RowFormats)
        {
            var rows = await AnswerRows.OfAsync(_api, address, format);
            Assert.Equal(notes, rows.Select(row => (row["date"], row["note"])));
            Assert.All(rows, row => Assert.Equal("", row.GetValueOrDefault("knownFrom", "")));
        }

        Assert.DoesNotContain("T00:00:00Z", series.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/rates?quotes=USD&providers=bank&select=median&date=2026-04-13")]
    [InlineData("/v1/rates?quotes=USD&providers=bank,ecb&select=first&date=2026-04-13&knownAt=2026-05-01T00:00:00Z")]
    [InlineData("/v1/convert?from=EUR&to=USD&providers=bank&date=2026-04-13")]
    [InlineData("/v1/convert?from=EUR&to=USD&providers=bank&select=each&date=2026-04-13")]
    [InlineData("/v1/history?quotes=USD&providers=bank&select=median&from=2026-04-10&to=2026-04-14")]
    [InlineData("/v1/history?quotes=USD&providers=bank&select=mean&from=2026-04-13&to=2026-04-13&filled=true")]
    public async Task Combined_rates_and_conversions_are_marked_in_every_format(string address)
    {
        Assert.Contains(Mark, await _api.TextAsync(address), StringComparison.Ordinal);
        foreach (var format in RowFormats)
        {
            var row = Assert.Single(await AnswerRows.OfAsync(_api, address, format));
            Assert.StartsWith(Mark, row["note"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Fetched_rates_have_no_such_mark() => Assert.DoesNotContain(
        "shipped",
        await _api.TextAsync("/v1/history?quotes=USD&providers=ecb&from=2026-06-01&to=2026-07-15&filled=true"), StringComparison.Ordinal);

    private static string Day(string date, string knownAt) => date.Length > 0 ? date[^10..] : knownAt[..10];

    private static DateTimeOffset At(DateOnly day, int hour) => new(day.ToDateTime(new(hour, 0)), TimeSpan.Zero);

    private async Task<string> TextAsync(string address)
    {
        using var response = await _api.CreateClient().GetAsync(address, TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
