using Rates.Store;

namespace Rates.Api;

/// <summary>Writes the part of the operators' page about schedules: when each provider is fetched, and who has set it.</summary>
internal static class OpsSchedules
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlBuilder html, OpsPageData data)
    {
        OpsSections.Table(html, "Schedules", "Provider", "When", "Time zone", "Least gap", "State", "Set by", "At", "Actions");
        var scheduled = data.Shown("all").Where(entry => entry.Stored.Schedule is not null).ToList();
        foreach (var entry in scheduled)
        {
            Row(html, entry.Key, entry.Stored.Schedule!, entry.Stored.Profile.Enabled);
        }

        if (scheduled.Count == 0)
        {
            OpsSections.NoRows(html, 8, "There is no schedule yet: the first worker to start stores those that ship.");
        }

        OpsSections.EndTable(html);
    }

    private static void Row(HtmlBuilder html, string key, ScheduleDefinition schedule, bool isFetched)
    {
        var (action, label) = schedule.IsActive ? ("pause", "Pause") : ("resume", "Resume");
        html.Add($"""
            <tr><th scope="row">{key}</th>
            <td data-label="When"><code>{(schedule.Every is { } every ? $"every {every:c}" : schedule.Cron)}</code></td>
            <td data-label="Time zone">{schedule.Zone}</td><td data-label="Least gap">{schedule.MinimumGap:c}</td>
            <td data-label="State">{(!isFetched ? "not fetched" : schedule.IsActive ? "active" : "paused")}
            <small class="wrong">{schedule.HandProblem}</small></td><td data-label="Set by">{schedule.By}</td>
            <td data-label="At"><time>{(schedule.At == default ? "" : $"{schedule.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC")}</time></td>
            <td data-label="Actions" class="actions">
            """);
        OpsProviderTable.Button(html, "edit", "Change", key);
        OpsProviderTable.Button(html, action, label, key);
        html.Add($"</td></tr>");
    }
}
