using System.Text;
using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>Services with a key are asked for today and for the past at their own addresses, and may not answer for a later day.</summary>
public sealed class KeyedRequestTests
{
    private static readonly DateOnly Friday = new(2026, 5, 29);

    [Theory]
    [InlineData("abstractapi", "live/?base=USD", "historical?base=USD&date=2026-05-28")]
    [InlineData("currencyapi", "latest?base_currency=USD", "historical?date=2026-05-28&base_currency=USD")]
    [InlineData("currencylayer", "live", "historical?date=2026-05-28")]
    [InlineData("exchangeratehost", "live", "historical?date=2026-05-28")]
    [InlineData("exchangeratesapi", "latest", "2026-05-28")]
    [InlineData("fixer", "latest", "2026-05-28")]
    [InlineData("frankfurterapi", "latest", "2026-05-28")]
    public void Today_and_the_day_before_have_their_own_addresses(string key, string today, string before) =>
        Assert.Equal([before, today], Paths(key, Friday.AddDays(-1), Friday));

    [Theory]
    [InlineData(28, "historical?date=2026-05-28&base_currency=USD")]
    [InlineData(29, "historical?date=2026-05-28&base_currency=USD")]
    [InlineData(27, "historical?date=2026-05-27&base_currency=USD", "historical?date=2026-05-28&base_currency=USD")]
    public void A_latest_answer_without_a_day_is_never_asked_for(int from, params string[] paths) =>
        Assert.Equal(paths, Paths("freecurrencyapi", new(2026, 5, from), Friday));

    [Theory]
    [InlineData("frankfurterapi", "2026-05-22 2026-05-25")]
    [InlineData("bazg", "xmldaily?d=20260522&locale=en xmldaily?d=20260525&locale=en")]
    public void Weekends_are_not_asked_for(string key, string paths) =>
        Assert.Equal(paths.Split(' '), Paths(key, new(2026, 5, 22), new(2026, 5, 25)));

    [Theory]
    [InlineData("frankfurterapi", "2026-05-24")]
    [InlineData("bazg", "xmldaily?d=20260524&locale=en")]
    public void A_weekend_alone_is_asked_for_once(string key, string path) =>
        Assert.Equal([path], Paths(key, new(2026, 5, 23), new(2026, 5, 24)));

    [Fact]
    public void Each_series_of_the_H10_is_asked_for_by_its_direction()
    {
        var series = new Fred().Requests(FetchWindow.Of(Friday, Friday)).Select(request => request.Parameter("series_id")).ToList();

        Assert.Equal(22, series.Count);
        Assert.Equal(
            ["DEXUSAL", "DEXUSEU", "DEXUSNZ", "DEXUSUK"], series.Where(name => name.StartsWith("DEXUS", StringComparison.Ordinal)));
        Assert.Contains("DEXJPUS", series);
    }

    [Fact]
    public void Chile_and_Mexico_are_asked_for_every_series()
    {
        Assert.Equal(8, Paths("bcch", Friday, Friday).Distinct().Count());
        Assert.Equal(["series/SF43718,SF46410,SF46407,SF46406,SF60632/datos/2026-05-28/2026-05-29"],
            Paths("banxico", Friday.AddDays(-1), Friday));
    }

    [Fact]
    public void Thailand_is_asked_for_at_most_31_days_at_once() => Assert.Equal(
        [
            "DAILY_AVG_EXG_RATE/?start_period=2026-03-01&end_period=2026-03-31",
            "DAILY_AVG_EXG_RATE/?start_period=2026-04-01&end_period=2026-04-02",
        ],
        Paths("bot", new(2026, 3, 1), new(2026, 4, 2)));

    [Theory]
    [InlineData(-100, "compact")]
    [InlineData(-200, "full")]
    public void Alpha_Vantage_sends_all_bars_only_where_the_last_hundred_do_not_reach(int days, string size) =>
        Assert.All(new Alphavantage().Requests(new(Friday.AddDays(days), Friday, Friday)),
            request => Assert.Equal(size, request.Parameter("outputsize")));

