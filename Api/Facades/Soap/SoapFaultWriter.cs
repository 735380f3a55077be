using System.Security;
using System.ServiceModel;
using System.Text;

namespace Rates.Api;

/// <summary>Writes the Api's errors as SOAP faults, in answers of <c>/soap/rates</c>.</summary>
internal static class SoapFaultWriter
{
    /// <summary>The fault of a request that cannot be answered: it blames the client, or the server where only time can help.</summary>
    public static FaultException Of(ProblemException problem) =>
        new(new FaultReason(problem.Message), new FaultCode(CodeOf(problem)), "");

    /// <summary>A whole message with the fault, for what is refused before SOAP is read.</summary>
    public static byte[] Encode(ProblemException problem) => Encode(CodeOf(problem), problem.Message);

    /// <summary>The same with a code of SOAP 1.1.</summary>
    /// <param name="code">Such as <c>Client</c>.</param>
    /// <param name="message">What is wrong.</param>
    public static byte[] Encode(string code, string message) => Encoding.UTF8.GetBytes(
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:{code}</faultcode>
        <faultstring>{SecurityElement.Escape(XmlText.Clean(message))}</faultstring></s:Fault></s:Body></s:Envelope>

        """);

    private static string CodeOf(ProblemException problem) =>
        problem.Status >= StatusCodes.Status500InternalServerError ? "Server" : "Client";
}
