using Rates.Store;

namespace Rates.Api;

/// <summary>Writes the views of the operators' page other than the table of providers.</summary>
internal static class OpsSections
{
    /// <summary>Refused sheets, with the refused figures beside the last good ones.</summary>
    public static void Quarantine(HtmlBuilder html, IReadOnlyList<RefusedSheetView> refused)
    {
        html.Add($"<h2>Refused sheets</h2>");
        if (refused.Count == 0)
        {
            html.Add($"""<p class="note">Nothing is refused.</p>""");
        }

        foreach (var sheet in refused)
        {
            html.Add($"""
                <article class="card" data-provider="{sheet.Provider}" data-id="{sheet.Id}">
                <h3>{sheet.Provider} <small>{sheet.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC</small></h3><ul>
                """);
            foreach (var reason in sheet.Reasons)
            {
                html.Add($"<li>{reason}</li>");
            }

            html.Add($"</ul>");
            Figures(html, sheet);
            html.Add($"""
                <details><summary>What the source sent</summary><pre>{sheet.Excerpt}</pre></details>
                <label>Reason, which is recorded <input name="reason" autocomplete="off" maxlength="500"></label>
                <div class="buttons">
                <button type="button" data-action="release"{(sheet.Count == 0 ? " disabled" : "")}>
                Release: publish these {sheet.Count} figures</button>
                <button type="button" data-action="discard">Discard: take off the list</button></div></article>
                """);
        }
    }

    /// <summary>What operators had workers do.</summary>
    public static void Commands(HtmlBuilder html, IReadOnlyDictionary<string, WithRevision<OperatorCommand>> commands)
    {
        Table(html, "Commands", "At", "Command", "Provider", "By", "State", "Progress", "Message");
        foreach (var command in commands.Values.Reverse().Select(one => one.Value))
        {
            var days = command.From is { } from ? $"{from:yyyy-MM-dd} to {command.To:yyyy-MM-dd}" : command.Entry;
            html.Add($"""
                <tr><td data-label="At">{command.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}</td>
                <td data-label="Command">{command.Kind.ToString()}<small>{days}</small></td>
                <td data-label="Provider">{command.Provider}</td><td data-label="By">{command.By}</td><td data-label="State">
                <span class="status {StateClass(command.State)}">{command.State.ToString().ToLowerInvariant()}</span></td>
                <td data-label="Progress">
                <progress max="100" value="{command.Percent}" aria-label="{command.Percent} percent"></progress> {command.Percent} %</td>
                <td data-label="Message">{command.Message}</td></tr>
                """);
        }

        EndTable(html);
    }

    /// <summary>The last fetches.</summary>
    public static void Runs(HtmlBuilder html, IEnumerable<FetchRun> runs)
    {
        Table(html, "Runs", "At", "Provider", "Outcome", "Changes", "Duration", "Worker", "Reason");
        foreach (var run in runs)
        {
            html.Add($"""
                <tr><td data-label="At">{run.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}</td><td data-label="Provider">{run.Provider}</td>
                <td data-label="Outcome"><i class="run {run.Outcome}"></i> {run.Outcome}</td>
                <td data-label="Changes">{run.Changes}</td><td data-label="Duration">{run.Duration.TotalMilliseconds:0} ms</td>
                <td data-label="Worker">{run.Worker}</td><td data-label="Reason">{run.Reason}</td></tr>
                """);
        }

        EndTable(html);
    }

    /// <summary>The workers with a heartbeat in the last ten minutes.</summary>
    public static void Workers(HtmlBuilder html, IReadOnlyList<WorkerView> workers)
    {
        Table(html, "Workers", "Worker", "State", "Last heartbeat");
        foreach (var worker in workers)
        {
            html.Add($"""
                <tr><th scope="row">{worker.Id}</th><td data-label="State">
                <span class="status {(worker.IsAlive ? "fresh" : "missing")}">{(worker.IsAlive ? "alive" : "silent")}</span></td>
                <td data-label="Last heartbeat">{worker.LastBeatAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</td></tr>
                """);
        }

        EndTable(html);
    }

