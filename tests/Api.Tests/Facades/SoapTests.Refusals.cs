using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Rates.Api.Tests;

public sealed partial class SoapTests
{
    [Fact]
    public async Task Where_reads_are_closed_a_stranger_gets_a_fault()
    {
        await using var api = new ApiFixture(FacadeSample.Store(), ("Rates:Access:OpenReads", "false"));

        using var response = await api.GetAsync("/soap/rates?wsdl");

        var body = XDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Rates are answered here only to who signs in", body.Descendants("faultstring").Single().Value);
    }

    [Theory]
    [InlineData("application/soap+xml")]
    [InlineData("application/soap+xml; charset=utf-8; action=\"urn:rates:v1/Rates/GetProviders\"")]
    [InlineData("application/xml")]
    [InlineData("text/plain")]
    [InlineData("text/xml, text/xml")]
    [InlineData("garbage")]
    [InlineData(null)]
    public async Task A_body_of_another_type_is_refused(string? type)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        using var response = await PostAsync(api, type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Equal("text/xml; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var body = XDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(
            "/soap/rates reads text/xml, the Content-Type of SOAP 1.1; SOAP 1.2 is not read",
            body.Descendants("faultstring").Single().Value);
    }

    [Theory]
    [InlineData("text/xml")]
    [InlineData("TEXT/XML; charset=\"utf-8\"")]
    [InlineData("text/xml; charset=utf-16")]
    public async Task An_answer_names_the_encoding_that_it_has(string type)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        using var response = await PostAsync(api, type);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/xml; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var bytes = await response.Content.ReadAsByteArrayAsync(Token);
        Assert.Contains("GetProvidersResult", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_inside_is_a_fault_without_its_message()
    {
        var store = FacadeSample.Store();
        await using var api = new ApiFixture(store);
        await api.SettleAsync();
        store.IsBroken = true;
        using var content = new StringContent(
            Message("""<GetRates xmlns="urn:rates:v1"><providers>ecb</providers><date>2026-08-14</date></GetRates>"""), Encoding.UTF8,
            "text/xml");

        using var response = await api.CreateClient().PostAsync(new Uri("/soap/rates", UriKind.Relative), content, Token);

        var body = XDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("The request failed unexpectedly; the log has it", body.Descendants("faultstring").Single().Value);
        Assert.DoesNotContain("hunter2", body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_operation_does_not_take_is_refused_and_named()
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        const string ToUsd = "<from>EUR</from><to>USD</to><providers>ecb</providers>";
        (string Operation, string Elements, string Fault)[] cases =
        [
            ("Convert", ToUsd, "amount: is missing"),
            ("Convert", $"<amount xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"true\"/>{ToUsd}", "amount: is missing"),
            ("Convert", $"<Amount>5</Amount>{ToUsd}", "Amount: there is no such parameter here; did you mean 'amount'?"),
            ("Convert", $"<amount>abc</amount>{ToUsd}", await DetailAsync("/v1/convert?to=USD&amount=abc")),
            ("Convert", $"<amount></amount>{ToUsd}", await DetailAsync("/v1/convert?to=USD&amount=")),
            ("Convert", $"<amount>{Digits}</amount>{ToUsd}", await DetailAsync($"/v1/convert?to=USD&amount={Digits}")),
            ("Convert", $"<amount>0.{Digits}</amount>{ToUsd}", await DetailAsync($"/v1/convert?to=USD&amount=0.{Digits}")),
            ("Convert", "<amount>1</amount>", await DetailAsync("/v1/convert?amount=1")),
            ("GetRates", "<quotess>USD</quotess>", "quotess: there is no such parameter here; did you mean 'quotes'?"),
            ("GetRates", "<quote>USD</quote>", "quote: there is no such parameter here; did you mean 'quotes'?"),
            ("GetRates", "<request><quotes>USD</quotes></request>",
                "request: there is no such parameter here; known are base, date, knownAt, policy, providers, quotes, select"),
            ("GetRates", "<quotes><string>USD</string></quotes>", "quotes: must hold text, not elements"),
            ("GetRates", "<quotes>USD</quotes><quotes>GBP</quotes>", "quotes: may be given only once"),
            ("GetRates", "<quotes xmlns=\"urn:other\">USD</quotes>", "quotes: has another namespace than urn:rates:v1"),
            ("GetRates", "USD", "GetRates: holds text outside its elements"),
            ("GetHistory", "<provider>ecb</provider><providers>ecb</providers><quotes>USD</quotes>",
                "provider: cannot be given together with providers, which means the same"),
            ("GetHistory", "<quotes>USD</quotes>", "providers: must name one provider, unless select or policy is given"),
            ("GetHistory", "<providers>ecb</providers>", "quotes: is missing; name at least one quote"),
            ("GetProviders", "<provider>ecb</provider>", "provider: there is no such parameter here; known are none"),
            ("GetCurrencies", "<code>EUR</code>", "code: there is no such parameter here; known are none"),
        ];
        foreach (var (operation, elements, fault) in cases)
        {
            var answer = await CallAsync(api, $"<{operation} xmlns=\"{Ours}\">{elements}</{operation}>", operation);
            Assert.Equal(("s:Client", fault), (Text(answer, "faultcode"), Text(answer, "faultstring")));
        }

        // Every other type would be 0 where it is missing.
        Assert.All(
            typeof(IRatesSoap).GetMethods().SelectMany(method => method.GetParameters()),
            parameter => Assert.Contains(parameter.ParameterType, new[] { typeof(string), typeof(decimal) }));

        async Task<string> DetailAsync(string path)
        {
            using var response = await api.GetAsync(path);
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("detail").GetString()!;
        }
    }

    [Theory]
    [InlineData("/SOAP/Rates?wsdl")]
    [InlineData("/soap/rates/?wsdl")]
    public async Task The_path_is_read_in_any_case_and_with_a_slash_at_its_end(string path)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        Assert.Contains("definitions", await api.TextAsync(path), StringComparison.Ordinal);
    }

    // In UTF-8, whatever the type says.
    private static async Task<HttpResponseMessage> PostAsync(ApiFixture api, string? type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Message("""<GetProviders xmlns="urn:rates:v1"/>""")));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await api.CreateClient().PostAsync(new Uri("/soap/rates", UriKind.Relative), content, Token);
    }
}
