using Microsoft.Extensions.Primitives;
using Rates.Store;

namespace Rates.Api;

/// <summary><c>/ops</c>: the operators' page. The server writes the tables, a script sends what is changed and keeps them fresh.</summary>
internal sealed class OpsPage(
    CurrentBook current, BookRefresher refresher, IRunReader runs, IWorkerReader workers, IQuarantineReader quarantine, CommandBook commands, IDocumentBook documents, AccessBook access,
    TimeProvider time)
{
    private const int RunsRead = 3000;
    private const int Listed = 200;

    // Nothing from other hosts, nothing inline, and no other page may frame this one.
    private static readonly StringValues ContentSecurity =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly string[] Tabs = ["providers", "quarantine", "commands", "runs", "workers", "audit", "keys"];

    /// <summary>Shows the page, or the tab that the query names.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        var tab = context.Request.Query["tab"].ToString() is { Length: > 0 } asked ? asked : Tabs[0];
        if (!Tabs.Contains(tab))
        {
            throw ProblemException.BadValue("tab", tab, $"is not one of {string.Join(", ", Tabs)}");
        }

        var data = new OpsPageData(
            current.Book, refresher.Connection is { IsUp: true }, await runs.ReadRunsAsync(RunsRead, cancellationToken), await workers.ReadWorkersAsync(cancellationToken),
            Caller.Of(context), time.GetUtcNow());
        var filter = context.Request.Query["show"].ToString();
        var html = new HtmlBuilder();
        OpsLayout.Begin(html, data, tab, filter, Tabs);
        switch (tab)
        {
            case "quarantine":
                OpsSections.Quarantine(html, await RefusedAsync(data.Book, cancellationToken));
                break;
            case "commands":
                OpsSections.Commands(html, await commands.ReadAsync(cancellationToken));
                break;
            case "runs":
                OpsSections.Runs(html, data.Runs.Take(Listed));
                break;
            case "workers":
                OpsSections.Workers(html, data);
                break;
            case "audit":
                OpsSections.Audit(html, await documents.ReadChangesAsync(Listed, cancellationToken));
                break;
            case "keys":
                OpsSections.Keys(
                    html, data.Caller, data.Caller.Role == AccessRole.Admin ? await access.ReadKeysAsync(cancellationToken) : null);
                break;
            default:
                OpsProviders.Write(html, data, filter);
                break;
        }

        OpsLayout.End(html);
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = ContentSecurity;
        response.Headers["Referrer-Policy"] = "no-referrer";
        HeaderValues.ForbidGuessing(response.Headers);
        await response.WriteAsync(html.ToString(), cancellationToken);
    }

    private async Task<IReadOnlyList<RefusedSheetView>> RefusedAsync(RateBook book, CancellationToken cancellationToken)
    {
        List<RefusedSheetView> refused = [];
        foreach (var entry in book.Entries)
        {
            refused.AddRange((await quarantine.ReadQuarantineAsync(entry.Key, cancellationToken)).Select(sheet => RefusedSheetView.Of(sheet, entry.Sheet)));
        }

        return [.. refused.OrderByDescending(sheet => sheet.At)];
    }
}