    /// <summary>Who changed what.</summary>
    public static void Audit(HtmlBuilder html, IReadOnlyList<AuditEntry> changes)
    {
        Table(html, "Changes", "At", "By", "What", "Of", "From", "To");
        foreach (var change in changes)
        {
            html.Add($"""
                <tr><td data-label="At">{change.At.UtcDateTime:yyyy-MM-dd HH:mm:ss}</td><td data-label="By">{change.Note.By}</td>
                <td data-label="What">{change.Note.What}</td><td data-label="Of">{change.Note.Subject}</td>
                <td data-label="From"><code>{change.Note.From}</code></td><td data-label="To"><code>{change.Note.To}</code></td></tr>
                """);
        }

        EndTable(html);
    }

    /// <summary>API keys; only an admin sees them.</summary>
    public static void Keys(HtmlBuilder html, Caller caller, IReadOnlyDictionary<string, WithRevision<AccessKey>>? keys)
    {
        if (keys is null)
        {
            html.Add($"""
                <p class="note">Keys are for the role admin; {caller.Name} has the role {caller.Role.ToString().ToLowerInvariant()}.</p>
                """);
            return;
        }

        html.Add($"""
            <form id="new-key" class="card"><h2>New key</h2>
            <label>What it is for <input name="label" required maxlength="64" autocomplete="off"></label>
            <label>Role <select name="role"><option>read</option><option>ops</option><option>admin</option></select></label>
            <label>Requests a minute, 0 for no limit
            <input name="requestsPerMinute" inputmode="numeric" value="0" required pattern="[0-9]+"></label>
            <div class="buttons"><button>Make a key</button></div><p class="wrong" role="alert"></p><output></output></form>
            """);
        Table(html, "Keys", "Id", "For", "Role", "Made", "Expires", "Limit", "Actions");
        foreach (var (id, key) in keys.OrderBy(key => key.Value.Value.CreatedAt))
        {
            html.Add($"""
                <tr><th scope="row"><code>{id}</code></th><td data-label="For">{key.Value.Label}</td>
                <td data-label="Role">{key.Value.Role.ToString().ToLowerInvariant()}</td>
                <td data-label="Made">{key.Value.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm}</td>
                <td data-label="Expires">{(key.Value.ExpiresAt is { } end ? $"{end.UtcDateTime:yyyy-MM-dd HH:mm}" : "never")}</td>
                <td data-label="Limit">{(key.Value.RequestsPerMinute == 0 ? "none" : $"{key.Value.RequestsPerMinute} a minute")}</td>
                <td data-label="Actions" class="actions">
                <button type="button" data-action="revoke" data-id="{id}" aria-label="Revoke {key.Value.Label}">Revoke</button></td></tr>
                """);
        }

        EndTable(html);
    }

    private static void Figures(HtmlBuilder html, RefusedSheetView sheet)
    {
        if (sheet.Figures.Count == 0)
        {
            html.Add($"""<p class="note">Nothing could be read of it.</p>""");
            return;
        }

        Table(html, "Refused beside the last good figures", "Pair", "Day", "Refused", "Good day", "Good", "Change");
        foreach (var figure in sheet.Figures)
        {
            html.Add($"""
                <tr><th scope="row">{figure.Pair}</th><td data-label="Day">{figure.AsOf:yyyy-MM-dd}</td>
                <td data-label="Refused" class="figure">{figure.Rate}</td>
                <td data-label="Good day">{(figure.GoodAsOf is { } day ? $"{day:yyyy-MM-dd}" : "")}</td>
                <td data-label="Good" class="figure">{(figure.GoodRate is { } good ? $"{good}" : "none")}</td>
                <td data-label="Change" class="figure">{(figure.ChangePercent is { } change ? $"{change:+0.00;-0.00} %" : "")}</td></tr>
                """);
        }

        EndTable(html);
    }

    /// <summary>Begins a table that scrolls sideways, and is a list of cards on a phone.</summary>
    public static void Table(HtmlBuilder html, string caption, params ReadOnlySpan<string> headings)
    {
        html.Add($"""
            <div class="scroll" role="region" aria-label="{caption}, scrolls sideways" tabindex="0"><table class="cards">
            <caption>{caption}</caption><thead><tr>
            """);
        foreach (var heading in headings)
        {
            html.Add($"""<th scope="col">{heading}</th>""");
        }

        html.Add($"</tr></thead><tbody>");
    }

    /// <summary>Ends it.</summary>
    public static void EndTable(HtmlBuilder html) => html.Add($"</tbody></table></div>");

    /// <summary>The class of a command's state.</summary>
    public static string StateClass(CommandState state) => state switch
    {
        CommandState.Done => "fresh",
        CommandState.Failed => "missing",
        CommandState.Running => "stale",
        _ => "closed",
    };
}
