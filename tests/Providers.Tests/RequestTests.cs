using System.Text;
using Rates.Core;

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
        var year = new FetchWindow(new(2021, 1, 1), new(2021, 12, 31), new(2026, 5, 29));

        var series = Listed(new Nbrb(), year, """
            [{"Cur_ID":145,"Cur_Abbreviation":"USD","Cur_Scale":1,"Cur_Periodicity":0,
              "Cur_DateStart":"1991-01-01T00:00:00","Cur_DateEnd":"2021-07-08T00:00:00"},
             {"Cur_ID":431,"Cur_Abbreviation":"USD","Cur_Scale":1,"Cur_Periodicity":0,
              "Cur_DateStart":"2021-07-09T00:00:00","Cur_DateEnd":"2050-01-01T00:00:00"},
             {"Cur_ID":900,"Cur_Abbreviation":"QAR","Cur_Scale":100,"Cur_Periodicity":0,
              "Cur_DateStart":"2021-12-01T00:00:00","Cur_DateEnd":"2050-01-01T00:00:00"},
             {"Cur_ID":901,"Cur_Abbreviation":"THB","Cur_Scale":100,"Cur_Periodicity":0,
              "Cur_DateStart":"2022-01-01T00:00:00","Cur_DateEnd":"2050-01-01T00:00:00"},
             {"Cur_ID":1,"Cur_Abbreviation":"ALL","Cur_Scale":1,"Cur_Periodicity":1,
              "Cur_DateStart":"1991-01-01T00:00:00","Cur_DateEnd":"2050-01-01T00:00:00"}]
            """);

        Assert.Equal(7, week.Count);
        Assert.All(week, request => Assert.StartsWith("rates?ondate=", request.Path, StringComparison.Ordinal));
        Assert.Equal(
            [
                "rates/dynamics/145?startDate=2021-01-01&endDate=2021-07-08#USD/1",
                "rates/dynamics/431?startDate=2021-07-09&endDate=2021-12-31#USD/1",
                "rates/dynamics/900?startDate=2021-12-01&endDate=2021-12-31#QAR/100",
            ],
            series.Select(request => request.Path));
        var read = Read(new Nbrb(), series[^1], """[{"Cur_ID":900,"Date":"2021-12-02T00:00:00","Cur_OfficialRate":70.25}]""");
        Assert.Equal(new Observation(new(2021, 12, 2), CurrencyPair.Parse("QAR/BYN"), 0.7025m, RateKind.Official), read);
    }

    [Fact]
    public void Cbr_is_asked_by_day_for_short_windows_and_by_series_for_long_ones()
    {
        var today = new DateOnly(2026, 3, 19);
        var days = new Cbr().Requests(new(today.AddDays(-1), today, today)).Select(request => request.Path);
        var year = new FetchWindow(new(2025, 1, 1), new(2025, 12, 31), today);

        var series = Listed(new Cbr(), year, """
            <Valuta name="Foreign Currency Market Lib">
            <Item ID="R01235"><Nominal>1</Nominal><ISO_Char_Code>USD</ISO_Char_Code></Item>
            <Item ID="R01670B"><Nominal>1000</Nominal><ISO_Char_Code>TJS</ISO_Char_Code></Item>
            <Item ID="R01999"><Nominal>1</Nominal><ISO_Char_Code>PKR</ISO_Char_Code></Item>
            <Item ID="R01998"><Nominal>1</Nominal><ISO_Char_Code /></Item></Valuta>
            """);

        Assert.Equal(["XML_daily.asp?date_req=18/03/2026", "XML_daily.asp"], days);
        Assert.Equal(["xml_metall.asp?date_req1=18/03/2026&date_req2=20/03/2026"],
            new CbrMetals().Requests(new(today.AddDays(-1), today, today)).Select(request => request.Path));
        Assert.All(series, request => Assert.Equal("01/01/2025", request.Parameter("date_req1")));
        Assert.Equal("USD", series.Single(request => request.Parameter("VAL_NM_RQ") == "R01235").Fragment);
        Assert.Equal("TJR", series.Single(request => request.Parameter("VAL_NM_RQ") == "R01670B").Fragment);
        Assert.Contains(series, request => request.Parameter("VAL_NM_RQ") == "R01510A");
        Assert.DoesNotContain(series, request => request.Parameter("VAL_NM_RQ") == "R01998");
        var rupee = series.Single(request => request.Parameter("VAL_NM_RQ") == "R01999");
        var read = Read(new Cbr(), rupee, """
            <ValCurs ID="R01999" DateRange1="01.01.2025" DateRange2="01.01.2026" name="Foreign Currency Market Dynamic">
            <Record Date="10.01.2025" Id="R01999"><Nominal>100</Nominal><Value>36,5500</Value></Record></ValCurs>
            """);
        Assert.Equal(new Observation(new(2025, 1, 10), CurrencyPair.Parse("PKR/RUB"), 0.3655m, RateKind.Official), read);
    }

    [Theory]
    [InlineData("nbrb", "[{}]")]
    [InlineData("nbrb", "{}")]
    [InlineData("cbr", "<ValCurs>Error in parameters</ValCurs>")]
    [InlineData("cbr", "<Valuta><Item><ISO_Char_Code>USD</ISO_Char_Code></Item></Valuta>")]
    public void A_list_of_another_structure_is_unreadable(string key, string list)
    {
        var provider = ProviderCatalog.Shipped().Find(key)!;
        var window = new FetchWindow(new(2025, 1, 1), new(2025, 12, 31), new(2026, 3, 19));

        var problem = Assert.Throws<ProviderException>(() => Listed(provider, window, list));

        Assert.Equal(ProviderFault.Unreadable, problem.Fault);
    }

    [Fact]
    public void A_fragment_is_not_sent_and_no_part_of_a_parameter()
    {
        var request = new ProviderRequest("GET", "rates?id=7&day=2026-08-20#CAD/1");

        Assert.Equal(("2026-08-20", "CAD/1"), (request.Parameter("day"), request.Fragment));
        Assert.Equal("/exrates/rates?id=7&day=2026-08-20", request.Resolve(new Nbrb().Block).PathAndQuery);
        Assert.Equal("", new ProviderRequest("GET", "rates").Fragment);
    }

    [Fact]
    public void Bcccd_is_asked_for_the_pages_of_days_only_before_its_history_is_daily()
    {
        var old = new Bcccd().Requests(new(new(2025, 8, 29), new(2025, 9, 2), new(2026, 5, 29))).ToList();
        var recent = new Bcccd().Requests(new(new(2026, 5, 22), new(2026, 5, 29), new(2026, 5, 29))).Single();

        Assert.Equal(
            ["marche-des-changes/cours-de-change", "marche-des-changes/cours-de-change/2025-08-29"], old.Select(request => request.Path));
        Assert.Equal(("marche-des-changes/cours-de-change", "1"), (recent.Path, recent.Headers["RSC"]));
    }

    [Fact]
    public void Nbp_is_asked_for_at_most_93_days_at_once() =>
        Assert.Equal(
            ["exchangerates/tables/A/2026-01-01/2026-04-03/?format=json", "exchangerates/tables/A/2026-04-04/2026-04-10/?format=json"],
            new Nbp().Requests(new(new(2026, 1, 1), new(2026, 4, 10), new(2026, 5, 29))).Select(request => request.Path));

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

    private static List<ProviderRequest> Listed(RateProvider provider, FetchWindow window, string list)
    {
        var step = provider.Requests(window).First(request => request.IsStep);
        return [.. provider.Follow(new(step, Encoding.UTF8.GetBytes(list), null, window.Today), window)];
    }

    private static Observation Read(RateProvider provider, ProviderRequest request, string body) =>
        Assert.Single(provider.Read(new(request, Encoding.UTF8.GetBytes(body), null, new(2026, 5, 29))).Observations);
}
