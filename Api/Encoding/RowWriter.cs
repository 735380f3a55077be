using System.Text;
using System.Text.Json;

namespace Rates.Api;

/// <summary>Writes rows cell by cell as CSV, XML or NDJSON.</summary>
/// <param name="buffer">Where to.</param>
/// <param name="format">The format; not JSON.</param>
/// <param name="choice">How numbers and CSV are written.</param>
/// <param name="shape">The names.</param>
internal sealed class RowWriter(ByteBuffer buffer, AnswerFormat format, in AnswerChoice choice, RowShape shape)
{
    private readonly CsvForm _csv = choice.Csv;
    private readonly bool _numbersAsText = choice.NumbersAsText;

    /// <summary>Where the rows are written to.</summary>
    public ByteBuffer Buffer => buffer;

    /// <summary>Writes what stands before the first row.</summary>
    public void Start()
    {
        if (format == AnswerFormat.Csv)
        {
            if (_csv.HasMark)
            {
                buffer.Append(CsvForm.Mark);
            }

            Append(string.Join(_csv.Separator, shape.Columns));
            buffer.Append("\r\n"u8);
        }
        else if (format == AnswerFormat.Xml)
        {
            buffer.Append("<?xml version=\"1.0\" encoding=\"utf-8\"?><"u8);
            Append(shape.Name);
            buffer.Append(">"u8);
        }
    }

    /// <summary>Begins a row.</summary>
    public void StartRow()
    {
        if (format == AnswerFormat.Ndjson)
        {
            buffer.Append("{"u8);
        }
        else if (format == AnswerFormat.Xml)
        {
            buffer.Append("<"u8);
            Append(shape.RowName);
        }
    }

    /// <summary>Writes the cell of a column; the columns of a row come in their order, each once.</summary>
    public void Write(int column, in Cell cell)
    {
        if (cell.Text is not { } text)
        {
            Separate(column);
            return;
        }

        StartCell(column, cell.Kind);
        switch (format)
        {
            case AnswerFormat.Csv:
                Append(cell.Kind switch
                {
                    CellKind.Decimal => _csv.Number(text),
                    CellKind.Literal => text,
                    _ => CsvText.Quote(text, _csv.Separator)!,
                });
                break;
            case AnswerFormat.Xml:
                Append(XmlText.Attribute(text));
                break;
            default:
                WriteJson(cell, text);
                break;
        }

        EndCell(cell.Kind);
    }

    /// <summary>Writes what stands before the value of a cell.</summary>
    public void StartCell(int column, CellKind kind)
    {
        Separate(column);
        if (format == AnswerFormat.Xml)
        {
            buffer.Append(shape.XmlStart(column));
        }
        else if (format == AnswerFormat.Ndjson)
        {
            // Only the start of a row ends in a brace.
            buffer.Append(buffer.Written.Span is [.., (byte)'{'] ? ""u8 : ","u8);
            buffer.Append(shape.JsonStart(column));
            buffer.Append(IsJsonText(kind) ? "\""u8 : ""u8);
        }
    }

    /// <summary>Writes what stands after the value of a cell.</summary>
    public void EndCell(CellKind kind)
    {
        if (format == AnswerFormat.Xml || (format == AnswerFormat.Ndjson && IsJsonText(kind)))
        {
            buffer.Append("\""u8);
        }
    }

    /// <summary>Ends a row.</summary>
    public void EndRow() => buffer.Append(format switch
    {
        AnswerFormat.Csv => "\r\n"u8,
        AnswerFormat.Xml => " />"u8,
        _ => "}\n"u8,
    });

    /// <summary>Writes what stands after the last row.</summary>
    public void End()
    {
        if (format == AnswerFormat.Xml)
        {
            buffer.Append("</"u8);
            Append(shape.Name);
            buffer.Append(">"u8);
        }
    }

    private void Separate(int column)
    {
        if (format == AnswerFormat.Csv && column > 0)
        {
            buffer.Append(_csv.HasSemicolons ? ";"u8 : ","u8);
        }
    }

    private bool IsJsonText(CellKind kind) => kind == CellKind.Text || (kind == CellKind.Decimal && _numbersAsText);

    private void WriteJson(in Cell cell, string text)
    {
        if (cell.Kind == CellKind.List)
        {
            buffer.Append("["u8);
            foreach (var item in cell.Items)
            {
                buffer.Append("\""u8);
                AppendEscaped(item);
                buffer.Append("\","u8);
            }

            buffer.TrimComma();
            buffer.Append("]"u8);
        }
        else if (cell.Kind == CellKind.Text)
        {
            AppendEscaped(text);
        }
        else
        {
            Append(text);
        }
    }

    private void AppendEscaped(string text) => buffer.Append(JsonEncodedText.Encode(text, AnswerJsonSettings.Encoder).EncodedUtf8Bytes);

    private void Append(string text) => Encoding.UTF8.GetBytes(text, buffer);
}
