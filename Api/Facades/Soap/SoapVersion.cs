using System.Xml;

namespace Rates.Api;

/// <summary>
/// Finds messages of another version of SOAP than 1.1, by the namespace of their envelope. The package takes them for messages with an
/// empty body.
/// </summary>
internal static class SoapVersion
{
    /// <summary>The code of the fault that SOAP 1.1 and 1.2 have for such a message.</summary>
    public const string Mismatch = "VersionMismatch";

    private const string Envelope = "Envelope";
    private const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";

    private static readonly XmlReaderSettings Guarded = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>What is wrong with the version; null for SOAP 1.1, and for what is no envelope or no XML.</summary>
    /// <param name="message">The message.</param>
    /// <param name="path">The path of the service.</param>
    public static string? WhyNot(ArraySegment<byte> message, string path)
    {
        using var bytes = new MemoryStream(message.Array!, message.Offset, message.Count);
        using var reader = XmlReader.Create(bytes, Guarded);
        try
        {
            return reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != Envelope || reader.NamespaceURI == Soap11 ? null
                : $"The envelope is one of {(reader.NamespaceURI == Soap12 ? "SOAP 1.2" : "no known version of SOAP")}, by its namespace "
                    + $"'{ProblemException.Cut(reader.NamespaceURI)}'; {path} reads SOAP 1.1, whose namespace is {Soap11}";
        }
        catch (XmlException)
        {
            // Whoever reads the message says so.
            return null;
        }
    }
}
