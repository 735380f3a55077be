using System.Net;
using Rates.Core;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

/// <content>Histories by a policy.</content>
public sealed partial class PolicyTests
{
    [Fact]
    public async Task A_history_by_a_policy_gives_every_day_the_figure_that_the_rule_takes_for_it()
    {
        await using var api = new ApiFixture(Store());

        var answer = await api.JsonAsync("/v1/history?base=USD&quotes=PLN&from=2026-08-13&to=2026-08-20&policy=pl-tax");

        var series = answer.GetProperty("series")[0];
        Assert.Equal(("pl-tax", "working-day-before"), (Text(answer, "policy"), Text(answer, "rule")));
        Assert.Equal(
            ["2026-08-14", "2026-08-15", "2026-08-16", "2026-08-17", "2026-08-20"], Names(series.GetProperty("dates")));
        Assert.Equal(
            ["2026-08-13", "2026-08-14", "2026-08-14", "2026-08-14", "2026-08-19"], Names(series.GetProperty("asOf")));
        Assert.Equal(
            ["3.6313", "3.6314", "3.6314", "3.6314", "3.6319"],
            series.GetProperty("rates").EnumerateArray().Select(rate => rate.GetRawText()));
    }

    [Theory]
    [InlineData("pl-tax", "USD", "PLN", "2026-08-19", "2026-08-24", "", false,
        "2026-08-19 nothing is stored of 2026-08-18", "2026-08-22 nothing is stored of 2026-08-21",
        "2026-08-23 nothing is stored of 2026-08-21", "2026-08-24 nothing is stored of 2026-08-21")]
    [InlineData("pl-tax", "USD", "PLN", "2026-08-22", "2026-08-23", "missing nothing is stored of 2026-08-21", true,
        "2026-08-22 nothing is stored of 2026-08-21", "2026-08-23 nothing is stored of 2026-08-21")]
    [InlineData("pl-tax", "USD", "PLN", "2026-08-18", "2026-08-19", "missing nothing is stored of these days and pairs", true,
        "2026-08-18 nothing is stored of 2026-08-17", "2026-08-19 nothing is stored of 2026-08-18")]
    [InlineData("customs-uk", "GBP", "USD", "2026-06-29", "2026-07-01", "", false,
        "2026-06-29 nothing is stored of 2026-06-01 to 2026-06-29", "2026-06-30 nothing is stored of 2026-06-01 to 2026-06-30")]
    [InlineData("pl-tax", "USD", "CHF", "2026-08-20", "2026-08-21", "fresh does not cover the pair", true,
        "2026-08-20 does not cover the pair", "2026-08-21 does not cover the pair")]
    public async Task Each_day_without_a_figure_states_why_in_every_format(
        string policy, string from, string to, string first, string last, string absent, bool isWhole, params string[] expected)
    {
        await using var api = new ApiFixture(Store());
        var address = $"/v1/history?base={from}&quotes={to}&from={first}&to={last}&policy={policy}";

        var answer = await api.JsonAsync(address);

        var series = answer.GetProperty("series")[0];
        Assert.Equal(expected, HistoryNotes.Of(series).Select(note => $"{note.Date} {note.Text}"));
        Assert.Equal(isWhole, answer.TryGetProperty("absent", out var lack));
        if (isWhole)
        {
            Assert.Equal(absent, $"{Text(lack[0], "status")} {Text(lack[0], "reason")}");
        }

        foreach (var format in new[] { "csv", "ndjson", "xml" })
        {
            var rows = await AnswerRows.OfAsync(api, address, format);
            Assert.Equal(IsoText.ParseDay(last).DayNumber - IsoText.ParseDay(first).DayNumber + 1, rows.Count);
            Assert.Equal(
                expected,
                rows.Where(row => row.GetValueOrDefault("rate", "").Length == 0).Select(row => $"{row["date"]} {row["note"]}"));
            Assert.All(rows, row => Assert.StartsWith($"{policy}: ", row["rule"], StringComparison.Ordinal));
        }

        var soap = await AnswerRows.SoapAsync(
            api, "GetHistory", "Rate", [("base", from), ("quotes", to), ("from", first), ("to", last), ("policy", policy)]);
        var provider = Text(series, "provider");
        Assert.Equal(
            expected.Select(line => $"{provider} {line}"),
            soap.Where(row => row.GetValueOrDefault("rate", "").Length == 0)
                .Select(row => $"{row["providers"]} {row["date"]} {row["note"]}"));
    }

    [Theory]
    [InlineData("pl-tax", "USD", "PLN", "")]
    [InlineData("customs-uk", "GBP", "USD", "&group=month")]
    [InlineData("consensus", "EUR", "USD", "")]
    public async Task Each_row_names_the_rule_that_the_rates_of_its_day_name(string policy, string from, string to, string group)
    {
        await using var api = new ApiFixture(Store());
        var address = $"/v1/history?base={from}&quotes={to}&from=2026-08-17&to=2026-08-20&policy={policy}{group}";
        var soap = await AnswerRows.SoapAsync(
            api, "GetHistory", "Rate",
            [("base", from), ("quotes", to), ("from", "2026-08-17"), ("to", "2026-08-20"), ("policy", policy)]);
        var text = await api.TextAsync($"{address}&format=csv");

        Assert.EndsWith(",rule", text[..text.IndexOf('\r', StringComparison.Ordinal)], StringComparison.Ordinal);
        foreach (var rows in new[]
        {
            AnswerRows.Csv(text), await AnswerRows.OfAsync(api, address, "xml"), await AnswerRows.OfAsync(api, address, "ndjson"), soap,
        })
        {
            Assert.NotEmpty(rows);
            foreach (var row in rows)
            {
                using var asked = await api.GetAsync(
                    $"/v1/rates?base={from}&quotes={to}&policy={policy}&date={row["date"]}&format=csv");
                var day = asked.StatusCode == HttpStatusCode.NotFound ? new() { ["rate"] = "" }
                    : Assert.Single(AnswerRows.Csv(await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
                Assert.Equal(day["rate"], row.GetValueOrDefault("rate", ""));
                Assert.StartsWith($"{policy}: ", row["rule"], StringComparison.Ordinal);
                if (day["rate"].Length > 0)
                {
                    Assert.Equal(day["rule"], row["rule"]);
                }
            }
        }
    }

    [Fact]
    public async Task Without_quotes_the_quotes_of_the_days_before_have_the_notes()
    {
        await using var api = new ApiFixture(Store());

        var answer = await api.JsonAsync("/v1/history?base=USD&from=2026-08-17&to=2026-08-19&policy=pl-tax");

        var series = Assert.Single(answer.GetProperty("series").EnumerateArray());
        Assert.Equal(("PLN", 2), (Text(series, "quote"), HistoryNotes.Of(series).Count));
    }
}
