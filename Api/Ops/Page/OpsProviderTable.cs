using Rates.Store;

namespace Rates.Api;

/// <summary>Writes the table of providers of the operators' page: one row each, with its state and its buttons.</summary>
internal static class OpsProviderTable
{
    private const int Strip = 30;

    /// <summary>Writes the table.</summary>
    public static void Write(HtmlBuilder html, OpsPageData data, string filter)
    {
        var runs = data.Runs.GroupBy(run => run.Provider, StringComparer.Ordinal).ToDictionary(
            group => group.Key, group => group.Take(Strip).Reverse().ToList());
        html.Add($"""
            <div class="scroll" role="region" aria-label="Providers, scrolls sideways" tabindex="0"><table class="cards">
            <caption>Providers</caption>
            <thead><tr><th scope="col">Provider</th><th scope="col">Status</th><th scope="col">Last success</th>
            <th scope="col">Next slot</th>
            <th scope="col">Failures</th><th scope="col">Last {Strip} runs</th><th scope="col">Actions</th></tr></thead><tbody>
            """);
        var shown = data.Shown(filter).ToList();
        foreach (var entry in shown)
        {
            Row(html, entry, runs.GetValueOrDefault(entry.Key, []), data.Now);
        }

        if (shown.Count == 0)
        {
            OpsSections.NoRows(html, 7, "There is no such provider.");
        }

        html.Add($"</tbody></table></div>");
    }

    private static void Row(HtmlBuilder html, ProviderEntry entry, List<FetchRun> runs, DateTimeOffset now)
    {
        var (key, health, schedule) = (entry.Key, entry.Stored.Health, entry.Stored.Schedule);
        html.Add($"""
            <tr data-provider="{key}"><th scope="row"><strong>{key}</strong><small>{entry.Stored.Profile.Name}</small></th>
            <td data-label="Status">
            <span class="status {entry.Status.ToText()}">{entry.Status.ToText()}</span>
            {(schedule is { IsActive: false } ? " paused" : "")}
            
            """);
        if (entry.AsOf is { } day)
        {
            html.Add($"<small>of <time>{day:yyyy-MM-dd}</time></small>");
        }

        html.Add($"</td>");
        html.Add($"""<td data-label="Last success">""");
        Instant(html, health.LastSuccessAt, now);
        html.Add($"""</td><td data-label="Next slot">""");
        NextSlot(html, key, schedule, entry.Stored.Profile.Enabled, now);
        if (health.ScheduleProblem.Length > 0)
        {
            html.Add($"""<small class="wrong">The schedule stored by hand is not used: {health.ScheduleProblem}</small>""");
        }

        html.Add($"""</td><td data-label="Failures">{health.Failures}""");
        if (health.NotBefore is { } hold && hold > now)
        {
            html.Add($"<small>held back until <time>{hold.UtcDateTime:yyyy-MM-dd HH:mm:ss}</time> UTC</small>");
        }

        html.Add($"""<small class="reason">{health.Reason}</small>""");
        if (health is { RefusedRows: > 0, FirstRefusedRows: [var row, ..] })
        {
            html.Add($"""
                <small class="wrong">{health.RefusedRows} {(health.RefusedRows == 1 ? "figure" : "figures")} of the newest answer refused:
                {row.ToString()}</small>
                """);
        }

        html.Add($"""</td><td data-label="Runs">""");
        Runs(html, runs);
        html.Add($"""</td><td data-label="Actions" class="actions">""");
        Button(html, "run", "Run now", key);
        if (schedule is not null)
        {
            Button(html, schedule.IsActive ? "pause" : "resume", schedule.IsActive ? "Pause" : "Resume", key);
        }

        Button(html, "edit", "Schedule", key);
        Button(html, "endpoint", "Endpoint", key);
        if (entry.Stored.Profile.HistoryFrom is not null)
        {
            Button(html, "fill", "Back-fill", key);
        }

        if (health.Failures > 0)
        {
            Button(html, "clear-hold", "Clear hold", key);
        }

        html.Add($"""<a href="v1/rates?providers={key}&amp;base={entry.Stored.Profile.Pivot.ToString()}">View</a></td></tr>""");
    }

    private static void Runs(HtmlBuilder html, List<FetchRun> runs)
    {
        if (runs.Count == 0)
        {
            html.Add($"none");
            return;
        }

        html.Add($"""<span class="strip">""");
        foreach (var run in runs)
        {
            html.Add($"""
                <i class="run {run.Outcome}" title="{run.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC {run.Outcome} {run.Reason}"></i>
                """);
        }

        html.Add($"""</span><small>{runs.Count(IsGood)} of {runs.Count} good</small><span class="sr">{Summary(runs)}</span>""");
    }

    private static bool IsGood(FetchRun run) => run.Outcome is "published" or "unchanged" or "empty";

    /// <summary>Writes a button that does something to a provider.</summary>
    public static void Button(HtmlBuilder html, string action, string label, string provider) =>
        html.Add($"""
            <button type="button" data-action="{action}" data-provider="{provider}" aria-label="{label} {provider}">{label}</button>
            """);

    private static void Instant(HtmlBuilder html, DateTimeOffset? at, DateTimeOffset now)
    {
        if (at is { } instant)
        {
            html.Add($"""
                <time datetime="{instant.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}">{instant.UtcDateTime:yyyy-MM-dd HH:mm}</time>
                <small>UTC, {Age(now - instant)}</small>
                """);
        }
        else
        {
            html.Add($"never");
        }
    }

    private static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => "less than a minute ago",
        { TotalHours: < 1 } => $"{age.Minutes} min ago",
        { TotalDays: < 2 } => $"{(int)age.TotalHours} h ago",
        _ => $"{(int)age.TotalDays} days ago",
    };

    private static void NextSlot(HtmlBuilder html, string key, ScheduleDefinition? schedule, bool isFetched, DateTimeOffset now)
    {
        if (schedule is not { IsActive: true } || !isFetched)
        {
            html.Add($"none");
            return;
        }

        try
        {
            if (ProviderSchedule.Parse(key, schedule).Due.NextAfter(now) is { } next)
            {
                var local = TimeZoneInfo.ConvertTime(next, TimeZoneInfo.FindSystemTimeZoneById(schedule.Zone));
                var there = local.Date == next.UtcDateTime.Date ? $"{local:HH:mm}" : $"{local:yyyy-MM-dd HH:mm}";
                html.Add($"<time>{next.UtcDateTime:yyyy-MM-dd HH:mm} UTC</time><small>{there} {schedule.Zone}</small>");
            }
        }
        catch (ScheduleFormatException wrong)
        {
            html.Add($"""<span class="wrong">{wrong.Message}</span>""");
        }
    }

    private static string Summary(IReadOnlyList<FetchRun> runs) =>
        string.Join(", ", runs.CountBy(run => run.Outcome).OrderBy(
            outcome => outcome.Key, StringComparer.Ordinal).Select(outcome => $"{outcome.Value} {outcome.Key}"));
}
