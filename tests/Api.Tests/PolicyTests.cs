using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Rates.Core;
using Rates.Testing;
using static Rates.Api.Tests.JsonText;

namespace Rates.Api.Tests;

/// <summary>Policies: which provider, day and rounding each fixes, and what a request may not add to it.</summary>
public sealed partial class PolicyTests
{
    private static readonly Currency Pounds = Currency.Parse("GBP");
    private static readonly Currency Zloty = Currency.Parse("PLN");

    [Theory]
    [InlineData("vat-eu", "EUR", "USD", "2026-08-20", "1.1634", "2026-08-20", "vat-eu: 2026-08-20, or the last day before with a figure")]
    [InlineData("vat-eu", "EUR", "USD", "2026-08-22", "1.1634", "2026-08-20", "vat-eu: 2026-08-22, or the last day before with a figure")]
    [InlineData("vat-eu", "EUR", "USD", "2026-08-19", "1.1622", "2026-08-19", "vat-eu: 2026-08-19, or the last day before with a figure")]
    [InlineData("pl-tax", "USD", "PLN", "2026-08-20", "3.6319", "2026-08-19",
        "pl-tax: the working day before 2026-08-20, by the provider's calendar")]
    [InlineData("pl-tax", "USD", "PLN", "2026-08-17", "3.6314", "2026-08-14",
        "pl-tax: the working day before 2026-08-17, by the provider's calendar")]
    [InlineData("pl-tax", "USD", "PLN", "2026-08-16", "3.6314", "2026-08-14",
        "pl-tax: the working day before 2026-08-16, by the provider's calendar")]
    [InlineData("customs-uk", "GBP", "USD", "2026-08-20", "1.3308", "2026-08-01", "customs-uk: the month of 2026-08-20: 2026-08")]
    [InlineData("customs-uk", "GBP", "USD", "2026-07-31", "1.3307", "2026-07-01", "customs-uk: the month of 2026-07-31: 2026-07")]
    [InlineData("us-tax", "USD", "GBP", "2026-08-20", "0.7506", "2026-06-30",
        "us-tax: the last quarter end on or before 2026-08-20: 2026-06-30")]
    [InlineData("us-tax", "USD", "GBP", "2026-06-30", "0.7506", "2026-06-30",
        "us-tax: the last quarter end on or before 2026-06-30: 2026-06-30")]
    [InlineData("us-tax", "USD", "GBP", "2026-06-29", "0.7503", "2026-03-31",
        "us-tax: the last quarter end on or before 2026-06-29: 2026-03-31")]

    // Days to come: the working day before tomorrow is today; next month's rates are there already.
    [InlineData("pl-tax", "USD", "PLN", "2026-08-21", "3.6320", "2026-08-20",
        "pl-tax: the working day before 2026-08-21, by the provider's calendar")]
    [InlineData("vat-eu", "EUR", "USD", "2026-08-27", "1.1634", "2026-08-20", "vat-eu: 2026-08-27, or the last day before with a figure")]

    // The turn of a month, of a quarter and of a year.
    [InlineData("customs-uk", "GBP", "USD", "2026-08-01", "1.3308", "2026-08-01", "customs-uk: the month of 2026-08-01: 2026-08")]
    [InlineData("customs-uk", "GBP", "USD", "2025-12-31", "1.3212", "2025-12-01", "customs-uk: the month of 2025-12-31: 2025-12")]
    [InlineData("customs-uk", "GBP", "USD", "2026-01-01", "1.3301", "2026-01-01", "customs-uk: the month of 2026-01-01: 2026-01")]
    [InlineData("us-tax", "USD", "GBP", "2025-12-31", "0.7512", "2025-12-31",
        "us-tax: the last quarter end on or before 2025-12-31: 2025-12-31")]
    [InlineData("us-tax", "USD", "GBP", "2026-03-30", "0.7512", "2025-12-31",
        "us-tax: the last quarter end on or before 2026-03-30: 2025-12-31")]
    [InlineData("pl-tax", "USD", "PLN", "2026-01-01", "3.6012", "2025-12-31",
        "pl-tax: the working day before 2026-01-01, by the provider's calendar")]
    [InlineData("pl-tax", "USD", "PLN", "2026-01-02", "3.6012", "2025-12-31",
        "pl-tax: the working day before 2026-01-02, by the provider's calendar")]

