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

    [Theory]
    [InlineData("not XML")]
    [InlineData("<a/>")]
    [InlineData("<a\u0001/>")]
    [InlineData("<a>&#1;</a>")]
    [InlineData("""<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>""")]
    [InlineData(
        """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><Steal xmlns="urn:rates:v1"/></s:Body></s:Envelope>""")]
    public async Task A_message_that_cannot_be_read_is_refused_without_details_of_the_server(string message)
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        using var content = new StringContent(message, Encoding.UTF8, "text/xml");

        using var response = await api.CreateClient().PostAsync(new Uri("/soap/rates", UriKind.Relative), content, Token);

        var body = await response.Content.ReadAsStringAsync(Token);
        Assert.False(response.IsSuccessStatusCode, body);
        Assert.Equal("s:Client", XDocument.Parse(body).Descendants("faultcode").Single().Value);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{1}", "The message is no XML: it cannot be read at line 1, position 1")]
    [InlineData("{0}{1}", "The message is no XML: it cannot be read at line 1, position 131")]
    [InlineData("<!--{1}--><a>", "The message is no XML: it cannot be read at line 1, position 70008")]
    [InlineData("<?xml version='1.1'?><!--{1}-->{0}", "The message is no XML: it cannot be read at line 1, position 16")]
    [InlineData(" <!--{1}--> ", "The message is no XML: it holds no element")]
    public async Task A_long_message_that_is_no_XML_is_refused_as_a_short_one(string form, string fault)
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        var message = string.Format(null, form, Message("""<GetProviders xmlns="urn:rates:v1"/>"""), new string('x', 70_000));
        using var content = new StringContent(message, Encoding.UTF8, "text/xml");

        using var response = await api.CreateClient().PostAsync(new Uri("/soap/rates", UriKind.Relative), content, Token);

        var answer = XDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("s:Client", answer.Descendants("faultcode").Single().Value);
        Assert.Equal(fault, answer.Descendants("faultstring").Single().Value);
    }

    [Theory]
    [InlineData("<s:Header><h xmlns='urn:h'>{0}</h></s:Header><s:Body><GetProviders xmlns='urn:rates:v1'/></s:Body>")]
    [InlineData("<s:Body><GetRates xmlns='urn:rates:v1'>{0}</GetRates></s:Body>")]
    public async Task A_message_that_is_too_deep_is_refused_before_it_takes_long(string form)
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        var nested = string.Concat(Enumerable.Repeat("<a>", 30_000)) + string.Concat(Enumerable.Repeat("</a>", 30_000));
        using var content = new StringContent(
            $"<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">{string.Format(null, form, nested)}</s:Envelope>",
            Encoding.UTF8, "text/xml");

        using var response = await api.CreateClient().PostAsync(new Uri("/soap/rates", UriKind.Relative), content, Token);

        Assert.Equal(
            "The message has elements inside more than 64 others",
            XDocument.Parse(await response.Content.ReadAsStringAsync(Token)).Descendants("faultstring").Single().Value);
    }

    [Theory]
    [InlineData("utf-8", "")]
    [InlineData("utf-16", "")]
    [InlineData("utf-16BE", "")]
    [InlineData("iso-8859-1", "<?xml version='1.0' encoding='iso-8859-1'?>")]
    public async Task A_message_is_read_in_the_encoding_that_it_states(string encoding, string declaration)
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        var message = $"{declaration}<!--é{new string('x', 70_000)}-->"
            + Message("<GetRates xmlns='urn:rates:v1'><base>é</base></GetRates>");
        using var content = new ByteArrayContent(
            [.. Encoding.GetEncoding(encoding).GetPreamble(), .. Encoding.GetEncoding(encoding).GetBytes(message)]);
        content.Headers.ContentType = new("text/xml");

        using var response = await api.CreateClient().PostAsync(new Uri("/soap/rates", UriKind.Relative), content, Token);

        Assert.Equal(
            "base: 'é' is not a three-letter currency code",
            XDocument.Parse(await response.Content.ReadAsStringAsync(Token)).Descendants("faultstring").Single().Value);
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
    [InlineData("", "holds no operation; known are Convert, GetCurrencies, GetHistory, GetProviders, GetRates")]
    [InlineData(" ", "holds no operation; known are Convert, GetCurrencies, GetHistory, GetProviders, GetRates")]
    [InlineData("\n<!-- nothing -->\n", "holds no operation; known are Convert, GetCurrencies, GetHistory, GetProviders, GetRates")]
    [InlineData("GetRates", "holds no operation; known are Convert, GetCurrencies, GetHistory, GetProviders, GetRates")]
    [InlineData("""<GetProviders xmlns="urn:rates:v1"/> <GetCurrencies xmlns="urn:rates:v1"/>""",
        "holds more than one operation; send each in a message of its own")]
    public async Task A_body_without_an_operation_or_with_several_is_refused(string body, string fault)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        var answer = await CallAsync(api, body, "GetProviders");

        Assert.Equal(("s:Client", $"Body: {fault}"), (Text(answer, "faultcode"), Text(answer, "faultstring")));
    }

    [Theory]
    [InlineData("http://www.w3.org/2003/05/soap-envelope", "one of SOAP 1.2")]
    [InlineData("http://www.w3.org/2001/12/soap-envelope", "one of no known version of SOAP")]
    public async Task A_message_of_another_version_is_a_version_mismatch_that_names_both(string version, string named)
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        using var content = new StringContent(
            Message("""<GetProviders xmlns="urn:rates:v1"/>""").Replace(
                "http://schemas.xmlsoap.org/soap/envelope/", version, StringComparison.Ordinal), Encoding.UTF8, "text/xml");

        using var response = await api.CreateClient().PostAsync(new Uri("/soap/rates", UriKind.Relative), content, Token);

        var body = XDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("text/xml; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("http://schemas.xmlsoap.org/soap/envelope/", body.Root!.Name.NamespaceName);
        Assert.Equal("s:VersionMismatch", body.Descendants("faultcode").Single().Value);
        Assert.Equal(
            $"The envelope is {named}, by its namespace '{version}'; /soap/rates reads SOAP 1.1, whose namespace is "
                + "http://schemas.xmlsoap.org/soap/envelope/",
            body.Descendants("faultstring").Single().Value);
    }

    [Theory]
    [InlineData("<a/>", "Client", "The message is 'a', and no Envelope of SOAP 1.1")]
    [InlineData("<!DOCTYPE a>{0}", "Client", "The message has a document type, which SOAP does not allow")]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'USD'>]>{0}", "Client", "The message has a document type, which SOAP does not allow")]
    [InlineData("{1}<h xmlns='urn:h' s:mustUnderstand='1'/>{2}", "MustUnderstand",
        "The header 'h' must be understood and is not; no header is read here")]
    [InlineData("{1}<h xmlns='urn:h' s:mustUnderstand='0'/>{2}", null, null)]
    [InlineData("{1}<h xmlns='urn:h' s:mustUnderstand='1' s:actor='urn:other'/>{2}", null, null)]
    [InlineData("{1}<h xmlns='urn:h'><i s:mustUnderstand='1'/></h>{2}", null, null)]
    [InlineData("{1}<h xmlns='urn:h' s:mustUnderstand='0'/><i xmlns='urn:h' s:mustUnderstand='1'/>{2}", "MustUnderstand",
        "The header 'i' must be understood and is not; no header is read here")]
    public async Task An_envelope_that_SOAP_does_not_allow_or_cannot_be_understood_is_a_fault(string form, string? code, string? fault)
    {
        await using var api = new ApiFixture(FacadeSample.Store());
        var message = Message("""<GetProviders xmlns="urn:rates:v1"/>""");
        var body = message.IndexOf("<s:Body>", StringComparison.Ordinal);
        using var content = new StringContent(
            string.Format(null, form, message, $"{message[..body]}<s:Header>", $"</s:Header>{message[body..]}"), Encoding.UTF8, "text/xml");

        using var response = await api.CreateClient().PostAsync(new Uri("/soap/rates", UriKind.Relative), content, Token);

        var answer = XDocument.Parse(await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(code is null ? HttpStatusCode.OK : HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(code is null ? null : $"s:{code}", answer.Descendants("faultcode").SingleOrDefault()?.Value);
        Assert.Equal(fault, answer.Descendants("faultstring").SingleOrDefault()?.Value);
    }

    [Theory]
    [InlineData("""<getProviders xmlns="urn:rates:v1"/>""", "getProviders")]
    [InlineData("""<GetProviders xmlns="urn:other"/>""", "GetProviders")]
    [InlineData("<GetProviders/>", "GetProviders")]
    public async Task An_operation_that_there_is_not_is_named(string operation, string name)
    {
        await using var api = new ApiFixture(FacadeSample.Store());

        var answer = await CallAsync(api, operation, "GetProviders");

        Assert.Equal(
            ("s:Client", $"Body: '{name}' is no operation of the namespace urn:rates:v1; known are Convert, GetCurrencies, GetHistory, "
                + "GetProviders, GetRates"),
            (Text(answer, "faultcode"), Text(answer, "faultstring")));
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
