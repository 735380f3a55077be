using Rates.Store;

namespace Rates.Api;

/// <summary>Writes the part of the operators' page with which everything that was published is exported and imported.</summary>
internal static class OpsBackup
{
    /// <summary>A link to the archive, and for an admin the form that takes one back.</summary>
    public static void Write(HtmlBuilder html, Caller caller)
    {
        html.Add($"""
            <section><h2>Backup</h2>
            <p><a href="{ArchiveLine.Path[1..]}" download>Download the archive</a> of all history and the newest sheets.</p>
            """);
        if (caller.Role >= AccessRole.Admin)
        {
            html.Add($"""
                <p><label>Archive <input type="file" id="archive" accept=".ndjson"></label>
                <button type="button" data-action="import-archive">Take the archive back</button>
                What the store has newer stays.</p>
                """);
        }

        html.Add($"</section>");
    }
}
