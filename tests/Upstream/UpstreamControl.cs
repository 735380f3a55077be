using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rates.Upstream;

/// <summary>What other processes may ask under <c>/_control</c>.</summary>
/// <remarks>
/// <c>GET ledger</c>: every request, as JSON. <c>DELETE ledger</c>: forget them.
/// <c>PUT &lt;provider&gt;/document[/path]</c>: serve the request's body, with its Content-Type, and its ETag header if any.
/// <c>PUT &lt;provider&gt;/next</c>: faults of the next answers, one a line. <c>PUT &lt;provider&gt;/always</c>: the fault of every answer
/// after them; <c>none</c> to end it.
/// </remarks>
internal static class UpstreamControl
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Does what is asked and says how it went: status line and body.</summary>
    public static (string Status, byte[] Body) Obey(UpstreamServer server, HttpRequestText request, string path)
    {
        try
        {
            switch (request.Method, path.Split('/', 3))
            {
                case ("GET", ["ledger"]):
                    return ("200 OK", JsonSerializer.SerializeToUtf8Bytes(server.Ledger, Json));
                case ("DELETE", ["ledger"]):
                    server.ClearLedger();
                    break;
                case ("PUT", [var provider, "document", .. var rest]):
                    var type = request.Headers.GetValueOrDefault("Content-Type", "application/xml");
                    server[provider].Serve(Document.Of(request.Body, type) with { ETag = request.Headers.GetValueOrDefault("ETag") },
                        string.Concat(rest));
                    break;
                case ("PUT", [var provider, "next"]):
                    server[provider].Next([.. request.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Fault.Parse)]);
                    break;
                case ("PUT", [var provider, "always"]):
                    server[provider].Always(Fault.Parse(request.Body));
                    break;
                default:
                    return ("404 Not Found", "{}"u8.ToArray());
            }

            return ("200 OK", "{}"u8.ToArray());
        }
        catch (FormatException problem)
        {
            return ("400 Bad Request", Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { problem = problem.Message }, Json)));
        }
    }
}
