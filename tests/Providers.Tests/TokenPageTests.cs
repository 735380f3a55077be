using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>Sources that need a token: it is requested first, and then the rates with it.</summary>
public sealed class TokenPageTests
{
    private static readonly FetchWindow Window = new(new(2026, 3, 2), new(2026, 5, 29), new(2026, 5, 29));

    [Fact]
    public void Bccr_is_asked_for_the_table_with_the_token_in_a_header()
    {
        var step = new Bccr().Requests(Window).Single();

        var table = new Bccr().Follow(Page(step, "bccr", "token.txt"), Window).Single();

        Assert.True(step.IsStep);
        Assert.False(table.IsStep);
        Assert.Equal("eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWRlLXVwIn0.", table.Headers["token_csrf"]);
        Assert.Equal("2026-03-02T00:00:00", table.Parameter("FechaInicio"));
        Assert.Empty(new Bccr().Follow(Page(table, "bccr", "cuadro.json"), Window));
    }

    [Fact]
    public void Boja_is_asked_for_the_table_with_the_nonce_of_the_page()
    {
        var step = new Boja().Requests(Window).Single();

        var table = new Boja().Follow(Page(step, "boja", "counter-rates.html"), Window).Single();

        Assert.True(step.IsStep);
        Assert.Equal(("POST", "0123456789"), (table.Method, table.Parameter("wdtNonce")));
        Assert.Empty(new Boja().Follow(Page(table, "boja", "table-134.json"), Window));
    }

    [Fact]
    public void Bota_is_asked_for_the_days_with_the_token_of_the_form()
    {
        var step = new Bota().Requests(Window).Single();

        var table = new Bota().Follow(Page(step, "bota", "form.html"), Window).Single();

        Assert.Equal("__RequestVerificationToken=made-up_token&dateFrom=03%2F02%2F2026&dateTo=05%2F29%2F2026", table.Body);
        Assert.Empty(new Bota().Follow(Page(table, "bota", "previous-rates.html"), Window));
    }

    [Fact]
    public void Cbsl_is_asked_for_every_currency_of_the_form()
    {
        var step = new Cbsl().Requests(Window).Single();

        var table = new Cbsl().Follow(Page(step, "cbsl", "exrates.html"), Window).Single();

        Assert.Equal("2026-03-02", table.Parameter("txtStart"));
        Assert.EndsWith("&txtEnd=2026-05-29&chk_cur%5B%5D=EUR%7EEuro&chk_cur%5B%5D=AED%7EUAE++Dirham&submit_button=Submit", table.Body);
        Assert.Empty(new Cbsl().Follow(Page(table, "cbsl", "exrates-results.html"), Window));
    }

    [Fact]
    public void Nbc_is_asked_for_one_day_after_the_other_each_with_the_token_of_the_page_before()
    {
        FetchWindow days = new(new(2026, 8, 14), new(2026, 8, 15), new(2026, 8, 15));
        var step = new Nbc().Requests(days).Single();

        var first = new Nbc().Follow(Page(step, "nbc", "exchange-rate.html"), days).Single();
        var second = new Nbc().Follow(Page(first, "nbc", "exchange-rate.html"), days).Single();

        Assert.Equal(("2026-08-14", "made+up/token=", false), (first.Parameter("exdate"), first.Parameter("tk"), first.IsStep));
        Assert.Equal("2026-08-15", second.Parameter("exdate"));
        Assert.Empty(new Nbc().Follow(Page(second, "nbc", "holiday.html"), days));
    }

    [Fact]
    public void Bsh_is_asked_for_the_workbooks_of_former_years_that_its_archive_links_to()
    {
        FetchWindow years = new(new(2021, 12, 20), new(2022, 1, 5), new(2026, 5, 29));
        var step = new Bsh().Requests(years).Single();

        var books = new Bsh().Follow(Page(step, "bsh", "archive.html"), years).ToList();

        Assert.True(step.IsStep);
        Assert.Equal(["https://www.bankofalbania.org/rc/doc/KK_2021_20476.xlsx"], books.Select(book => book.Path));
        Assert.False(new Bsh().Requests(Window).Single().IsStep);
    }