    // Holidays of Poland: Epiphany, Corpus Christi, Independence Day of the year before, and since 2025 Christmas Eve.
    [InlineData("pl-tax", "USD", "PLN", "2026-01-07", "3.6005", "2026-01-05",
        "pl-tax: the working day before 2026-01-07, by the provider's calendar")]
    [InlineData("pl-tax", "USD", "PLN", "2026-06-05", "3.6603", "2026-06-03",
        "pl-tax: the working day before 2026-06-05, by the provider's calendar")]
    [InlineData("pl-tax", "USD", "PLN", "2025-12-29", "3.5923", "2025-12-23",
        "pl-tax: the working day before 2025-12-29, by the provider's calendar")]
    [InlineData("vat-eu", "EUR", "USD", "2026-04-06", "1.1502", "2026-04-02", "vat-eu: 2026-04-06, or the last day before with a figure")]
    public async Task A_policy_takes_the_figure_of_its_day_and_states_the_rule(
        string policy, string from, string to, string date, string rate, string asOf, string rule)
    {
        await using var api = new ApiFixture(Store());

        var rates = await api.JsonAsync($"/v1/rates?base={from}&quotes={to}&policy={policy}&date={date}");
        var pair = await api.JsonAsync($"/v1/rates/{from}/{to}?policy={policy}&date={date}");
        var conversion = await api.JsonAsync($"/v1/convert?from={from}&to={to}&amount=1000&policy={policy}&date={date}");

        var figure = rates.GetProperty("rates").GetProperty(to);
        Assert.Equal((policy, "first"), (Text(rates, "policy"), Text(rates, "select")));
        Assert.Equal((rate, asOf, asOf, rule), (
            figure.GetProperty("rate").GetRawText(), Text(figure, "newest"), Text(figure, "oldest"), Text(figure, "rule")));
        Assert.Equal((policy, rate), (Text(pair, "policy"), pair.GetProperty("rate").GetRawText()));
        var only = Assert.Single(pair.GetProperty("providers").EnumerateArray());
        Assert.Equal((rate, asOf, rule), (only.GetProperty("rate").GetRawText(), Text(only, "asOf"), Text(only, "rule")));
        Assert.Equal((policy, rule, asOf), (Text(conversion, "policy"), Text(conversion, "rule"), Text(conversion, "asOf")));
        Assert.Equal(decimal.Parse(rate) * 1000, conversion.GetProperty("result").GetDecimal());
    }

    [Theory]
    [InlineData("policy=pl-tax&base=USD&quotes=PLN&date=2026-08-18", "nothing is stored of 2026-08-17")]
    [InlineData("policy=us-tax&base=USD&quotes=GBP&date=2025-12-30", "nothing is stored of 2025-09-30")]
    [InlineData("policy=customs-uk&base=GBP&quotes=USD&date=2026-06-30", "nothing is stored of 2026-06-01 to 2026-06-30")]

    // Not yet published, and before the series.
    [InlineData("policy=pl-tax&base=USD&quotes=PLN&date=2026-08-22", "nothing is stored of 2026-08-21")]
    [InlineData("policy=vat-eu&base=EUR&quotes=USD&date=1998-12-31", "nothing is stored of 1998-12-17 to 1998-12-31")]
    public async Task A_figure_of_another_day_is_never_taken_in_place_of_the_right_one(string query, string reason)
    {
        await using var api = new ApiFixture(Store());

        var answer = await api.JsonAsync($"/v1/rates?{query}");

        Assert.Empty(answer.GetProperty("rates").EnumerateObject());
        Assert.Equal(reason, Text(answer.GetProperty("absent")[0], "reason"));
    }

    [Fact]
    public async Task A_figure_of_a_coming_day_is_not_that_of_today()
    {
        var store = Store();
        store.Add(Sample.Known("cbr"));
        store.Publish(Sample.Sheet("cbr", Sample.Today.AddDays(1), Sample.Now, null, "EUR/USD 1.1701"));
        store.Remember("cbr", Sample.Figures(Sample.Today, "EUR/USD 1.1651"));
        await using var api = new ApiFixture(
            store, ("Rates:Api:Policies:ru:Providers", "cbr"), ("Rates:Api:Policies:ru:Title", "Of the day"));

        var latest = await api.JsonAsync("/v1/convert?from=EUR&to=USD&providers=cbr&select=first");
        var byPolicy = await api.JsonAsync("/v1/convert?from=EUR&to=USD&policy=ru");

        Assert.Equal(("2026-08-21", "1.1701"), (Text(latest, "asOf"), latest.GetProperty("rate").GetRawText()));
        Assert.Equal(("2026-08-20", "1.1651"), (Text(byPolicy, "asOf"), byPolicy.GetProperty("rate").GetRawText()));
    }

