using System.Text;
using Rates.Core;

namespace Rates.Providers.Tests;

/// <summary>Of sources that answer in pages every page is requested, with every filter.</summary>
public sealed class PagingTests
{
    private static readonly FetchWindow Window = new(new(2026, 3, 2), new(2026, 5, 29), new(2026, 5, 29));

    [Fact]
    public void Hkma_asks_for_the_records_after_a_full_page()
    {
        var page = new Hkma().Requests(Window).Single();
        var records = string.Join(',', Enumerable.Repeat("{}", 100));

        var next = new Hkma().Follow(Answer(page, $$$"""{"result":{"datasize":100,"records":[{{{records}}}]}}"""), Window).Single();

        Assert.Equal("100", next.Parameter("offset"));
        Assert.Equal("2026-03-02", next.Parameter("from"));
        Assert.Empty(new Hkma().Follow(Answer(next, """{"result":{"datasize":1,"records":[{}]}}"""), Window));
    }

    [Fact]
    public void Cbllr_asks_for_older_pages_until_one_holds_the_first_day()
    {
        var page = new Cbllr().Requests(Window).Single();
        static string Rows(string day) => $"""
            <html><body><table><tr><th>Date</th><th>Buying</th><th>Selling</th></tr>
            <tr><td>{day}</td><td>L$181.2044/US$1.00</td><td>L$183.0977/US$1.00</td></tr></table></body></html>
            """;

        var next = new Cbllr().Follow(Answer(page, Rows("Friday, May 29, 2026")), Window).Single();

        Assert.Equal("research/buying-selling-rates?page=1", next.Path);
        Assert.Empty(new Cbllr().Follow(Answer(next, Rows("Monday, March 2, 2026")), Window));
    }

    [Fact]
    public void Nrb_asks_for_every_page_that_the_first_one_counts()
    {
        var page = new Nrb().Requests(Window).Single();

        var next = new Nrb().Follow(Answer(page, """{"pagination":{"page":1,"pages":2}}"""), Window).Single();

        Assert.Equal("2", next.Parameter("page"));
        Assert.Empty(new Nrb().Follow(Answer(next, """{"pagination":{"page":2,"pages":2}}"""), Window));
    }

    [Fact]
    public void Bdp_keeps_the_filters_that_the_link_to_the_next_page_drops()
    {
        var page = new Bdp().Requests(Window).Single();

        var next = new Bdp().Follow(Answer(page, """{"extension":{"next_page":"https://example.test/?page=2"}}"""), Window).Single();

        Assert.Equal(page.Path.Replace("page=1", "page=2", StringComparison.Ordinal), next.Path);
        Assert.Contains("dim_cats=18:35", next.Path, StringComparison.Ordinal);
        Assert.Empty(new Bdp().Follow(Answer(next, """{"extension":{}}"""), Window));
    }

    [Fact]
    public void Cfets_asks_for_the_next_page_of_the_same_days()
    {
        var page = new Cfets().Requests(Window).First();

        var next = new Cfets().Follow(Answer(page, """{"data":{"pageTotal":2}}"""), Window).Single();

        Assert.Equal(page.Path.Replace("pageNum=1", "pageNum=2", StringComparison.Ordinal), next.Path);
        Assert.Empty(new Cfets().Follow(Answer(next, """{"data":{"pageTotal":2}}"""), Window));
    }

    [Fact]
    public void Ust_asks_for_every_page_that_the_first_one_counts()
    {
        var page = new Ust().Requests(Window).Single();

        var next = new Ust().Follow(Answer(page, """{"meta":{"total-pages":2}}"""), Window).Single();

        Assert.Equal("2", next.Parameter("page[number]"));
        Assert.Empty(new Ust().Follow(Answer(next, """{"meta":{"total-pages":2}}"""), Window));
    }

    [Fact]
    public void Mnb_is_asked_for_the_currencies_that_it_lists()
    {
        var list = new Mnb().Requests(Window).Single();

        var rates = new Mnb().Follow(
            Answer(list, """
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
                <GetCurrenciesResponse xmlns="http://www.mnb.hu/webservices/"><GetCurrenciesResult>
                &lt;MNBCurrencies&gt;&lt;Currencies&gt;&lt;Curr&gt;HUF&lt;/Curr&gt;&lt;Curr&gt;EUR&lt;/Curr&gt;
                &lt;Curr&gt;ATS&lt;/Curr&gt;&lt;/Currencies&gt;&lt;/MNBCurrencies&gt;
                </GetCurrenciesResult></GetCurrenciesResponse></s:Body></s:Envelope>
                """),
            Window).Single();

        Assert.True(list.IsStep);
        Assert.False(rates.IsStep);
        Assert.Contains("<currencyNames>EUR,ATS</currencyNames>", rates.Body, StringComparison.Ordinal);
        Assert.Contains("<startDate>2026-03-02</startDate><endDate>2026-05-29</endDate>", rates.Body, StringComparison.Ordinal);
        Assert.Throws<ProviderException>(() => new Mnb().Follow(Answer(list, "<html/>"), Window).ToList());
    }

    private static ProviderBody Answer(ProviderRequest request, string body) =>
        new(request, Encoding.UTF8.GetBytes(body), null, Window.Today);
}
