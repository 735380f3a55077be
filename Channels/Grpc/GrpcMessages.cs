using System.Collections;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Rates.Api;
using Rates.Channels.Protocol;

namespace Rates.Channels;

/// <summary>
/// Turns messages of <c>rates.proto</c> into parameters, and answers of the Api into messages. Names are those of JSON on both sides, so
/// that nothing is copied field by field.
/// </summary>
internal static class GrpcMessages
{
    // The message of a list has one field, named as the operation. Over HTTP the answer is the list itself.
    private static readonly JsonParser Lenient = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>The parameters of a request message; a field that is not set is no parameter.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ParametersOf(string operation, IMessage request)
    {
        List<KeyValuePair<string, string>> parameters = [];
        foreach (var field in request.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(request);
            var text = field.IsRepeated ? string.Join(',', ((IEnumerable)value).Cast<string>()) : (string)value;
            if (text.Length > 0)
            {
                parameters.Add(new(field.JsonName, text));
            }
        }

        // Decimals are texts in every message.
        return operation is "providers" or "currencies" ? parameters : [.. parameters, new("numbers", "string")];
    }

    /// <summary>The message of an answer.</summary>
    public static T Read<T>(OperationAnswer answer, MessageParser<T> parser)
        where T : IMessage<T> => Read(answer, parser, Lenient);

    /// <summary>The message of an answer.</summary>
    /// <param name="answer">The answer, JSON with its decimals as texts.</param>
    /// <param name="parser">Makes the message.</param>
    /// <param name="json">Decides what becomes of members that no field has.</param>
    public static T Read<T>(OperationAnswer answer, MessageParser<T> parser, JsonParser json)
        where T : IMessage<T>
    {
        var text = Encoding.UTF8.GetString(answer.Body.Span);
        var message = parser.ParseFrom(ByteString.Empty);
        var descriptor = message.Descriptor;
        return (T)json.Parse(
            text.StartsWith('[') ? $"{{\"{descriptor.Fields.InDeclarationOrder()[0].JsonName}\":{text}}}" : text, descriptor);
    }

    /// <summary>The message of a change.</summary>
    public static Change ChangeOf(ChangeMessage change)
    {
        var message = (Change)Lenient.Parse(Encoding.UTF8.GetString(change.Json.Span), Change.Descriptor);
        message.Event = change.Name;
        return message;
    }

    /// <summary>The error of a problem: its text, and its JSON in the trailer <c>problem-bin</c>.</summary>
    public static RpcException ErrorOf(OperationAnswer problem) => new(
        new(CodeOf(problem.Status), problem.Detail), [new Metadata.Entry("problem-bin", problem.Body.ToArray())]);

    /// <summary>The client, for limits: its address without the port.</summary>
    public static string ClientOf(ServerCallContext context) =>
        $"gRPC client {context.GetHttpContext().Connection.RemoteIpAddress}";

    private static StatusCode CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => StatusCode.InvalidArgument,
        StatusCodes.Status401Unauthorized => StatusCode.Unauthenticated,
        StatusCodes.Status403Forbidden => StatusCode.PermissionDenied,
        StatusCodes.Status404NotFound => StatusCode.NotFound,
        StatusCodes.Status429TooManyRequests => StatusCode.ResourceExhausted,
        StatusCodes.Status503ServiceUnavailable => StatusCode.Unavailable,
        _ => StatusCode.Internal,
    };
}
