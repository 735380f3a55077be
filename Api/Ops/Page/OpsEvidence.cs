namespace Rates.Api;

/// <summary>Writes the part of the operators' page that offers the original documents behind published rates for download.</summary>
internal static class OpsEvidence
{
    /// <summary>Writes it.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="data">The page's data.</param>
    /// <param name="provider">The provider that is looked at; null for none.</param>
    /// <param name="sheets">Its sheets with stored evidence, newest first.</param>
    public static void Write(HtmlBuilder html, OpsPageData data, string? provider, IReadOnlyList<EvidenceSheetView> sheets)
    {
        html.Add($"""
            <form action="ops" class="card"><h2>What the sources sent</h2>
            <p class="help">The original bytes behind each published sheet and each back-fill, to prove a figure.</p>
            <input type="hidden" name="tab" value="evidence">
            """);
        OpsSections.ProviderChoice(html, data, provider);
        html.Add($"""<div class="buttons"><button>Show</button></div></form>""");
        if (provider is null)
        {
            return;
        }

        if (sheets.Count == 0)
        {
            html.Add($"""<p class="note">No evidence of {provider} is stored, or no longer.</p>""");
            return;
        }

        OpsSections.Table(html, $"Evidence of {provider}", "Fetched", "Days", "Address", "#Bytes", "SHA-256", "Download");
        foreach (var sheet in sheets)
        {
            foreach (var (number, answer) in sheet.Answers.Index())
            {
                html.Add($"""
                    <tr><td data-label="Fetched"><time>{sheet.FetchedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</time>
                    <small>{(sheet.Backfill ? "back-fill" : "")}</small></td>
                    <td data-label="Days"><time>{sheet.From:yyyy-MM-dd}</time>
                    {(sheet.To == sheet.From ? "" : $"to {sheet.To:yyyy-MM-dd}")}</td>
                    <td data-label="Address"><code>{answer.Address}</code></td>
                    <td data-label="Bytes" class="figure">{answer.Length}</td>
                    <td data-label="SHA-256"><code>{answer.Sha256}</code></td><td data-label="Download">
                    """);
                if (answer.Body is { } path)
                {
                    html.Add($"""
                        <a href="{path[1..]}" download="{sheet.Provider}-{sheet.Version}-{number}">Download
                        <span class="sr">answer {number} of version {sheet.Version}</span></a>
                        """);
                }
                else
                {
                    html.Add($"not stored: it repeats a credential");
                }

                html.Add($"</td></tr>");
            }
        }

        OpsSections.EndTable(html);
    }
}
