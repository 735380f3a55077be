using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Answers the operators' routes that list what workers recorded: fetches (<c>/v1/ops/runs</c>), workers (<c>/v1/ops/workers</c>) and
/// refused publications (<c>/v1/ops/quarantine</c>). Changes nothing.
/// </summary>
internal sealed class RecordsEndpoint(
    IRunReader runs, IWorkerReader workers, IQuarantineReader quarantine, CurrentBook current, TimeProvider time)
{
    private const int UsualRuns = 100;
    private const int MostRuns = 10_000;

    /// <summary>Lists the last fetches, newest first; <c>provider</c> keeps those of one.</summary>
    public async Task ListRunsAsync(HttpContext context)
    {
        var count = OpsHttp.Count(context.Request, UsualRuns, MostRuns);
        var provider = Provider(context);
        var stored = await runs.ReadRunsAsync(provider is null ? count : MostRuns, context.RequestAborted);
        IReadOnlyList<FetchRun> views = [.. stored.Where(run => provider is null || run.Provider == provider).Take(count)];
        await OpsHttp.SendAsync(context, views, OpsFormat.Json.IReadOnlyListFetchRun);
    }

    /// <summary>Lists the workers with a heartbeat in the last ten minutes.</summary>
    public async Task ListWorkersAsync(HttpContext context)
    {
        var views = WorkerView.All(await workers.ReadWorkersAsync(context.RequestAborted), time.GetUtcNow());
        await OpsHttp.SendAsync(context, views, OpsFormat.Json.IReadOnlyListWorkerView);
    }

    /// <summary>Lists refused sheets, newest first; <c>provider</c> keeps those of one.</summary>
    public async Task ListRefusedAsync(HttpContext context)
    {
        var provider = Provider(context);
        var asked = current.Book.Entries.Where(entry => provider is null || entry.Key == provider);
        var views = await RefusedAsync(asked, context.RequestAborted);
        await OpsHttp.SendAsync(context, views, OpsFormat.Json.IReadOnlyListRefusedSheetView);
    }

    /// <summary>The refused sheets of some providers, newest first.</summary>
    public async Task<IReadOnlyList<RefusedSheetView>> RefusedAsync(IEnumerable<ProviderEntry> entries, CancellationToken cancellationToken)
    {
        List<RefusedSheetView> refused = [];
        foreach (var entry in entries)
        {
            var sheets = await quarantine.ReadQuarantineAsync(entry.Key, cancellationToken);
            refused.AddRange(sheets.Select(sheet => RefusedSheetView.Of(sheet, current.Book)));
        }

        return [.. refused.OrderByDescending(sheet => sheet.At)];
    }

    private string? Provider(HttpContext context)
    {
        var key = OpsQuery.Value(context.Request, "provider")?.ToLowerInvariant();
        return key is null || current.Book.IndexOf(key) >= 0 ? key : throw ProblemException.Unknown(
            "provider", key, "is no known provider; /v1/providers lists them");
    }
}
