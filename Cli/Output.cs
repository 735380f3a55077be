using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Rates.Cli;

/// <summary>Writes the answers of the service to the console: as tables for people, as JSON for programs.</summary>
/// <param name="console">Where to.</param>
/// <param name="asJson">Whether JSON is wanted.</param>
internal sealed class Output(IAnsiConsole console, bool asJson)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    /// <summary>The console that answers are written to.</summary>
    public IAnsiConsole Console => console;

    /// <summary>Whether JSON is wanted.</summary>
    public bool AsJson => asJson;

    /// <summary>Writes a list: one row for each element, <c>none</c> where there are none.</summary>
    /// <param name="elements">The elements, a JSON array.</param>
    /// <param name="columns">Heading and path of each column; a path steps into members by dots.</param>
    public void Write(JsonElement elements, params ReadOnlySpan<(string Heading, string Path)> columns)
    {
        if (asJson)
        {
            WriteJson(elements);
            return;
        }

        if (elements.GetArrayLength() == 0)
        {
            Line("none");
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var (index, (heading, _)) in columns.ToArray().Index())
        {
            // In a terminal the last column, which has the longest texts, is wrapped; a file or a program gets one line for each row.
            var column = new TableColumn(Markup.Escape(heading));
            table.AddColumn(console.Profile.Out.IsTerminal && index == columns.Length - 1 ? column : column.NoWrap());
        }

        foreach (var element in elements.EnumerateArray())
        {
            var cells = new string[columns.Length];
            for (var column = 0; column < columns.Length; column++)
            {
                cells[column] = Markup.Escape(Text(element, columns[column].Path));
            }

            table.AddRow(cells);
        }

        console.Write(table);
    }

    /// <summary>Writes one element: one line for each value.</summary>
    public void WriteOne(JsonElement element, params ReadOnlySpan<(string Heading, string Path)> lines)
    {
        if (asJson)
        {
            WriteJson(element);
            return;
        }

        foreach (var (heading, path) in lines)
        {
            if (Text(element, path) is { Length: > 0 } text)
            {
                Line($"{heading}: {text}");
            }
        }
    }

    /// <summary>Writes a line, unless JSON is wanted.</summary>
    public void Say(string text)
    {
        if (!asJson)
        {
            Line(text);
        }
    }

    /// <summary>The text at a path; empty where there is none.</summary>
    public static string Text(JsonElement element, string path)
    {
        foreach (var step in path.Split('.'))
        {
            if (step == "length" && element.ValueKind == JsonValueKind.Array)
            {
                return element.GetArrayLength().ToString(CultureInfo.InvariantCulture);
            }

            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element))
            {
                return "";
            }
        }

        return element.ValueKind switch
        {
            JsonValueKind.Array => string.Join(
                "; ", element.EnumerateArray().Select(one => Member(one))),
            JsonValueKind.String => OfText(element.GetString()!),
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Null => "",
            _ => element.GetRawText(),
        };
    }

    // Instants to the second with their distance from UTC, and spans below a second in milliseconds; other texts as they are.
    private static string OfText(string text) => text switch
    {
        [_, _, _, _, '-', _, _, '-', _, _, 'T', ..] when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) =>
            at.ToString(at.Offset == TimeSpan.Zero ? "yyyy-MM-dd HH:mm:ss'Z'" : "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        [_, _, ':', _, _, ':', _, _, '.', ..] when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) =>
            span < TimeSpan.FromSeconds(1)
                ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms")
                : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s"),
        _ => Plain(text),
    };

    // Such as "boc 2026-08-19 1.0949" of an object.
    private static string Member(JsonElement one) => one.ValueKind switch
    {
        JsonValueKind.String => Plain(one.GetString()!),
        JsonValueKind.Object => string.Join(' ', one.EnumerateObject().Select(member => Member(member.Value))),
        _ => one.GetRawText(),
    };

    private void WriteJson(JsonElement element) => console.Profile.Out.Writer.WriteLine(JsonSerializer.Serialize(element, Indented));

    private void Line(string text) => console.Profile.Out.Writer.WriteLine(text);

    // What a source or an operator wrote must not steer the terminal.
    private static string Plain(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
