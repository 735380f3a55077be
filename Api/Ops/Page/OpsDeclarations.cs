using System.Text.Json;

namespace Rates.Api;

/// <summary>
/// Writes the part of the operators' page for providers that are declared without code: their list, and the form in which one is tried and
/// declared.
/// </summary>
internal static class OpsDeclarations
{
    private static readonly JsonSerializerOptions Indented = new(OpsFormat.Json.Options) { WriteIndented = true };

    private const string Example = """
        {
          "name": "Example Bank",
          "country": "DE",
          "pivot": "EUR",
          "category": "reference",
          "address": "https://bank.example/rates/",
          "schedule": "0 H/10 14-17 ? * MON-FRI",
          "calendar": { "days": "MON-FRI", "at": "14:15", "zone": "Europe/Berlin" },
          "read": {
            "format": "json",
            "requests": ["daily?date={date}"],
            "rows": "$.rates[*]",
            "currency": "@.code",
            "rate": "@.mid",
            "direction": "quote",
            "date": "$.day"
          }
        }
        """;

    /// <summary>Writes it.</summary>
    public static void Write(HtmlBuilder html, IReadOnlyList<DeclarationView> declared, string selected)
    {
        var shown = declared.FirstOrDefault(one => one.Provider == selected);
        html.Add($"""<h2>Declared providers</h2>""");
        OpsSections.Table(html, "Declared providers", "Provider", "State", "By", "At", "Revision", "Actions");
        foreach (var one in declared)
        {
            html.Add($"""
                <tr data-provider="{one.Provider}"><th scope="row"><strong>{one.Provider}</strong><small>{one.Name}</small></th>
                <td data-label="State">
                <span class="status {(one.Retired ? "closed" : "fresh")}">{(one.Retired ? "retired" : "declared")}</span>
                <small>{one.File}</small></td><td data-label="By">{one.By}</td>
                <td data-label="At">{one.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</td><td data-label="Revision">{one.Revision}</td>
                <td data-label="Actions" class="actions"><a href="ops?tab=declared&amp;id={one.Provider}">Edit {one.Provider}</a>
                """);
            if (!one.Retired)
            {
                html.Add($"""
                    <button type="button" data-action="retire" data-provider="{one.Provider}" data-revision="{one.Revision}"
                    aria-label="Retire {one.Provider}">Retire</button>
                    """);
            }

            html.Add($"</td></tr>");
        }

        if (declared.Count == 0)
        {
            OpsSections.NoRows(html, 6, "No provider is declared yet.");
        }

        OpsSections.EndTable(html);
        var block = shown?.Block is { } stored ? JsonSerializer.Serialize(stored, Indented) : Example;
        html.Add($"""
            <form id="declare" class="card" data-revision="{shown?.Revision ?? 0}">
            <h2>{(shown is null ? "New declaration" : shown.Provider)}</h2>
            <label>Key: 2 to 32 lower-case letters and digits, for a dataset with a dot and its name
            <input name="key" required pattern="[a-z][a-z0-9]+(\.[a-z0-9]+)?" maxlength="64"
                autocomplete="off" value="{shown?.Provider}"></label>
            <label>Declaration, see docs/declared-providers.md
            <textarea name="block" rows="20" required spellcheck="false">{block}</textarea></label>
            <label>Answer of the source to read; left empty, the source is asked
            <textarea name="body" rows="4" spellcheck="false"></textarea></label>
            <label>Day to ask for; left empty, today <input name="day" type="date"></label>
            <p class="wrong" role="alert"></p>
            <div class="buttons"><button type="button" data-action="try-declaration">Try: store nothing</button>
            <button type="button" data-action="save-declaration">Declare</button></div>
            <div id="tried" role="status"></div></form>
            """);
    }
}
