using System.Text;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Answers <c>/ops</c>, the operators' page: the server writes the tables; a script sends what operators change and keeps the tables fresh.
/// </summary>
internal sealed class OpsPage(
    CurrentBook current, BookRefresher refresher, IRunReader runs, IWorkerReader workers, RecordsEndpoint records,
    CommandStore commands, IOperatorDocuments documents, AccessStore access, ReplayEndpoint replays, EvidenceListEndpoint evidence,
    DeclarationsEndpoint declarations, WebhooksEndpoint webhooks, IEnumerable<IChannelList> channels, TimeProvider time)
{
    private const int RunsRead = 3000;
    private const int Listed = 200;

    private static readonly string[] Tabs =
    [
        "providers", "declared", "schedules", "quarantine", "replay", "evidence", "commands", "runs", "workers", "webhooks",
        "audit", "keys", "users",
    ];

    /// <summary>Shows the page, or the tab that the query names.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        var tab = context.Request.Query["tab"].ToString() is { Length: > 0 } asked ? asked : Tabs[0];
        if (!Tabs.Contains(tab))
        {
            throw ProblemException.BadValue("tab", tab, $"is not one of {string.Join(", ", Tabs)}");
        }

        var now = time.GetUtcNow();
        var data = new OpsPageData(
            current.Book, refresher.Connection is { IsUp: true }, await runs.ReadRunsAsync(RunsRead, cancellationToken),
            WorkerView.All(await workers.ReadWorkersAsync(cancellationToken), now), Caller.Of(context), now);
        var filter = context.Request.Query["show"].ToString();
        var html = new HtmlBuilder();
        OpsLayout.Begin(html, data, tab, filter, Tabs);
        switch (tab)
        {
            case "schedules":
                OpsSchedules.Write(html, data);
                break;
            case "evidence":
                await WriteEvidenceAsync(html, data, context.Request.Query["provider"].ToString(), cancellationToken);
                break;
            case "quarantine":
                OpsSections.Quarantine(html, await records.RefusedAsync(data.Book.Entries, cancellationToken));
                break;
            case "declared":
                OpsDeclarations.Write(html, await declarations.ViewsAsync(cancellationToken), context.Request.Query["id"].ToString());
                break;
            case "replay":
                await WriteReplaysAsync(html, data, context.Request.Query["id"].ToString(), cancellationToken);
                break;
            case "commands":
                OpsSections.Commands(html, await commands.ReadAsync(cancellationToken));
                break;
            case "runs":
                OpsSections.Runs(html, [.. data.Runs.Take(Listed)]);
                break;
            case "workers":
                OpsSections.Workers(html, data.Workers);
                OpsChannels.Write(html, [.. channels.SelectMany(list => list.Read())]);
                break;
            case "webhooks":
                OpsWebhooks.Write(
                    html, await webhooks.ReadAsync(cancellationToken), await webhooks.ReadDeadAsync(cancellationToken),
                    webhooks.Most, context.Request.Query["id"].ToString());
                break;
            case "audit":
                OpsBackup.Write(html, data.Caller);
                OpsSections.Audit(html, await documents.ReadChangesAsync(Listed, cancellationToken));
                break;
            case "keys":
                OpsAccess.Keys(html, data.Caller, IsAdmin(data) ? await access.ReadKeysAsync(cancellationToken) : null);
                break;
            case "users":
                OpsAccess.Users(html, data.Caller, IsAdmin(data) ? await access.ReadUsersAsync(cancellationToken) : null);
                break;
            default:
                OpsProviderTable.Write(html, data, filter);
                break;
        }

        OpsLayout.End(html);
        PageFile.LockDown(context.Response.Headers);
        await UncachedAnswer.SendAsync(context, Encoding.UTF8.GetBytes(html.ToString()), "text/html; charset=utf-8");
    }

    private static bool IsAdmin(OpsPageData data) => data.Caller.Role == AccessRole.Admin;

    private async Task WriteEvidenceAsync(HtmlBuilder html, OpsPageData data, string key, CancellationToken cancellationToken)
    {
        var provider = data.Book.Find(key)?.Key;
        OpsEvidence.Write(html, data, provider, provider is null ? [] : await evidence.ReadAsync(provider, Listed, cancellationToken));
    }

    private async Task WriteReplaysAsync(HtmlBuilder html, OpsPageData data, string id, CancellationToken cancellationToken)
    {
        var all = await commands.ReadAsync(cancellationToken);
        var selected = all.GetValueOrDefault(id)?.Value;
        OpsReplays.Write(html, data, all, selected is null ? null : await replays.ResultAsync(id, selected, cancellationToken));
    }
}