    [Theory]
    [InlineData("/v1/rates?policy=vat-eu&providers=ecb", "providers")]
    [InlineData("/v1/rates?policy=vat-eu&providers=all", "providers")]
    [InlineData("/v1/rates?select=each&policy=vat-eu", "select")]
    [InlineData("/v1/rates/EUR/USD?policy=vat-eu&providers=ecb", "providers")]
    [InlineData("/v1/convert?from=EUR&to=USD&policy=vat-eu&select=median", "select")]
    [InlineData("/v1/convert?from=EUR&to=USD&policy=vat-eu&round=2", "round")]
    [InlineData("/v1/convert?from=EUR&to=USD&policy=vat-eu&rounding=up", "rounding")]
    [InlineData("/v1/convert?from=EUR&to=USD&policy=consensus&rounding=up", "rounding")]
    [InlineData("/v1/history?policy=vat-eu&providers=ecb", "providers")]
    [InlineData("/v1/history?policy=vat-eu&select=median", "select")]
    [InlineData("/v1/history?policy=vat-eu&revisions=true", "revisions")]
    public async Task What_a_policy_fixes_cannot_be_asked_for_as_well(string address, string parameter)
    {
        await using var api = new ApiFixture(Store());

        var problem = await api.ProblemAsync(address, HttpStatusCode.BadRequest);

        Assert.Equal(parameter, Text(problem, "parameter"));
    }

