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
    public static byte[] Encode(ProblemException problem) => Encoding.UTF8.GetBytes(
        $"""
        <?xml version="1.0" encoding="utf-8"?>
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:{CodeOf(problem)}</faultcode>
        <faultstring>{SecurityElement.Escape(XmlText.Clean(problem.Message))}</faultstring></s:Fault></s:Body></s:Envelope>

        """);

    private static string CodeOf(ProblemException problem) =>
        problem.Status >= StatusCodes.Status500InternalServerError ? "Server" : "Client";
}
