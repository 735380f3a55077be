using Rates.Store;

namespace Rates.Api;

/// <summary>Writes the parts of the operators' page that list refused publications, commands, fetches, workers and changes.</summary>
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
                Release: publish {(sheet.Count == 1 ? "this figure" : $"these {sheet.Count} figures")}</button>
                <button type="button" data-action="discard">Discard: take off the list</button></div></article>
                """);
        }
    }

    /// <summary>What operators had workers do.</summary>
    public static void Commands(HtmlBuilder html, IReadOnlyDictionary<string, WithRevision<OperatorCommand>> commands)
    {
        if (commands.Count == 0)
        {
            html.Add($"""<p class="note">No worker was given a command yet.</p>""");
            return;
        }

        Table(html, "Commands", "At", "Command", "Provider", "By", "State", "Progress", "Message");
        foreach (var command in commands.Values.Reverse().Select(one => one.Value))
        {
            var days = command.From is { } from ? $"{from:yyyy-MM-dd} to {command.To:yyyy-MM-dd}" : command.Entry;
            html.Add($"""
                <tr><td data-label="At">{command.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</td>
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
    public static void Runs(HtmlBuilder html, IReadOnlyList<FetchRun> runs)
    {
        if (runs.Count == 0)
        {
            html.Add($"""<p class="note">Nothing was fetched yet.</p>""");
            return;
        }

        Table(html, "Runs", "At", "Provider", "Outcome", "#Changes", "#Duration", "Worker", "Reason");
        foreach (var run in runs)
        {
            html.Add($"""
                <tr><td data-label="At">{run.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</td><td data-label="Provider">{run.Provider}</td>
                <td data-label="Outcome"><i class="run {run.Outcome}"></i> {run.Outcome}</td>
                <td data-label="Changes" class="figure">{run.Changes}</td>
                <td data-label="Duration" class="figure">{run.Duration.TotalMilliseconds:0} ms</td>
                <td data-label="Worker">{run.Worker}</td><td data-label="Reason">{run.Reason}</td></tr>
                """);
        }

        EndTable(html);
    }

    /// <summary>The workers with a heartbeat in the last ten minutes.</summary>
    public static void Workers(HtmlBuilder html, IReadOnlyList<WorkerView> workers)
    {
        if (workers.Count == 0)
        {
            html.Add($"""<p class="note">No worker has given a heartbeat in the last ten minutes: nothing is fetched.</p>""");
            return;
        }

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
        if (changes.Count == 0)
        {
            html.Add($"""<p class="note">Nothing was changed yet.</p>""");
            return;
        }

        Table(html, "Changes", "At", "By", "What", "Of", "From", "To");
        foreach (var change in changes)
        {
            html.Add($"""
                <tr><td data-label="At">{change.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</td><td data-label="By">{change.Note.By}</td>
                <td data-label="What">{change.Note.What}</td><td data-label="Of">{change.Note.Subject}</td>
                <td data-label="From"><code>{change.Note.From}</code></td><td data-label="To"><code>{change.Note.To}</code></td></tr>
                """);
        }

        EndTable(html);
    }

    /// <summary>A field to choose a provider with, the fetched ones first.</summary>
    public static void ProviderChoice(HtmlBuilder html, OpsPageData data, string? selected)
    {
        html.Add($"""<label>Provider <select name="provider">""");
        foreach (var entry in data.Shown("").Concat(data.Shown("all")).DistinctBy(entry => entry.Key))
        {
            html.Add($"""
                <option value="{entry.Key}"{(entry.Key == selected ? " selected" : "")}>{entry.Key}: {entry.Stored.Profile.Name}</option>
                """);
        }

        html.Add($"</select></label>");
    }

    private static void Figures(HtmlBuilder html, RefusedSheetView sheet)
    {
        if (sheet.Figures.Count == 0)
        {
            html.Add($"""<p class="note">Nothing could be read of it.</p>""");
            return;
        }

        Table(html, "Refused beside the last good figures", "Pair", "Day", "#Refused", "Good day", "#Good", "#Change", "Other providers");
        foreach (var figure in sheet.Figures)
        {
            html.Add($"""
                <tr><th scope="row">{figure.Pair}</th><td data-label="Day">{figure.AsOf:yyyy-MM-dd}</td>
                <td data-label="Refused" class="figure">{figure.Rate}</td>
                <td data-label="Good day">{(figure.GoodAsOf is { } day ? $"{day:yyyy-MM-dd}" : "")}</td>
                <td data-label="Good" class="figure">{(figure.GoodRate is { } good ? $"{good}" : "none")}</td>
                <td data-label="Change" class="figure">{(figure.ChangePercent is { } change ? $"{change:+0.00;-0.00} %" : "")}</td>
                <td data-label="Other providers">
                """);
            foreach (var other in figure.Others)
            {
                html.Add($"""<span class="other">{other.Provider} {other.Rate} <small>{other.AsOf:yyyy-MM-dd}</small></span>""");
            }

            html.Add($"{(figure.Others.Count == 0 ? "none" : "")}</td></tr>");
        }

        EndTable(html);
    }

    /// <summary>
    /// Begins a table that scrolls sideways, and is a list of cards on a phone. A heading after <c>#</c> stands over figures.
    /// </summary>
    public static void Table(HtmlBuilder html, string caption, params ReadOnlySpan<string> headings)
    {
        html.Add($"""
            <div class="scroll" role="region" aria-label="{caption}, scrolls sideways" tabindex="0"><table class="cards">
            <caption>{caption}</caption><thead><tr>
            """);
        foreach (var heading in headings)
        {
            if (heading.StartsWith('#'))
            {
                html.Add($"""<th scope="col" class="figure">{heading[1..]}</th>""");
            }
            else
            {
                html.Add($"""<th scope="col">{heading}</th>""");
            }
        }

        html.Add($"</tr></thead><tbody>");
    }

    /// <summary>Says in its only row why a table is empty.</summary>
    public static void NoRows(HtmlBuilder html, int columns, string why) =>
        html.Add($"""<tr><td colspan="{columns}">{why}</td></tr>""");

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