    [Fact]
    public void Bi_is_asked_for_every_currency_of_the_form()
    {
        var step = new Bi().Requests(Window).Single();

        var searches = new Bi().Follow(Page(step, "bi", "form.html"), Window).ToList();

        Assert.Equal(["EUR  ", "JPY  "], searches.Select(search => search.Parameter("ctl00$PlaceHolderMain$g_made-up$ctl00$ddlmatauang1")));
        Assert.All(searches, search => Assert.Equal(
            ("made/up+state==", "02-Mar-2026", "29-May-2026", "Search", "ctl00_PlaceHolderMain_g_made-up_ctl00_btnSearch1"),
            (search.Parameter("__VIEWSTATE"), Field(search, "txtFrom"), Field(search, "txtTo"), Field(search, "btnSearch1"),
                Field(search, "hidSourceID"))));
        Assert.Empty(new Bi().Follow(Page(searches[0], "bi", "eur.html"), Window));

        static string Field(ProviderRequest search, string name) => search.Parameter($"ctl00$PlaceHolderMain$g_made-up$ctl00${name}");
    }

    [Fact]
    public void Cbo_is_asked_for_every_currency_of_the_form_but_not_for_all_at_once()
    {
        var step = new Cbo().Requests(Window).Single();

        var exports = new Cbo().Follow(Page(step, "cbo", "form.html"), Window).ToList();

        Assert.Equal(["EUR", "XAU"], exports.Select(export => export.Parameter("ctl00$ctl50$g_made-up$ctl00$ddCurrencyCodes")));
        Assert.All(exports, export => Assert.Equal("29/05/2026", export.Parameter("ctl00$ctl50$g_made-up$ctl00$dateTo")));
        Assert.Empty(new Cbo().Follow(Page(exports[0], "cbo", "eur.html"), Window));
    }

    [Fact]
    public void Cbkkw_is_asked_for_every_currency_of_the_form_from_the_day_before_the_first()
    {
        var step = new Cbkkw().Requests(Window).Single();

        var lookups = new Cbkkw().Follow(Page(step, "cbkkw", "form.html"), Window).ToList();

        Assert.Equal(
            ["formId=127906&selCurrency=USD%3A128735&txtDateFrom=01%2F03%2F2026&txtDateTo=29%2F05%2F2026",
                "formId=127906&selCurrency=EUR%3A128674&txtDateFrom=01%2F03%2F2026&txtDateTo=29%2F05%2F2026"],
            lookups.Select(lookup => lookup.Body));
    }

    [Fact]
    public void Nbs_is_asked_for_the_list_that_the_page_of_a_day_names()
    {
        var pages = new Nbs().Requests(FetchWindow.Of(new(2026, 8, 14), new(2026, 8, 14))).ToList();

        var list = new Nbs().Follow(Page(pages[1], "nbs", "index-by-date.html"), Window).Single();

        Assert.Equal(3, pages.Count);
        Assert.Equal(
            "Download?ExchangeRateListID=0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f&exchangeRateListTypeID=2&ExchangeRateListTypeName=efektiva"
            + "&Format=xml",
            list.Path);
    }

    [Theory]
    [InlineData("bccr")]
    [InlineData("boja")]
    [InlineData("cbe")]
    [InlineData("pma")]
    [InlineData("bota")]
    [InlineData("cbsl")]
    [InlineData("nbc")]
    [InlineData("bi")]
    [InlineData("cbo")]
    [InlineData("cbkkw")]
    [InlineData("nbs")]
    public void A_page_without_a_token_is_unreadable(string key)
    {
        var provider = ProviderCatalog.Shipped().Find(key)!;
        var page = new ProviderBody(provider.Requests(Window).First(), "<html><body>Back soon</body></html>"u8.ToArray(), "text/html",
            Window.Today);

        var problem = Assert.Throws<ProviderException>(() => provider.Follow(page, Window).ToList());

        Assert.Equal(ProviderFault.Unreadable, problem.Fault);
    }

    private static ProviderBody Page(ProviderRequest request, string folder, string file) =>
        new(request, File.ReadAllBytes(Path.Combine(CaptureFolder.Documents, folder, file)), null, Window.Today);
}
