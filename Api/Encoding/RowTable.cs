using System.Text;
using System.Text.Json;
using System.Xml;

namespace Rates.Api;

/// <summary>An answer as rows and columns, which CSV, XML and NDJSON are written from.</summary>
/// <param name="name">Name of the XML root element, such as <c>rates</c>.</param>
/// <param name="rowName">Name of the XML element of a row, such as <c>rate</c>.</param>
/// <param name="columns">Names of the columns; a name that begins with <c>#</c> marks a column of numbers.</param>
internal sealed class RowTable(string name, string rowName, params string[] columns)
{
    private readonly string[] _columns = [.. columns.Select(column => column.TrimStart('#'))];
    private readonly bool[] _isNumber = [.. columns.Select(column => column.StartsWith('#'))];
    private readonly List<string?[]> _rows = [];

    /// <summary>Adds a row: one text per column, null for an empty cell.</summary>
    public void Add(params string?[] cells) => _rows.Add(cells);

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

    private void WriteCsv(ByteBuffer buffer)
    {
        var text = new StringBuilder().AppendJoin(',', _columns).Append("\r\n");
        foreach (var row in _rows)
        {
            text.AppendJoin(',', row.Select((cell, column) => _isNumber[column] ? cell : CsvText.Quote(cell))).Append("\r\n");
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
                    if (cell is not null)
                    {
                        xml.WriteAttributeString(_columns[column], cell);
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
        using var json = new Utf8JsonWriter(buffer, new() { Encoder = AnswerJson.Encoder });
        foreach (var row in _rows)
        {
            json.WriteStartObject();
            foreach (var (column, cell) in row.Index())
            {
                if (cell is null)
                {
                    continue;
                }

                json.WritePropertyName(_columns[column]);
                if (_isNumber[column] && !numbersAsText)
                {
                    json.WriteRawValue(cell);
                }
                else
                {
                    json.WriteStringValue(cell);
                }
            }

            json.WriteEndObject();
            json.Flush();
            buffer.Append("\n"u8);
            json.Reset();
        }
    }
}