    [Theory]
    [InlineData("2026-05-10", "2026-05-29", "41/2026 40/2026")]
    [InlineData("2026-05-25", "2026-05-29", "41/2026")]
    [InlineData("2026-05-08", "2026-05-12", "39/2026")]
    public void India_is_asked_for_the_notifications_of_the_window_or_the_last_before_it(string from, string to, string numbers)
    {
        var requests = Follow("""
            [{"notificationNumber":"41/2026","notPublishDate":"21-05-2026"},{"notificationNumber":"39/2026","notPublishDate":"07-05-2026"},
             {"notificationNumber":"40/2026","notPublishDate":"14-05-2026"}]
            """, DayParser.Parse(from), DayParser.Parse(to));

        Assert.Equal(numbers.Split(' ').Select(number => $$"""{"notNum":"{{number}}"}"""), requests.Select(request => request.Body));
        Assert.All(requests, request => Assert.False(request.IsStep));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[{}]")]
    public void A_list_of_another_structure_is_unreadable(string list) =>
        Assert.Equal(ProviderFault.Unreadable, Assert.Throws<ProviderException>(() => Follow(list, Friday, Friday)).Fault);

    [Theory]
    [InlineData("fixer", "2026-05-28", """{"success":true,"timestamp":1780012800,"base":"EUR","date":"2026-05-29","rates":{"USD":1.16}}""")]
    [InlineData("currencylayer", "historical?date=2026-05-28",
        """{"success":true,"timestamp":1780012800,"source":"USD","quotes":{"USDEUR":0.86}}""")]
    [InlineData("currencyapi", "historical?date=2026-05-28&base_currency=USD",
        """{"meta":{"last_updated_at":"2026-05-29T23:59:59Z"},"data":{"EUR":{"code":"EUR","value":0.86}}}""")]
    [InlineData("freecurrencyapi", "historical?date=2026-05-28&base_currency=USD", """{"data":{"2026-05-29":{"EUR":0.86}}}""")]
    [InlineData("abstractapi", "historical?base=USD&date=2026-05-28",
        """{"base":"USD","date":"2026-05-29","exchange_rates":{"EUR":0.86}}""")]
    public void An_answer_for_a_later_day_than_asked_is_refused(string key, string path, string body)
    {
        var problem = Assert.Throws<ProviderException>(() => Read(key, path, body));

        Assert.Equal((ProviderFault.Unreadable, "requested 2026-05-28, the answer is for 2026-05-29"), (problem.Fault, problem.Reason));
    }

    [Theory]
    [InlineData("currencyapi", "latest",
        """{"meta":{"last_updated_at":"2026-05-29T23:59:59Z"},"data":{"EUR":{"code":"EUR","value":0.86}}}""")]
    [InlineData("freecurrencyapi", "latest", """{"data":{"EUR":0.86}}""")]
    [InlineData("fred", "series/observations", """{"units":"lin","count":1,"observations":[{"date":"2026-05-29","value":"1.16"}]}""")]
    [InlineData("webservicex", "ConversionRate", "<double>1.16</double>")]
    [InlineData("valutafx", "lookup", """{"Amount":1,"Rate":1.16,"UpdatedDateTimeUTC":"2026-05-29T06:15:00","FormattedRates":"1 EUR<"}""")]
    public void An_answer_is_refused_when_neither_it_nor_the_request_names_its_currencies(string key, string path, string body) =>
        Assert.Equal(ProviderFault.Unreadable, Assert.Throws<ProviderException>(() => Read(key, path, body)).Fault);

    [Fact]
    public void Changes_of_a_series_are_no_rates()
    {
        var problem = Assert.Throws<ProviderException>(() => Read(
            "fred", "series/observations?series_id=DEXUSEU",
            """{"units":"pch","count":1,"observations":[{"date":"2026-05-29","value":"1.16"}]}"""));

        Assert.Contains("'units' is not lin", problem.Reason, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Paths(string key, DateOnly from, DateOnly to) =>
        ProviderCatalog.Shipped().Find(key)!.Requests(new(from, to, Friday)).Select(request => request.Path);

    private static List<ProviderRequest> Follow(string list, DateOnly from, DateOnly to)
    {
        var window = new FetchWindow(from, to, Friday);
        var step = new Cbic().Requests(window).Single(request => request.IsStep);
        return [.. new Cbic().Follow(new(step, Encoding.UTF8.GetBytes(list), null, Friday), window)];
    }

    private static ParsedSheet Read(string key, string path, string body) =>
        ProviderCatalog.Shipped().Find(key)!.Read(new(new("GET", path), Encoding.UTF8.GetBytes(body), null, Friday));
}