    [Fact]
    public async Task An_unknown_policy_and_one_of_an_unknown_provider_are_named()
    {
        await using var api = new ApiFixture();

        var unknown = await api.ProblemAsync("/v1/rates?policy=vat", HttpStatusCode.NotFound);
        var missing = await api.ProblemAsync("/v1/rates?policy=pl-tax", HttpStatusCode.NotFound);

        Assert.Equal(("policy", "vat"), (Text(unknown, "parameter"), Text(unknown, "value")));
        Assert.Contains("takes its figures from nbp", Text(missing, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_rounds_the_results_of_conversions_as_it_says()
    {
        await using var api = new ApiFixture(Store());

        var euro = await api.JsonAsync("/v1/convert?from=EUR&to=USD&amount=0.005&policy=vat-eu");
        var free = await api.JsonAsync("/v1/convert?from=EUR&to=USD&amount=0.005&policy=consensus&round=3&rounding=up");

        Assert.Equal("0.01", euro.GetProperty("result").GetRawText());
        Assert.Equal("0.006", free.GetProperty("result").GetRawText());
        Assert.Equal("consensus: 2026-08-20, or the last day before with a figure", Text(free, "rule"));
    }

    [Fact]
    public async Task Rows_follow_the_policy_each_for_its_day()
    {
        await using var api = new ApiFixture(Store());
        const string Body = """
            [{"amount":"1000","from":"USD","to":"PLN","date":"2026-08-20"},
             {"amount":"1000","from":"USD","to":"PLN","date":"2026-08-17"},
             {"amount":"1000","from":"USD","to":"PLN","date":"2026-08-18"},
             {"amount":"1000","from":"USD","to":"PLN","provider":"ecb"}]
            """;

        using var response = await api.CreateClient().PostAsync(
            "/v1/convert?policy=pl-tax", new StringContent(Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
            TestContext.Current.CancellationToken);
        var rows = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal(["3631.90", "3631.40"], rows.EnumerateArray().Take(2).Select(row => row.GetProperty("result").GetRawText()));
        Assert.EndsWith("nothing is stored of 2026-08-17", Text(rows[2].GetProperty("error"), "detail"), StringComparison.Ordinal);
        Assert.Equal("provider", Text(rows[3].GetProperty("error"), "field"));
        Assert.Equal("pl-tax", Text(rows[0], "policy"));
    }

    [Fact]
    public async Task Every_policy_is_listed_in_every_format()
    {
        await using var api = new ApiFixture(
            Store(), ("Rates:Api:Policies:us-tax:Enabled", "false"), ("Rates:Api:Policies:house:Providers", "ecb, boc"),
            ("Rates:Api:Policies:house:Select", "mean"), ("Rates:Api:Policies:house:Round", "4"),
            ("Rates:Api:Policies:vat-eu:Providers", "boc"));

        var policies = (await api.JsonAsync("/v1/policies")).EnumerateArray().ToDictionary(policy => Text(policy, "name"));

        Assert.Equal(["consensus", "customs-uk", "house", "pl-tax", "vat-eu"], policies.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["ecb", "boc"], Names(policies["house"].GetProperty("providers")));
        Assert.Equal(("mean", "4", "half-up"), (
            Text(policies["house"], "select"), Text(policies["house"], "round"), Text(policies["house"], "rounding")));
        Assert.Equal(["boc"], Names(policies["vat-eu"].GetProperty("providers")));
        Assert.Equal(("on-or-before", "minor"), (Text(policies["vat-eu"], "day"), Text(policies["vat-eu"], "round")));
        Assert.Contains("pl-tax,", await api.TextAsync("/v1/policies?format=csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_of_the_documentation_can_be_set_as_it_stands_there()
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "docs", "choosing.md"), TestContext.Current.CancellationToken);
        var block = page[page.IndexOf("```json", StringComparison.Ordinal)..].Split("```")[1]["json".Length..];
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(block));
        var settings = new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable()
            .Where(setting => setting.Value is not null).Select(setting => (setting.Key, setting.Value!)).ToArray();
        await using var api = new ApiFixture(Store(), settings);

        var policy = Assert.Single(
            (await api.JsonAsync("/v1/policies")).EnumerateArray(), one => Text(one, "name") == "eu-budget");

        Assert.Equal(
            ("Accounting rates of the European Commission", "inforeuro", "month", "minor"),
            (Text(policy, "title"), Assert.Single(Names(policy.GetProperty("providers"))), Text(policy, "day"), Text(policy, "round")));
    }

    [Fact]
    public async Task The_rule_is_a_column_of_a_table_only_with_a_policy()
    {
        await using var api = new ApiFixture(Store());

        var with = await api.TextAsync("/v1/rates?quotes=USD&policy=vat-eu&format=csv");
        var without = await api.TextAsync("/v1/rates?quotes=USD&select=first&format=csv");

        Assert.EndsWith(",note,unconfirmed,rule", with.Split("\r\n")[0], StringComparison.Ordinal);
        Assert.EndsWith("\"vat-eu: 2026-08-20, or the last day before with a figure\"", with.TrimEnd(), StringComparison.Ordinal);
        Assert.EndsWith(",note,unconfirmed", without.Split("\r\n")[0], StringComparison.Ordinal);
    }

    /// <summary>The sample with the providers of the policies that ship.</summary>
    internal static InMemoryRates Store()
    {
        var store = Sample.Store();

        // The last day before the four days of Easter on which TARGET is closed or nobody works.
        store.Remember("ecb", Sample.Figures(new(2026, 4, 2), "EUR/USD 1.1502"));
        store.Add(Sample.Known("nbp", profile => profile with
        {
            Pivot = Zloty,
            Calendar = new() { At = new(12, 15), Zone = "Europe/Warsaw", Holidays = "PL" },
        }));
        store.Publish(Sample.Sheet("nbp", Sample.Today, Sample.Now, null, "USD/PLN 3.6320"));
        store.Remember("nbp", [
            .. Sample.Figures(new(2025, 12, 23), "USD/PLN 3.5923"), .. Sample.Figures(new(2025, 12, 31), "USD/PLN 3.6012"),
            .. Sample.Figures(new(2026, 1, 5), "USD/PLN 3.6005"), .. Sample.Figures(new(2026, 6, 3), "USD/PLN 3.6603"),
            .. Sample.Figures(new(2026, 8, 13), "USD/PLN 3.6313"), .. Sample.Figures(new(2026, 8, 14), "USD/PLN 3.6314"),
            .. Sample.Figures(new(2026, 8, 19), "USD/PLN 3.6319")]);
        store.Add(Sample.Known("hmrc", profile => profile with
        {
            Pivot = Pounds,
            Category = ProviderCategory.Compliance,
            Calendar = new() { Cadence = Cadence.Monthly, Days = "MON-SUN", Zone = "Europe/London" },
        }));

        // Published ahead: on the penultimate Thursday for the month after.
        store.Publish(Sample.Sheet("hmrc", new(2026, 9, 1), Sample.Now, null, "GBP/USD 1.3309"));
        store.Remember("hmrc", [
            .. Sample.Figures(new(2025, 12, 1), "GBP/USD 1.3212"), .. Sample.Figures(new(2026, 1, 1), "GBP/USD 1.3301"),
            .. Sample.Figures(new(2026, 7, 1), "GBP/USD 1.3307"), .. Sample.Figures(new(2026, 8, 1), "GBP/USD 1.3308")]);
        store.Add(Sample.Known("ust", profile => profile with
        {
            Pivot = Currency.Usd,
            Category = ProviderCategory.Compliance,
            Calendar = new() { Cadence = Cadence.Quarterly, DayOfMonth = 5, Zone = "America/New_York", Lag = 1 },
        }));

        // An amendment between two quarter ends is none of the policy's.
        store.Publish(Sample.Sheet("ust", new(2026, 7, 31), Sample.Now, null, "USD/GBP 0.7999"));
        store.Remember("ust", [
            .. Sample.Figures(new(2025, 12, 31), "USD/GBP 0.7512"), .. Sample.Figures(new(2026, 3, 31), "USD/GBP 0.7503"),
            .. Sample.Figures(new(2026, 6, 30), "USD/GBP 0.7506")]);
        return store;
    }
}
