namespace Rates.Api;

/// <summary>Shows how current figures are, and tells what the words mean.</summary>
internal static class PageStatus
{
    /// <summary>The marks, in the order in which they are explained, with their meanings.</summary>
    private static readonly (string Mark, string Meaning)[] Meanings =
    [
        ("fresh", "the newest publication that was due is here, and it is today's"),
        ("closed", "the newest publication that was due is here; it is of an earlier day, and nothing newer is due yet"),
        ("stale", "a newer publication was due and is not here: one to four are missing"),
        ("frozen", "five or more publications are missing: the figures are too old to be combined with others"),
        ("retired", "the source has stopped publishing these figures"),
        ("missing", "nothing of this source is here"),
        ("unconfirmed", "the figure is the source's first or far from the one before, and no second source has confirmed it"),
    ];

    /// <summary>What a mark means; empty for a text that is none.</summary>
    public static string Meaning(string? mark) => Meanings.FirstOrDefault(one => one.Mark == mark).Meaning ?? "";

    /// <summary>Writes a mark.</summary>
    public static void Write(HtmlBuilder html, string? mark) =>
        html.Add($"""<span class="status {mark}" title="{Meaning(mark)}">{mark}</span>""");

    /// <summary>Writes a list of the providers without figures, each with why; nothing when there are none.</summary>
    /// <param name="layout">Where to.</param>
    /// <param name="absent">The providers.</param>
    /// <param name="isOpen">Whether the list is shown without a click.</param>
    public static void WriteAbsent(
        PageLayout layout, IEnumerable<(string Provider, string Name, string Status, string Reason)> absent, bool isOpen)
    {
        var html = layout.Html;
        var listed = absent.ToList();
        if (listed.Count == 0)
        {
            return;
        }

        html.Add($"""
            <details class="absent" id="absent"{(isOpen ? " open" : "")}><summary>{listed.Count} without figures</summary><ul>
            """);
        foreach (var (provider, name, status, reason) in listed)
        {
            html.Add($"<li>");
            Write(html, status);
            html.Add($""" <a href="{layout.Root}providers/{provider}">{name}:</a> {reason}</li>""");
        }

        html.Add($"</ul></details>");
    }

    /// <summary>Writes what the marks that a page shows mean, each once; nothing when there are none.</summary>
    public static void Explain(HtmlBuilder html, IEnumerable<string?> marks)
    {
        var used = marks.ToHashSet();
        var shown = Meanings.Where(one => used.Contains(one.Mark)).ToList();
        if (shown.Count == 0)
        {
            return;
        }

        html.Add($"""<dl class="meanings">""");
        foreach (var (mark, meaning) in shown)
        {
            html.Add($"""<div><dt><span class="status {mark}">{mark}</span></dt> <dd>{meaning}</dd></div>""");
        }

        html.Add($"</dl>");
    }
}
