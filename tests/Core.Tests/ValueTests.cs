using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rates.Core.Tests;

public sealed class ValueTests
{
    [Theory]
    [InlineData("EUR", "EUR")]
    [InlineData("usd", "USD")]
    [InlineData("AAA", "AAA")]
    [InlineData("ZZZ", "ZZZ")]
    public void Three_letters_are_a_code(string text, string code)
    {
        Assert.Equal(code, Currency.Parse(text).Code);
        Assert.Equal(Currency.Parse(text), Currency.FromIndex(Currency.Parse(text).Index));
    }

    [Theory]
    [InlineData("EU")]
    [InlineData("EURO")]
    [InlineData("U5D")]
    [InlineData("ЕUR")]
    [InlineData("EU€")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_no_code(string? text)
    {
        Assert.False(Currency.TryParse(text, out var currency));
        Assert.True(currency.IsNone);
        Assert.Empty(currency.Code);
    }

    [Theory]
    [InlineData("EURUSD")]
    [InlineData("EUR-USD")]
    [InlineData("EUR/US1")]
    [InlineData("EUR/USDX")]
    public void A_pair_is_two_codes_and_a_slash(string text)
    {
        Assert.False(CurrencyPair.TryParse(text, out _));
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => CurrencyPair.Parse(text)).Message);
    }

    [Fact]
    public void The_chunks_of_a_window_cover_it_once()
    {
        var window = new FetchWindow(Given.Day("2026-01-01"), Given.Day("2026-04-10"), Given.Day("2026-04-13"));

        var chunks = window.Chunks(31).ToArray();

        Assert.Equal([31, 31, 31, 7], chunks.Select(chunk => chunk.Length));
        Assert.Equal(window.Days(), chunks.SelectMany(chunk => chunk.Days()));
        Assert.All(chunks, chunk => Assert.Equal(window.Today, chunk.Today));
    }

    [Fact]
    public void Health_records_are_equal_when_all_values_and_rows_are()
    {
        ProviderHealth Health(int failures, string reason) => new() { Failures = failures, FirstRefusedRows = [new("row 1", reason)] };

        Assert.Equal(Health(1, "jump"), Health(1, "jump"));
        Assert.NotEqual(Health(1, "jump"), Health(2, "jump"));
        Assert.NotEqual(Health(1, "jump"), Health(1, "scale"));
        Assert.NotEqual(Health(1, "jump"), Health(1, "jump") with { FirstOddRows = [new("row 2", "blank")] });
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Currency.Count)]
    public void An_index_outside_the_codes_is_refused(int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Currency.FromIndex(index));

    [Fact]
    public void The_named_currencies_are_what_their_names_say() =>
        Assert.Equal(["EUR", "USD", "XDR"], new[] { Currency.Eur, Currency.Usd, Currency.Xdr }.Select(code => code.Code));

    [Fact]
    public void A_text_that_is_no_code_is_quoted() =>
        Assert.Equal("'EURO' is not a three-letter currency code",
            Assert.Throws<FormatException>(() => Currency.Parse("EURO")).Message);

    [Theory]
    [InlineData("""{"EUR":"USD"}""")]
    [InlineData("""{"":""}""")]
    public void A_currency_is_its_code_in_JSON_and_none_is_an_empty_text(string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<Dictionary<Currency, Currency>>(json)));

    [Theory]
    [InlineData("""{"EURO":"USD"}""", "'EURO' is not a three-letter currency code")]
    [InlineData("""{"EUR":"US"}""", "'US' is not a three-letter currency code")]
    public void A_text_in_JSON_that_is_no_code_is_quoted(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<JsonException>(
            () => JsonSerializer.Deserialize<Dictionary<Currency, Currency>>(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pair_is_its_text_in_JSON()
    {
        Assert.Equal("\"EUR/USD\"", JsonSerializer.Serialize(JsonSerializer.Deserialize<CurrencyPair>("\"eur/usd\"")).Replace(
            "\\u002F", "/", StringComparison.Ordinal));
        Assert.StartsWith("not a currency pair such as EUR/USD",
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<CurrencyPair>("\"EURUSD\"")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Instants_are_written_in_UTC_to_the_second_or_with_all_their_digits()
    {
        var instant = new DateTimeOffset(2026, 8, 20, 16, 2, 11, TimeSpan.FromHours(2)).AddMilliseconds(250);

        Assert.Equal("2026-08-20T14:02:11Z", IsoText.OfSeconds(instant));
        Assert.Equal("2026-08-20T14:02:11.25Z", IsoText.OfTicks(instant));
        Assert.Equal("2026-08-20T14:02:11Z", IsoText.OfTicks(instant.AddMilliseconds(-250)));
    }

    [Theory]
    [InlineData("2026-01-30", "2026-01-30", "2026-01-30", "2026-01-01", "2026")]
    [InlineData("2025-12-30", "2026-01-01", "2025-12-30 2025-12-31 2026-01-01", "2025-12-01 2026-01-01", "2025 2026")]
    public void A_window_lists_its_days_months_and_years(string from, string to, string days, string months, string years)
    {
        var window = new FetchWindow(Given.Day(from), Given.Day(to), Given.Day("2026-04-13"));

        Assert.Equal(days.Split(' ').Select(Given.Day), window.Days());
        Assert.Equal(months.Split(' ').Select(Given.Day), window.Months());
        Assert.Equal(years.Split(' ').Select(int.Parse), window.Years());
    }

    [Theory]
    [InlineData("2026-01-01", "2026-01-07", "2026-01-01..2026-01-03 2026-01-04..2026-01-06 2026-01-07..2026-01-07")]
    [InlineData("2026-01-01", "2026-01-06", "2026-01-01..2026-01-03 2026-01-04..2026-01-06")]
    [InlineData("2026-01-01", "2026-01-01", "2026-01-01..2026-01-01")]
    public void A_chunk_has_at_most_the_days_asked_for_and_the_last_one_what_is_left(string from, string to, string chunks) =>
        Assert.Equal(chunks, string.Join(' ', new FetchWindow(Given.Day(from), Given.Day(to), Given.Day("2026-04-13")).Chunks(3)
            .Select(chunk => $"{IsoText.Of(chunk.From)}..{IsoText.Of(chunk.To)}")));

    [Fact]
    public void Chunks_of_no_days_are_refused()
    {
        var day = Given.Day("2026-01-01");

        Assert.Throws<ArgumentOutOfRangeException>(() => FetchWindow.Of(day, day).Chunks(0).ToArray());
    }

    [Fact]
    public void Health_has_no_reason_and_no_rows_unless_they_are_set()
    {
        Assert.Empty(new ProviderHealth().Reason);
        Assert.Empty(new ProviderHealth().ScheduleProblem);
        Assert.Empty(new ProviderHealth { ScheduleProblem = null! }.ScheduleProblem);
        Assert.Empty(new ProviderHealth { FirstOddRows = null! }.FirstOddRows);
        Assert.Empty(new ProviderHealth { FirstRefusedRows = null! }.FirstRefusedRows);
        Assert.Empty(new ProviderHealth { FirstReleasedRows = null! }.FirstReleasedRows);
    }

    [Fact]
    public void Health_keeps_the_texts_and_rows_that_are_set()
    {
        OddRow row = new("row 1", "no number");

        Assert.Equal("never fires", new ProviderHealth { ScheduleProblem = "never fires" }.ScheduleProblem);
        Assert.Equal([row], new ProviderHealth { FirstReleasedRows = [row] }.FirstReleasedRows);
    }

    [Fact]
    public void A_pair_that_an_earlier_release_stored_as_unconfirmed_has_every_figure_marked()
    {
        var read = JsonSerializer.Deserialize<RateSheet>(StoredSheet(hasMarks: false).ToJsonString(), JsonSerializerOptions.Web)!;

        Assert.Equal([true, true, false], read.Observations.Select(figure => figure.IsUnconfirmed));
        Assert.Equal([CurrencyPair.Parse("EUR/USD")], read.Unconfirmed);
    }

    [Fact]
    public void A_sheet_that_has_marks_of_its_own_is_read_with_these_alone()
    {
        var read = JsonSerializer.Deserialize<RateSheet>(StoredSheet(hasMarks: true).ToJsonString(), JsonSerializerOptions.Web)!;

        Assert.Equal([true, false, false], read.Observations.Select(figure => figure.IsUnconfirmed));
    }

    [Fact]
    public void A_sheet_without_unconfirmed_pairs_is_read_without_marks()
    {
        var stored = StoredSheet(hasMarks: false);
        stored.Remove("unconfirmed");

        var read = JsonSerializer.Deserialize<RateSheet>(stored.ToJsonString(), JsonSerializerOptions.Web)!;

        Assert.Null(read.Unconfirmed);
    }

    // EUR/USD twice, the first marked, and EUR/GBP. Releases up to 0.2 stored the pair alone, and no mark at the figure.
    private static JsonObject StoredSheet(bool hasMarks)
    {
        var stored = JsonSerializer.SerializeToNode(
            new RateSheet
            {
                Provider = "ecb",
                AsOf = Given.Day("2026-04-13"),
                FetchedAt = DateTimeOffset.UnixEpoch,
                CheckedAt = DateTimeOffset.UnixEpoch,
                Observations =
                [
                    Given.Figure("2026-04-13 EUR/USD 1.17") with { IsUnconfirmed = true },
                    Given.Figure("2026-04-12 EUR/USD 1.16"),
                    Given.Figure("2026-04-13 EUR/GBP 0.86"),
                ],
            },
            JsonSerializerOptions.Web)!.AsObject();
        if (!hasMarks)
        {
            Assert.True(stored["observations"]![0]!.AsObject().Remove("unconfirmed"));
        }

        return stored;
    }

    [Fact]
    public void A_provider_and_a_sheet_have_no_texts_unless_they_are_set()
    {
        var profile = Given.Profile();

        Assert.Equal(("", "", "", ""), (profile.Country, profile.Terms, profile.Independence, profile.Note));
        Assert.Empty(Given.Sheet(Given.Figure("2026-04-13 EUR/USD 1.16")).Epoch);
    }

    [Fact]
    public void A_shipped_sheet_is_found_by_its_provider()
    {
        var sheets = new ShippedSheets([Given.Sheet(Given.Figure("2026-04-13 EUR/USD 1.16"))]);

        Assert.Same(sheets.Sheets[0], sheets.Find("bank"));
        Assert.Null(sheets.Find("ecb"));
        Assert.Null(ShippedSheets.None.Find("bank"));
    }
}
