using System.Globalization;
using System.Net;
using Rates.Core;
using Rates.Store;

namespace Rates.Api.Tests;

/// <summary>The pages of a provider and of a currency, and the list of providers.</summary>
public sealed partial class PageTests
{
    [Fact]
    public async Task A_provider_shows_its_facts_how_it_goes_and_its_currencies()
    {
        await using var api = new ApiFixture();
        api.Store.Remember("ecb", Sample.Figures(new(1999, 1, 4), "EUR/USD 1.1789"));
        api.Store.Add(Sample.Known("one", profile => profile with { Facts = new() { RecordedAnswers = 1 } }));

        var page = await api.TextAsync("/providers/ecb");

        var facts = Words(page, "facts");
        Assert.Contains("Publishes the euro foreign exchange reference rates Direction 1 EUR = x foreign", facts, StringComparison.Ordinal);
        Assert.Contains(
            "Published Monday to Friday at 16:00 (Europe/Berlin) History since 1999-01-04 Asked every 5 minutes from 16:00 to 18:59, "
                + "Monday to Friday (Europe/Berlin)", facts, StringComparison.Ordinal);
        Assert.Contains("Attribution Source: European Central Bank Terms of use https://www.ecb.europa.eu/", facts,
            StringComparison.Ordinal);
        Assert.Contains("35 recorded answers are read exactly", facts, StringComparison.Ordinal);
        Assert.Contains(
            "Proof 1 recorded answer is read exactly", Words(await api.TextAsync("/providers/one"), "facts"), StringComparison.Ordinal);
        Assert.Contains("<time datetime=\"2026-08-21T14:00:00Z\" data-local>2026-08-21 14:00 UTC</time>", page, StringComparison.Ordinal);
        Assert.Contains(
            "Last success 2026-08-20 15:00 UTC Failures since 0 Days with figures 3 of the last 90 days Missed publications none "
                + "Corrections none",
            Words(page, "quality"), StringComparison.Ordinal);
        Assert.Contains(
            "USD US dollar EUR/USD 1.1634 reference 1999-01-04 2026-08-20", Words(page, "currencies"), StringComparison.Ordinal);
        Assert.Contains("href=\"../currencies/USD\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_shows_the_publications_that_it_missed_and_the_days_that_it_corrected()
    {
        await using var api = new ApiFixture();
        api.Store.Remember("ecb", Sample.Figures(new(2026, 8, 13), "EUR/USD 1.1590"));
        api.Store.Remember("ecb", new StoredDay(new(2026, 8, 12), Sample.Now, Sample.Figures(new(2026, 8, 12), "EUR/USD 1.1580"))
        {
            Revisions = [new(Sample.Now.AddDays(-1), Sample.Figures(new(2026, 8, 12), "EUR/USD 1.1850"), [])],
        });

        var quality = Words(await api.TextAsync("/providers/ecb"), "quality");

        // The 15th and 16th are a weekend.
        Assert.Contains(
            "Days with figures 5 of the last 90 days Missed publications 2: 2026-08-17, 2026-08-14 Corrections 1: 2026-08-12", quality,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 H/10 16-18 ? * MON-FRI", "every 10 minutes from 16:00 to 18:59, Monday to Friday (Europe/Berlin)")]
    [InlineData("0 H/15 0-2 ? * MON-SUN", "every 15 minutes from 00:00 to 02:59, every day (Europe/Berlin)")]
    [InlineData("0 H 13,16,19 ? * MON-FRI", "0 H 13,16,19 ? * MON-FRI, a cron expression with seconds (Europe/Berlin)")]
    [InlineData("5 16 * * MON-FRI", "5 16 * * MON-FRI, a cron expression without seconds (Europe/Berlin)")]
    public void A_usual_schedule_is_told_in_words(string cron, string expected) =>
        Assert.Equal(expected, PageCalendar.Fetched(new(cron, null, "Europe/Berlin", Enabled: true)));

    [Theory]
    [InlineData("01:00:00", "every hour")]
    [InlineData("1.00:00:00", "every 24 hours")]
    [InlineData("00:10:00", "every 10 minutes")]
    [InlineData("00:01:30", "every 90 seconds")]
    public void An_interval_is_told_in_words(string every, string expected)
    {
        var interval = TimeSpan.Parse(every, CultureInfo.InvariantCulture);

        Assert.Equal(expected, PageCalendar.Fetched(new("", interval, "Europe/Berlin", Enabled: true)));
        Assert.Equal($"not now; otherwise {expected}", PageCalendar.Fetched(new("", interval, "Europe/Berlin", Enabled: false)));
    }

    [Fact]
    public async Task A_provider_that_is_fetched_at_an_interval_says_so_in_the_answer_and_on_its_page()
    {
        await using var api = new ApiFixture();
        api.Store.Add(Sample.Ecb with { Schedule = new() { Cron = "", Every = TimeSpan.FromHours(1), Zone = "Europe/Berlin" } });

        var schedule = (await api.JsonAsync("/v1/providers/ecb")).GetProperty("schedule");

        Assert.Equal(("", "01:00:00"), (schedule.GetProperty("cron").GetString(), schedule.GetProperty("every").GetString()));
        Assert.Contains("Asked every hour Attribution", Words(await api.TextAsync("/providers/ecb"), "facts"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MON-FRI", "Monday to Friday")]
    [InlineData("MON,WED", "Monday, Wednesday")]
    [InlineData("MON-SUN", "every day")]
    public void Weekdays_are_told_in_words(string days, string expected) => Assert.Equal(expected, PageCalendar.Days(days));

    [Fact]
    public async Task A_dataset_and_its_institution_lead_to_each_other()
    {
        var store = Sample.Store();
        store.Add(Sample.Known("nbp"));
        store.Add(Sample.Known("nbp.b", profile => profile with { Name = "NBP (table B)", Independence = "nbp" }));
        await using var api = new ApiFixture(store);

        Assert.Contains(
            "<a href=\"../providers/nbp.b\">NBP (table B)</a>", await api.TextAsync("/providers/nbp"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"../providers/nbp\">nbp</a>", await api.TextAsync("/providers/nbp.b"), StringComparison.Ordinal);
        Assert.Contains("nbp nbp", Words(await api.TextAsync("/providers"), "answer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_source_or_an_operator_wrote_is_shown_as_text()
    {
        const string Script = "<script>alert(1)</script>";
        var store = Sample.Store();
        store.Add(Sample.Ecb with
        {
            Profile = Sample.Ecb.Profile with
            {
                Name = Script,
                Note = Script,
                Terms = "javascript:alert(1)",
                Facts = new() { Publishes = Script, Direction = Script, Units = Script, Attribution = Script },
            },
            Health = new() { Reason = Script, Failures = 1, OddRows = 1, FirstOddRows = [new(Script, Script)] },
        });
        await using var api = new ApiFixture(store);

        foreach (var path in new[] { "/providers", "/providers/ecb", "/currencies/USD" })
        {
            var page = await api.TextAsync(path);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("javascript:", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_currency_shows_its_life_its_pegs_and_who_quotes_it()
    {
        var store = Sample.Store();
        store.Add(Sample.Known("pegs", profile => profile with { Category = ProviderCategory.Official }));
        store.Publish(Sample.Sheet("pegs", Sample.Today, Sample.Now, null, "USD/SAR 3.75"));
        await using var api = new ApiFixture(store);

        var euro = await api.TextAsync("/currencies/eur");
        var riyal = await api.TextAsync("/currencies/SAR");
        var mark = await api.TextAsync("/currencies/DEM");

        Assert.Contains("European Central Bank EUR/GBP 0.8654 reference, and 2 more 2026-08-20 today fresh", Words(euro, "answer"),
            StringComparison.Ordinal);
        Assert.Contains("href=\"../currencies/DEM\"", euro, StringComparison.Ordinal);
        Assert.Contains("Fixed 1 USD = 3.75 SAR", Words(riyal, "facts"), StringComparison.Ordinal);
        Assert.Contains("Replaced by EUR Euro", Words(mark, "facts"), StringComparison.Ordinal);
        Assert.Contains("Quoted by no provider", Words(mark, "answer"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/providers/nobody", HttpStatusCode.NotFound, "key: 'nobody' is no known provider")]
    [InlineData("/providers/%3Cscript%3E", HttpStatusCode.NotFound, "is no known provider")]
    [InlineData("/currencies/QQQ", HttpStatusCode.NotFound, "code: 'QQQ' is no known currency")]
    [InlineData("/currencies/EURO", HttpStatusCode.BadRequest, "code: 'EURO' is not a three-letter currency code")]
    public async Task A_provider_or_a_currency_that_is_not_there_is_named(string path, HttpStatusCode status, string message)
    {
        await using var api = new ApiFixture();

        using var response = await api.GetAsync(path);

        var page = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(message, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }
}
