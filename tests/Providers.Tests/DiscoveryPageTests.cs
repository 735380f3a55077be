using Rates.Core;
using Rates.Testing;

namespace Rates.Providers.Tests;

/// <summary>Sources whose document has another address each time: it is found on a page, and only on the source's own host.</summary>
public sealed class DiscoveryPageTests
{
    private static readonly string[] DocumentEndings = [".pdf", ".xls"];

    private static readonly FetchWindow Window = new(new(2026, 8, 17), new(2026, 8, 20), new(2026, 8, 20));

    [Theory]
    [InlineData("boa", "donnees.html", "https://www.bank-of-algeria.dz/files/2026/09/Cotation-DZD-2000-2026-journalier.xlsx")]
    [InlineData("boz", "files.json", "/sites/default/files/2026-08/AVERAGE.xlsx")]
    [InlineData("cbi", "page.html", "https://cbi.iq/static/uploads/up/file-2.xlsx")]
    [InlineData("cbs", "daily-exchange-rates.html", "https://cbs.gov.ws/media/Historical%20Daily%20Rates%20August202026.xlsx")]
    [InlineData("rbf", "statistics.html", "https://www.rbf.gov.fj/files/2026/08/8.8-Exchange-Rates-Daily-12.xlsx")]
    public void The_document_is_asked_for_where_the_page_says_it_is(string key, string file, string path)
    {
        var provider = ProviderCatalog.Shipped().Find(key)!;
        var step = provider.Requests(Window).Single();

        var next = Assert.Single(provider.Follow(Page(step, key, file), Window));

        Assert.True(step.IsStep);
        Assert.Equal(("GET", path, false), (next.Method, next.Path, next.IsStep));
        Assert.Equal(provider.Block.Address!.Host, next.Resolve(provider.Block).Host);
        Assert.Empty(provider.Follow(new(next, "PK"u8.ToArray(), null, Window.Today), Window));
    }

    [Theory]
    [InlineData("boa", "<a href=\"https://elsewhere.example/Cotation-DZD-journalier.xlsx\">x</a>")]
    [InlineData("boz", "{\"included\":[{\"attributes\":{\"uri\":{\"url\":\"//elsewhere.example/a.xlsx\"}}}]}")]
    [InlineData("boz", "{\"included\":[]}")]
    [InlineData("cbi", "<a href=\"https://cbi.iq/static/uploads/up/file-2.xlsx\">other rates</a>")]
    [InlineData("cbs", "<html><body>Back soon</body></html>")]
    [InlineData("rbf", "")]
    public void A_page_without_the_link_is_unreadable(string key, string page)
    {
        var provider = ProviderCatalog.Shipped().Find(key)!;
        var body = new ProviderBody(provider.Requests(Window).Single(), System.Text.Encoding.UTF8.GetBytes(page), null, Window.Today);

        var problem = Assert.Throws<ProviderException>(() => provider.Follow(body, Window).ToList());

        Assert.Equal(ProviderFault.Unreadable, problem.Fault);
    }

