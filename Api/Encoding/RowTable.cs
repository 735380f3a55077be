using System.Text;
using System.Text.Json;
using System.Xml;

namespace Rates.Api;

/// <summary>An answer of the Api as rows and columns, which CSV, XML and NDJSON are written from.</summary>
/// <param name="name">Name of the XML root element, such as <c>rates</c>.</param>
/// <param name="rowName">Name of the XML element of a row, such as <c>rate</c>.</param>
/// <param name="columns">Names of the columns.</param>
internal sealed class RowTable(string name, string rowName, params string[] columns)
{
    private static readonly JsonWriterOptions Json = new() { Encoder = AnswerJsonSettings.Encoder };

    private readonly List<Cell[]> _rows = [];

    /// <summary>Adds a row: one cell per column.</summary>
    public void Add(params Cell[] cells) => _rows.Add(cells);

    /// <summary>Writes the table in a format other than JSON.</summary>
    public void Write(ByteBuffer buffer, AnswerFormat format, bool numbersAsText)
    {
        switch (format)
        {
            case AnswerFormat.Csv:
                WriteCsv(buffer);
                break;
            case AnswerFormat.Xml:
                WriteXml(buffer);
                break;
            default:
                WriteNdjson(buffer, numbersAsText);
                break;
        }
    }

    // Numbers are not quoted: a minus sign at their start is no formula.
    private void WriteCsv(ByteBuffer buffer)
    {
        var text = new StringBuilder().AppendJoin(',', columns).Append("\r\n");
        foreach (var row in _rows)
        {
            text.AppendJoin(',', row.Select(cell => cell.Kind is CellKind.Text or CellKind.List ? CsvText.Quote(cell.Text) : cell.Text))
                .Append("\r\n");
        }

        Encoding.UTF8.GetBytes(text.ToString(), buffer);
    }

    private void WriteXml(ByteBuffer buffer)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement(name);
            foreach (var row in _rows)
            {
                xml.WriteStartElement(rowName);
                foreach (var (column, cell) in row.Index())
                {
                    if (cell.Text is { } text)
                    {
                        xml.WriteAttributeString(columns[column], XmlText.Clean(text));
                    }
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        buffer.Append(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private void WriteNdjson(ByteBuffer buffer, bool numbersAsText)
    {
        using var json = new Utf8JsonWriter(buffer, Json);
        foreach (var row in _rows)
        {
            json.WriteStartObject();
            foreach (var (column, cell) in row.Index())
            {
                if (cell.Text is not null)
                {
                    json.WritePropertyName(columns[column]);
                    Write(json, cell, numbersAsText);
                }
            }

            json.WriteEndObject();
            json.Flush();
            buffer.Append("\n"u8);
            json.Reset();
        }
    }

    private static void Write(Utf8JsonWriter json, in Cell cell, bool numbersAsText)
    {
        if (cell.Kind == CellKind.List)
        {
            json.WriteStartArray();
            foreach (var item in cell.Items)
            {
                json.WriteStringValue(item);
            }

            json.WriteEndArray();
        }
        else if (cell.Kind == CellKind.Literal || (cell.Kind == CellKind.Decimal && !numbersAsText))
        {
            json.WriteRawValue(cell.Text!);
        }
        else
        {
            json.WriteStringValue(cell.Text);
        }
    }
}
