using Rates.Store;

namespace Rates.Api;

/// <summary><c>/v1/ops/runs</c>, <c>/v1/ops/workers</c> and <c>/v1/ops/quarantine</c>.</summary>
internal sealed class RecordsEndpoint(
    IRunReader runs, IWorkerReader workers, IQuarantineReader quarantine, CurrentBook current, TimeProvider time)
{
    private const int UsualRuns = 100;
    private const int MostRuns = 10_000;

    // A worker beats every ten seconds.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>Lists the last fetches, newest first; <c>provider</c> keeps those of one.</summary>
    public async Task ListRunsAsync(HttpContext context)
    {
        var count = OpsAnswer.Count(context.Request, UsualRuns, MostRuns);
        var provider = Provider(context);
        var stored = await runs.ReadRunsAsync(provider is null ? count : MostRuns, context.RequestAborted);
        IReadOnlyList<FetchRun> views = [.. stored.Where(run => provider is null || run.Provider == provider).Take(count)];
        await OpsAnswer.SendAsync(context, views, OpsFormat.Json.IReadOnlyListFetchRun);
    }

    /// <summary>Lists the workers heard of lately.</summary>
    public async Task ListWorkersAsync(HttpContext context)
    {
        var now = time.GetUtcNow();
        var beats = await workers.ReadWorkersAsync(context.RequestAborted);
        IReadOnlyList<WorkerView> views =
            [.. beats.Select(beat => new WorkerView(beat.Key, beat.Value, now - beat.Value < Silence)).OrderBy(
                worker => worker.Id, StringComparer.Ordinal)];
        await OpsAnswer.SendAsync(context, views, OpsFormat.Json.IReadOnlyListWorkerView);
    }

    /// <summary>Lists refused sheets, newest first; <c>provider</c> keeps those of one.</summary>
    public async Task ListRefusedAsync(HttpContext context)
    {
        var book = current.Book;
        var provider = Provider(context);
        List<RefusedSheetView> refused = [];
        foreach (var entry in book.Entries.Where(entry => provider is null || entry.Key == provider))
        {
            var sheets = await quarantine.ReadQuarantineAsync(entry.Key, context.RequestAborted);
            refused.AddRange(sheets.Select(sheet => RefusedSheetView.Of(sheet, entry.Sheet)));
        }

        IReadOnlyList<RefusedSheetView> views = [.. refused.OrderByDescending(sheet => sheet.At)];
        await OpsAnswer.SendAsync(context, views, OpsFormat.Json.IReadOnlyListRefusedSheetView);
    }

    private string? Provider(HttpContext context)
    {
        var key = context.Request.Query["provider"].ToString().ToLowerInvariant();
        return key.Length == 0 ? null : current.Book.IndexOf(key) >= 0 ? key : throw ProblemException.Unknown(
            "provider", key, "is no known provider; /v1/providers lists them");
    }
}
