using System.Text;
using System.Xml;

namespace Rates.Api;

/// <summary>
/// Checks a SOAP message before the package reads it: the package never ends with one of more than 64 KB that is not well-formed, takes an
/// envelope of another version for one with an empty body, and passes over a document type and over headers that must be understood.
/// </summary>
internal static class SoapEnvelope
{
    private const string Soap11 = "http://schemas.xmlsoap.org/soap/envelope/";
    private const string Soap12 = "http://www.w3.org/2003/05/soap-envelope";

    // The package takes the square of the depth to read a message: seconds for one of 30,000.
    private const int MostDeep = 64;

    // The receiver of a header without an actor is who answers, as of one for the next.
    private const string Next = "http://schemas.xmlsoap.org/soap/actor/next";

    // To tell of a document type it has to be read; what it may have the reader do has a limit.
    private static readonly XmlReaderSettings Guarded =
        new() { DtdProcessing = DtdProcessing.Parse, XmlResolver = null, MaxCharactersFromEntities = 1024 };

    private static readonly XmlWriterSettings Utf8 = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <summary>The code of the fault of SOAP 1.1 and what is wrong; null for nothing.</summary>
    /// <param name="message">The message.</param>
    /// <param name="path">The path of the service.</param>
    public static (string Code, string Why)? Fault(ArraySegment<byte> message, string path)
    {
        using var bytes = new MemoryStream(message.Array!, message.Offset, message.Count);
        using var reader = XmlReader.Create(bytes, Guarded);
        try
        {
            if (FaultOfRoot(reader, path) is { } fault)
            {
                return fault;
            }

            var unheeded = FaultOfHeaders(reader);
            while (Read(reader))
            {
                // To the end: whether it is XML shows only there.
            }

            return unheeded;
        }
        catch (XmlException wrong)
        {
            return ("Client", wrong.LineNumber > 0
                ? $"The message is no XML: it cannot be read at line {wrong.LineNumber}, position {wrong.LinePosition}"
                : "The message is no XML: it holds no element");
        }
    }

    /// <summary>The message in UTF-8: the package reads only that and some UTF-16, whatever encoding a message states.</summary>
    /// <param name="message">A message without a fault.</param>
    public static MemoryStream InUtf8(ArraySegment<byte> message)
    {
        using var bytes = new MemoryStream(message.Array!, message.Offset, message.Count);
        using var reader = XmlReader.Create(bytes, Guarded);
        var written = new MemoryStream(message.Count);
        using (var writer = XmlWriter.Create(written, Utf8))
        {
            writer.WriteNode(reader, defattr: false);
        }

        written.Position = 0;
        return written;
    }

    private static bool Read(XmlReader reader) => reader.Read() && (reader.Depth <= MostDeep
        ? true
        : throw new ProblemException(StatusCodes.Status400BadRequest, $"The message has elements inside more than {MostDeep} others"));

    private static (string Code, string Why)? FaultOfRoot(XmlReader reader, string path)
    {
        while (reader.Read() && reader.NodeType != XmlNodeType.Element)
        {
            if (reader.NodeType == XmlNodeType.DocumentType)
            {
                return ("Client", "The message has a document type, which SOAP does not allow");
            }
        }

        return (reader.LocalName, reader.NamespaceURI) switch
        {
            ("Envelope", Soap11) => null,
            ("Envelope", var version) => ("VersionMismatch",
                $"The envelope is one of {(version == Soap12 ? "SOAP 1.2" : "no known version of SOAP")}, by its namespace "
                + $"'{ProblemException.Cut(version)}'; {path} reads SOAP 1.1, whose namespace is {Soap11}"),
            ("", _) => null,
            var (name, _) => ("Client", $"The message is '{ProblemException.Cut(name)}', and no Envelope of SOAP 1.1"),
        };
    }

    private static (string Code, string Why)? FaultOfHeaders(XmlReader reader)
    {
        while (Read(reader) && reader.Depth > 0 && !(reader.Depth == 1 && reader.LocalName == "Body"))
        {
            if (reader is { Depth: 2, NodeType: XmlNodeType.Element } && reader.GetAttribute("mustUnderstand", Soap11) is "1" or "true"
                && reader.GetAttribute("actor", Soap11) is null or "" or Next)
            {
                return ("MustUnderstand",
                    $"The header '{ProblemException.Cut(reader.LocalName)}' must be understood and is not; no header is read here");
            }
        }

        return null;
    }
}
