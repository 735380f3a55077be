using System.Security;
using System.Xml.Linq;

namespace Rates.Providers;

/// <summary>Writes SOAP 1.1 requests to sources, an envelope around one operation, and finds the element that answers it.</summary>
internal static class SoapEnvelope
{
    /// <summary>A call of <paramref name="operation"/> with flat arguments.</summary>
    public static ProviderRequest Call(string path, string ns, string operation, params ReadOnlySpan<(string Name, string Value)> arguments)
    {
        var inner = string.Concat(arguments.ToArray()
            .Select(argument => $"<{argument.Name}>{SecurityElement.Escape(argument.Value)}</{argument.Name}>"));
        var body = $"""
            <?xml version="1.0" encoding="utf-8"?>
            <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
            <{operation} xmlns="{ns}">{inner}</{operation}></soap:Body></soap:Envelope>
            """;
        return new ProviderRequest("POST", path)
        {
            Body = body,
            ContentType = "text/xml",
            Headers = new Dictionary<string, string> { ["SOAPAction"] = $"\"{ns.TrimEnd('/')}/{operation}\"" },
        };
    }

    /// <summary>The first element inside the answer's body.</summary>
    /// <exception cref="FormatException">No envelope, or the answer is a fault.</exception>
    public static XElement Answer(ProviderBody body)
    {
        var answer = body.Xml().Named("Envelope").Child("Body").Elements().FirstOrDefault()
            ?? throw new FormatException("the SOAP body is empty");
        return answer.Name.LocalName != "Fault" ? answer : throw new FormatException($"SOAP fault: {answer.Value.Trim()}");
    }
}