    [Theory]
    [InlineData("brb", "list.html", "2026-08-19", "Cours%20de%20change%20du%2020-08-2026.pdf|Cours%20de%20change%20du%2019-08-2026.pdf")]
    [InlineData("brb", "list.html", "2026-08-17", "Cours%20de%20change%20du%2020-08-2026.pdf|Cours%20de%20change%20du%2019-08-2026.pdf"
        + "|Cours%20de%20change%20du%2018-08-2026.pdf|affichagetoustauxchange?page=1")]
    [InlineData("bm", "mercado.html", "2026-08-20", "mercado-cambial-20082026.pdf")]
    [InlineData("cbvs", "publicaties.html", "2024-08-20", "DO240820%2015.00%20uur.pdf")]
    [InlineData("bcv", "lista.html", "2026-08-20", "2_1_2c26_smc.xls")]
    [InlineData("bcv", "lista.html", "2026-02-20", "2_1_2c26_smc.xls|2_1_2b26_smc_60.xls|tipo-cambio-de-referencia-smc?page=1")]
    [InlineData("bsp", "items.json", "2026-08-20", "20Aug2026.pdf")]
    [InlineData("bsp", "items.json", "2026-08-17", "20Aug2026.pdf|19Aug2026.pdf|18Aug2026.pdf"
        + "|items?%24skiptoken=Paged%3dTRUE%26p_ID%3d2338&%24top=100")]
    public void The_documents_of_the_days_are_asked_for_and_the_next_page_where_it_has_some_of_them(
        string key, string file, string from, string ends)
    {
        var provider = ProviderCatalog.Shipped().Find(key)!;
        var window = Window with { From = DateOnly.ParseExact(from, "yyyy-MM-dd") };

        var next = provider.Follow(Page(provider.Requests(window).Single(), key, file), window).ToList();

        Assert.Equal(ends.Split('|'), next.Select(request => request.Path.Split('/')[^1]));
        Assert.All(next, request => Assert.Equal(
            !DocumentEndings.Any(ending => request.Path.EndsWith(ending, StringComparison.Ordinal)), request.IsStep));
        Assert.All(next, request => Assert.Equal(provider.Block.Address!.Host, request.Resolve(provider.Block).Host));
    }

    [Theory]
    [InlineData("boa", "donnees-historiques.html")]
    [InlineData("boz", "historical_average_exchange_rate-2026-09-09.json")]
    [InlineData("brb", "affichagetoustauxchange.html")]
    [InlineData("bsp", "items.json")]
    [InlineData("cbe", "historical-data.html")]
    [InlineData("cbi", "page-144.html")]
    [InlineData("cbs", "daily-exchange-rates.html")]
    [InlineData("rbf", "economic-and-financial-statistics.html")]
    public void A_recorded_page_leads_to_a_recorded_document(string key, string file)
    {
        Assert.SkipUnless(CaptureFolder.Captures is not null, Recordings.NoCaptures);
        var provider = ProviderCatalog.Shipped().Find(key)!;
        var folder = CaptureFolder.All(CaptureFolder.Captures!).Single(folder => folder.Name == key);
        var window = new FetchWindow(new(2026, 5, 20), new(2026, 5, 29), new(2026, 9, 9));
        var page = new ProviderBody(provider.Requests(window).Single(), folder.Body(file).Bytes, null, window.Today);

        var next = provider.Follow(page, window).Select(request => request.Resolve(provider.Block).AbsoluteUri).ToList();

        Assert.Contains(folder.Files.Where(other => other != file), other => next.Contains(folder.Body(other).Request.Path));
    }

    [Fact]
    public void The_form_of_Egypt_is_sent_with_what_its_page_holds()
    {
        var provider = ProviderCatalog.Shipped().Find("cbe")!;

        var form = provider.Follow(Page(provider.Requests(Window).Single(), "cbe", "historical-data.html"), Window).Single();

        Assert.Equal(("POST", "aB-cd_0123/=", "17/08/2026", "20/08/2026", "2"), (form.Method,
            form.Parameter("__RequestVerificationToken"), form.Parameter("FromDateRaw"), form.Parameter("ToDateRaw"),
            form.Parameter("SubmitAction")));
        Assert.Contains("SelectedSelectOptions=Japanese+Yen+100&", form.Body!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_form_of_Palestine_is_sent_with_the_hidden_field_of_its_page()
    {
        var provider = ProviderCatalog.Shipped().Find("pma")!;

        var form = provider.Follow(Page(provider.Requests(Window).Single(), "pma", "export.html"), Window).Single();

        Assert.Equal("a1b2c3=0f%269e&from=2026-08-17&to=2026-08-20", form.Body);
        Assert.Equal("https://wcur.pma.ps/ar/webtools/currency/export", form.Headers["Referer"]);
    }

    private static ProviderBody Page(ProviderRequest request, string folder, string file) =>
        new(request, File.ReadAllBytes(Path.Combine(CaptureFolder.Documents, folder, file)), null, Window.Today);
}
