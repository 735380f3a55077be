using System.Reflection;
using System.ServiceModel.Channels;
using System.Xml;
using System.Xml.Linq;
using Rates.Settings;
using SoapCore.Extensibility;

namespace Rates.Api;

/// <summary>
/// Refuses a SOAP request whose elements are not those of its operation, before the package reads them: the package skips what it does not
/// know, and takes 0 for a number that is missing.
/// </summary>
internal sealed class SoapRequestCheck : ISoapMessageProcessor
{
    private static readonly XName Nil = XName.Get("nil", "http://www.w3.org/2001/XMLSchema-instance");

    private static readonly Dictionary<string, ParameterInfo[]> Operations =
        typeof(IRatesSoap).GetMethods().ToDictionary(method => method.Name, method => method.GetParameters(), StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<Message> ProcessMessage(Message message, HttpContext context, Func<Message, Task<Message>> next)
    {
        if (message.IsEmpty)
        {
            throw SoapFaultWriter.Of(WithoutOperation());
        }

        // The body of a message can be read only once.
        using var copies = message.CreateBufferedCopy(int.MaxValue);
        using (var reader = copies.CreateMessage().GetReaderAtBodyContents())
        {
            try
            {
                if (reader.MoveToContent() != XmlNodeType.Element)
                {
                    throw WithoutOperation();
                }

                Check((XElement)XNode.ReadFrom(reader));

                // The package would answer the first operation and pass over the others.
                if (reader.MoveToContent() == XmlNodeType.Element)
                {
                    throw ProblemException.BadParameter("Body", "holds more than one operation; send each in a message of its own");
                }
            }
            catch (ProblemException problem)
            {
                throw SoapFaultWriter.Of(problem);
            }
        }

        return await next(copies.CreateMessage());
    }

    private static ProblemException WithoutOperation() =>
        ProblemException.BadParameter("Body", $"holds no operation; known are {string.Join(", ", Operations.Keys.Order())}");

    private static void Check(XElement operation)
    {
        if (operation.Name.NamespaceName != IRatesSoap.Namespace
            || !Operations.TryGetValue(operation.Name.LocalName, out var parameters))
        {
            // The package would say of another operation that it is not there.
            throw ProblemException.BadValue(
                "Body", operation.Name.LocalName,
                $"is no operation of the namespace {IRatesSoap.Namespace}; known are {string.Join(", ", Operations.Keys.Order())}");
        }

        if (operation.Nodes().OfType<XText>().Any(text => !string.IsNullOrWhiteSpace(text.Value)))
        {
            throw ProblemException.BadParameter(operation.Name.LocalName, "holds text outside its elements");
        }

        Dictionary<string, XElement> given = [];
        foreach (var element in operation.Elements())
        {
            var name = element.Name.LocalName;
            RefuseUnknown(element, [.. parameters.Select(parameter => parameter.Name!)]);
            if (!given.TryAdd(name, element))
            {
                throw ProblemException.BadParameter(name, "may be given only once");
            }

            if (element.HasElements)
            {
                throw ProblemException.BadParameter(name, "must hold text, not elements");
            }
        }

        foreach (var name in parameters.Where(parameter => parameter.ParameterType == typeof(decimal)).Select(one => one.Name!))
        {
            var element = given.GetValueOrDefault(name);
            if (element is null || (string?)element.Attribute(Nil) is "true" or "1")
            {
                throw ProblemException.BadParameter(name, "is missing");
            }

            // The package would round a number that has too many digits. XML allows spaces around a number.
            _ = QueryValues.Amount(name, element.Value.AsSpan().Trim(" \t\r\n"));
        }
    }

    // Some clients send elements without a namespace, which the package takes.
    private static void RefuseUnknown(XElement element, string[] known)
    {
        var name = element.Name.LocalName;
        if (!known.Contains(name, StringComparer.Ordinal))
        {
            throw ProblemException.BadParameter(
                name, $"there is no such parameter here; {(known.Length == 0 ? "known are none" : NearestName.Hint(name, known))}");
        }

        if (element.Name.NamespaceName is not ("" or IRatesSoap.Namespace))
        {
            throw ProblemException.BadParameter(name, $"has another namespace than {IRatesSoap.Namespace}");
        }
    }
}
