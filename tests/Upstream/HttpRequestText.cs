using System.Text;

namespace Rates.Upstream;

/// <summary>A request as it came over the wire.</summary>
internal sealed record HttpRequestText(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    private const int MostHeaderBytes = 64 << 10;

    /// <summary>Reads one; null when the peer has closed or sent something else.</summary>
    public static async Task<HttpRequestText?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        List<byte> head = [];
        var one = new byte[1];
        while (!EndsHead(head))
        {
            if (head.Count > MostHeaderBytes || await stream.ReadAsync(one, cancellationToken) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var lines = Encoding.Latin1.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        if (lines[0].Split(' ') is not [var method, var target, _])
        {
            return null;
        }

        var headers = lines.Skip(1).Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0].Trim(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => string.Join(", ", group.Select(parts => parts[1].Trim())),
                StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length) : 0];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return new(method, target, headers, Encoding.UTF8.GetString(body));
    }

    private static bool EndsHead(List<byte> head) => head is [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'];
}
