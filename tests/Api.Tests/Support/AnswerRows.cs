using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Rates.Api.Tests;

/// <summary>Reads answers of rows, in each of their formats, as one dictionary a row: name of the column to its text.</summary>
internal static class AnswerRows
{
    private static readonly XNamespace Ours = "urn:rates:v1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The rows of a CSV; an empty cell is an empty text.</summary>
    public static List<Dictionary<string, string>> Csv(string text)
    {
        var lines = CsvText.Read(text).ToList();
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    /// <summary>The rows of an XML document; an empty cell is left out.</summary>
    public static List<Dictionary<string, string>> Xml(string text) =>
    [
        .. XDocument.Parse(text).Root!.Elements()
            .Select(row => row.Attributes().ToDictionary(cell => cell.Name.LocalName, cell => cell.Value)),
    ];

    /// <summary>The rows of NDJSON; the items of a list have spaces between them.</summary>
    public static List<Dictionary<string, string>> Ndjson(string text) =>
    [
        .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.EnumerateObject()
            .ToDictionary(
                cell => cell.Name,
                cell => cell.Value.ValueKind switch
                {
                    JsonValueKind.Array => JsonText.Joined(cell.Value),
                    JsonValueKind.String => cell.Value.GetString()!,
                    _ => cell.Value.GetRawText(),
                })),
    ];

    /// <summary>The rows of the answer that a format names: csv, xml or ndjson.</summary>
    public static async Task<List<Dictionary<string, string>>> OfAsync(ApiFixture api, string address, string format)
    {
        var text = await api.TextAsync($"{address}&format={format}");
        return format switch { "csv" => Csv(text), "xml" => Xml(text), _ => Ndjson(text) };
    }

    /// <summary>The rows that an operation of the SOAP service answers, with the names of their members in camel case.</summary>
    /// <param name="api">The service.</param>
    /// <param name="operation">Its name.</param>
    /// <param name="row">The name of the element of a row.</param>
    /// <param name="query">The parameters; the value of one without a name is XML.</param>
    /// <param name="headers">Headers of the request.</param>
    public static async Task<List<Dictionary<string, string>>> SoapAsync(
        ApiFixture api, string operation, string row, IEnumerable<(string Name, string? Value)> query,
        params (string Name, string Value)[] headers)
    {
        var parameters = string.Concat(query.Select(one => one.Name.Length == 0 ? one.Value : $"<{one.Name}>{one.Value}</{one.Name}>"));
        using var content = new StringContent(
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>"
                + $"<{operation} xmlns=\"{Ours}\">{parameters}</{operation}></s:Body></s:Envelope>",
            Encoding.UTF8, "text/xml");
        content.Headers.Add("SOAPAction", $"\"urn:rates:v1/Rates/{operation}\"");
        foreach (var (name, value) in headers)
        {
            content.Headers.Add(name, value);
        }

        using var response = await api.CreateClient().PostAsync(new Uri("/soap/rates", UriKind.Relative), content, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return
        [
            .. XDocument.Parse(text).Descendants(Ours + row).Where(one => one.HasElements)
                .Select(one => one.Elements().ToDictionary(
                    cell => char.ToLowerInvariant(cell.Name.LocalName[0]) + cell.Name.LocalName[1..], cell => cell.Value)),
        ];
    }
}
