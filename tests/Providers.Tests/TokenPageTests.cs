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

    [Theory]
    [InlineData("bccr")]
    [InlineData("boja")]
    [InlineData("cbe")]
    [InlineData("pma")]
    [InlineData("bota")]
    [InlineData("cbsl")]
    [InlineData("nbc")]
    public void A_page_without_a_token_is_unreadable(string key)
    {
        var provider = ProviderCatalog.Shipped().Find(key)!;
        var page = new ProviderBody(provider.Requests(Window).Single(), "<html><body>Back soon</body></html>"u8.ToArray(), "text/html",
            Window.Today);

        var problem = Assert.Throws<ProviderException>(() => provider.Follow(page, Window).ToList());

        Assert.Equal(ProviderFault.Unreadable, problem.Fault);
    }

    private static ProviderBody Page(ProviderRequest request, string folder, string file) =>
        new(request, File.ReadAllBytes(Path.Combine(CaptureFolder.Documents, folder, file)), null, Window.Today);
}
