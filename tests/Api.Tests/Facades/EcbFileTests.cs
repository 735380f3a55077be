using System.IO.Compression;
using System.Net;
using System.Text;
using System.Xml.Linq;

namespace Rates.Api.Tests;

/// <summary>The files of the European Central Bank.</summary>
public sealed class EcbFileTests
{
    private static readonly XNamespace Cube = "http://www.ecb.int/vocabulary/2002-08-01/eurofxref";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_daily_file_is_the_one_that_clients_parse()
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        const string Expected = """
            <?xml version="1.0" encoding="UTF-8"?>
            <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
            	<gesmes:subject>Reference rates</gesmes:subject>
            	<gesmes:Sender>
            		<gesmes:name>European Central Bank</gesmes:name>
            	</gesmes:Sender>
            	<Cube>
            		<Cube time='2026-08-20'>
            			<Cube currency='GBP' rate='0.8654'/>
            			<Cube currency='JPY' rate='171.20'/>
            			<Cube currency='USD' rate='1.1634'/>
            		</Cube>
            	</Cube>
            </gesmes:Envelope>

            """;
        Assert.Equal(Expected.ReplaceLineEndings("\n"), await api.TextAsync("/ecb/eurofxref-daily.xml"));
        Assert.Equal(Expected.ReplaceLineEndings("\n"), await api.TextAsync("/ecb/stats/eurofxref/eurofxref-daily.xml"));
    }

    [Theory]
    [InlineData("/ecb/eurofxref-hist.xml", 0)]
    [InlineData("/ecb/eurofxref-hist-90d.xml", 0)]
    [InlineData("/ecb/eurofxref-hist-90d.xml", 120)]
    public async Task The_long_files_have_every_day_newest_first(string path, int daysLater)
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        await api.TextAsync("/ecb/eurofxref-daily.xml");
        api.Time.Advance(TimeSpan.FromDays(daysLater));
        await api.RefreshAsync();

        var file = XDocument.Parse(await api.TextAsync(path));

        var days = file.Root!.Element(Cube + "Cube")!.Elements(Cube + "Cube").Select(day => (
            day.Attribute("time")!.Value,
            string.Join(' ', day.Elements().Select(rate => $"{rate.Attribute("currency")!.Value}={rate.Attribute("rate")!.Value}"))));
        Assert.Equal(
            [
                ("2026-08-20", "GBP=0.8654 JPY=171.20 USD=1.1634"), ("2026-08-19", "GBP=0.8650 JPY=171.00 USD=1.1622"),
                ("2026-08-18", "GBP=0.8640 JPY=170.80 USD=1.1610"), ("2026-08-17", "GBP=0.8635 JPY=170.65 USD=1.1605"),
                ("2026-08-14", "GBP=0.8630 JPY=170.50 USD=1.1600"), ("2026-08-13", "GBP=0.8620 JPY=170.40 USD=1.1590"),
                ("2026-08-12", "GBP=0.8610 JPY=170.10 USD=1.1580"),
            ],
            days);
    }

    [Fact]
    public async Task The_archives_hold_one_CSV_each_and_keep_their_entity_tag()
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        Assert.Equal(
            ("eurofxref.csv", "Date, GBP, JPY, USD, \n20 August 2026, 0.8654, 171.20, 1.1634, \n"),
            await UnzipAsync(api, "/ecb/eurofxref.zip"));
        var (name, history) = await UnzipAsync(api, "/ecb/eurofxref-hist.zip");
        Assert.Equal("eurofxref-hist.csv", name);
        Assert.StartsWith("Date,GBP,JPY,USD,\n2026-08-20,0.8654,171.20,1.1634,\n2026-08-19,", history, StringComparison.Ordinal);
        Assert.Equal(history, await api.TextAsync("/ecb/eurofxref-hist.csv"));
        using var first = await api.GetAsync("/ecb/eurofxref-hist.zip");
        api.Time.Advance(TimeSpan.FromMinutes(2));
        using var again = await api.GetAsync("/ecb/eurofxref-hist.zip", ("If-None-Match", first.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Another_provider_may_stand_behind_the_files_and_a_new_sheet_replaces_them_at_once()
    {
        var store = FacadeSample.Store();
        await using var api = new ApiFixture(store, ("Rates:Api:Facades:Ecb", "boc"));
        var before = await api.TextAsync("/ecb/eurofxref-daily.xml");

        store.Publish(Sample.BocSheet with
        {
            AsOf = Sample.Today,
            Observations = Sample.Figures(Sample.Today, "EUR/CAD 1.7000"),
        });
        await api.RefreshAsync();
        var after = await api.TextAsync("/ecb/eurofxref-daily.xml");

        Assert.Contains("<gesmes:name>Bank of Canada</gesmes:name>", before, StringComparison.Ordinal);
        Assert.Contains("<Cube time='2026-08-19'>\n\t\t\t<Cube currency='CAD' rate='1.6095'/>", before, StringComparison.Ordinal);
        Assert.Contains("<Cube time='2026-08-20'>\n\t\t\t<Cube currency='CAD' rate='1.7000'/>", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finance_Quote_of_GnuCash_converts_over_three_services()
    {
        Assert.SkipUnless(
            ClientProgram.OnPath("perl") && Directory.Exists("/usr/share/perl5/Finance/Quote"),
            "Finance::Quote is not installed (Debian: apt-get install libfinance-quote-perl)");
        await using var api = await KestrelApi.StartAsync(FacadeSample.Store());

        ClientProgram.Compare(
            await ClientProgram.RunAsync(
                "perl", [Path.Combine(ClientProgram.Folder, "finance-quote.pl"), api.Address.GetLeftPart(UriPartial.Authority)]),
            ("ECB", "\"12.893244\""),
            ("Fixer", "\"12.893244\""),
            ("OpenExchange", "\"12.893244\""));
    }

    [Theory]
    [InlineData("eubank", "US$ 1|1.1634 euro", "japanyen 1|171.20 euro", "ukpound 1|0.8654 euro")]
    [InlineData("fixer", "US$ 1|1.1634 euro", "japanyen 1|171.2 euro", "uaedirham 1|4.270348837 euro", "ukpound 1|0.8654 euro")]
    [InlineData(
        "openexchangerates", "euro 1|0.859549596 US$", "japanyen 1|147.1548908 US$", "uaedirham 1|3.6725 US$",
        "ukpound 1|0.7438542204 US$")]
    public async Task Units_cur_of_GNU_units_reads_three_services(string source, params string[] lines)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/units_cur"), "units_cur is not installed (Debian: apt-get install units)");
        await using var api = await KestrelApi.StartAsync(FacadeSample.Store());

        var script = Path.Combine(ClientProgram.Folder, "units-cur.py");
        var printed = await ClientProgram.RunAsync(
            "/usr/bin/python3", [script, api.Address.GetLeftPart(UriPartial.Authority), source]);

        Assert.Equal($"[{string.Join(',', lines.Select(line => $"\"{line}\""))}]", printed[source]);
    }

    private static async Task<(string Name, string Text)> UnzipAsync(ApiFixture api, string path)
    {
        using var response = await api.GetAsync(path);
        Assert.Equal("application/zip", response.Content.Headers.ContentType!.MediaType);
        await using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync(Token));
        var file = Assert.Single(zip.Entries);
        using var reader = new StreamReader(await file.OpenAsync(Token), Encoding.ASCII);
        return (file.Name, await reader.ReadToEndAsync(Token));
    }
}
