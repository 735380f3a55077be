using System.Net;
using System.Text;
using System.Xml.Linq;

namespace Rates.Api.Tests;

public sealed partial class SoapTests
{
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
    [InlineData("{1}<h xmlns='urn:h'/></s:Header><s:Body/><s:Header>{2}", "Client", "Body: is given twice")]
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
}
