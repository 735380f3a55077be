namespace Rates.Providers.Tests;

/// <summary>Sources with more than one address are asked at the one that has the window's days.</summary>
public sealed class RequestTests
{
    [Fact]
    public void Hnb_is_asked_for_kuna_and_euro_lists_apart()
    {
        var paths = new Hnb().Requests(new(new(2022, 12, 30), new(2023, 1, 3), new(2026, 5, 29))).Select(request => request.Path);

        Assert.Equal(
            [
                "tecajn/v2?datum-primjene-od=2022-12-30&datum-primjene-do=2022-12-31",
                "tecajn-eur/v3?datum-primjene-od=2023-01-01&datum-primjene-do=2023-01-03",
            ],
            paths);
    }

    [Fact]
    public void Nbrb_is_asked_by_day_for_short_windows_and_by_currency_for_long_ones()
    {
        var week = new Nbrb().Requests(new(new(2026, 3, 2), new(2026, 3, 8), new(2026, 5, 29))).ToList();
        var year = new Nbrb().Requests(new(new(2025, 1, 1), new(2025, 12, 31), new(2026, 5, 29))).ToList();

        Assert.Equal(7, week.Count);
        Assert.All(week, request => Assert.StartsWith("rates?ondate=", request.Path, StringComparison.Ordinal));
        Assert.Equal(31, year.Count);
        Assert.All(year, request => Assert.StartsWith("rates/dynamics/", request.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Nbrb_is_asked_by_day_for_years_whose_currency_ids_are_gone() =>
        Assert.All(
            new Nbrb().Requests(new(new(2018, 1, 1), new(2018, 12, 31), new(2026, 5, 29))),
            request => Assert.StartsWith("rates?ondate=2018-", request.Path, StringComparison.Ordinal));

    [Fact]
    public void Cbr_is_asked_by_day_for_short_windows_and_by_series_for_long_ones()
    {
        var today = new DateOnly(2026, 3, 19);
        var days = new Cbr().Requests(new(today.AddDays(-1), today, today)).Select(request => request.Path);
        var year = new Cbr().Requests(new(new(2025, 1, 1), new(2025, 12, 31), today)).ToList();

        Assert.Equal(["XML_daily.asp?date_req=18/03/2026", "XML_daily.asp", "xml_metall.asp?date_req1=18/03/2026&date_req2=20/03/2026"],
            days);
        Assert.Contains(year, request => request.Parameter("VAL_NM_RQ") == "R01235");
        Assert.All(year.SkipLast(1), request => Assert.Equal("01/01/2025", request.Parameter("date_req1")));
    }

    [Fact]
    public void Nbp_is_asked_for_at_most_93_days_at_once() =>
        Assert.Equal(
            ["exchangerates/tables/A/2026-01-01/2026-04-03/?format=json", "exchangerates/tables/A/2026-04-04/2026-04-10/?format=json"],
            new Nbp().Requests(new(new(2026, 1, 1), new(2026, 4, 10), new(2026, 5, 29))).Select(request => request.Path)
                .Where(path => path.Contains("/A/", StringComparison.Ordinal)));

    [Fact]
    public void Hmrc_is_asked_for_XML_before_2021_and_for_CSV_since()
    {
        var requests = new Hmrc().Requests(new(new(2020, 12, 31), new(2021, 1, 1), new(2026, 5, 29)));

        Assert.Equal([("archive", "exrates-monthly-1220.xml"), ("", "monthly_csv_2021-1.csv")],
            requests.Select(request => (request.Origin, request.Path)));
    }

    [Fact]
    public void Open_Exchange_Rates_is_asked_for_the_latest_today_and_for_the_archive_before()
    {
        var today = new DateOnly(2026, 5, 29);

        Assert.Equal(["historical/2026-05-28.json", "latest.json"], new Openexchangerates().Requests(new(today.AddDays(-1), today, today))
            .Select(request => request.Path));
    }

    [Fact]
    public void Yahoo_is_asked_for_every_pair_of_its_block_up_to_the_end_of_the_last_day()
    {
        var yahoo = new Yahoo();

        var requests = yahoo.Requests(new(new(2026, 3, 2), new(2026, 3, 3), new(2026, 5, 29))).ToList();

        Assert.Equal(yahoo.Block.Pairs.Length, requests.Count);
        Assert.Equal("EURUSD=X?interval=1d&period1=1772409600&period2=1772582400", requests[0].Path);
    }
}
