using Rates.Store;

namespace Rates.Api;

/// <summary>Answers <c>/v1/ops/audit</c>: lists what operators changed, who and when.</summary>
internal sealed class AuditEndpoint(IOperatorDocuments documents)
{
    private const int Usual = 100;
    private const int Most = 10_000;

    /// <summary>Lists the last changes, newest first; <c>count</c> of them.</summary>
    public async Task ListAsync(HttpContext context)
    {
        var changes = await documents.ReadChangesAsync(OpsHttp.Count(context.Request, Usual, Most), context.RequestAborted);
        IReadOnlyList<AuditEntryView> views =
            [.. changes.Select(change => new AuditEntryView(
                change.Id, change.At, change.Note.What, change.Note.Subject, change.Note.By, change.Note.From, change.Note.To))];
        await OpsHttp.SendAsync(context, views, OpsFormat.Json.IReadOnlyListAuditEntryView);
    }
}
