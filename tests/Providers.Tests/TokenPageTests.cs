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

    [Theory]
    [InlineData("bccr")]
    [InlineData("boja")]
    [InlineData("cbe")]
    [InlineData("pma")]
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
