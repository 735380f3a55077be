using Rates.Providers;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Carries out an operator's command <c>replay</c> (read stored documents of a source again): first one that only shows what differs, then
/// one that stores exactly what was shown.
/// </summary>
internal sealed class ReplayCommand(Replay replay, ReplayStorage storage, IEvidence evidence)
{
    /// <summary>Carries it out and stores the report under the command's id.</summary>
    /// <param name="id">The command's id.</param>
    /// <param name="command">The command.</param>
    /// <param name="provider">Its provider.</param>
    /// <param name="report">Called with the command as it stands after each sheet.</param>
    /// <param name="cancellationToken">The worker stops.</param>
    public async Task<(bool IsDone, string Message)> RunAsync(
        string id, OperatorCommand command, RateProvider provider, Action<OperatorCommand> report, CancellationToken cancellationToken)
    {
        if (!evidence.IsKept)
        {
            return (false, "no bodies are stored here that could be read again: Rates:Evidence:KeepDays is 0");
        }

        ReplayReport? shown = null;
        if (command.Shown is { } before
            && (shown = await evidence.ReadReplayAsync(provider.Key, before, cancellationToken)) is null)
        {
            return (false, $"what the replay {before} has shown is no longer stored: show it again");
        }

        var found = await replay.FindAsync(
            provider, command.From ?? DateOnly.MinValue, command.To ?? DateOnly.MaxValue,
            percent => report(command with { Percent = percent, Message = "reading stored bodies" }), cancellationToken);
        if (shown is not null && !shown.Changes.SequenceEqual(found.Report.Changes))
        {
            return (false, $"what differs now is not what the replay {command.Shown} has shown ({found.Report.Changes.Count} figures, "
                + $"not {shown.Changes.Count}, or others): nothing was stored, show it again");
        }

        var result = shown is null ? found.Report : await storage.StoreAsync(provider, found, cancellationToken);
        await evidence.WriteReplayAsync(provider.Key, id, result, cancellationToken);
        return (result.Problems.Count == found.Report.Problems.Count, Message(result, shown is not null));
    }

    private static string Message(ReplayReport report, bool isStored)
    {
        var days = report.Changes.Select(change => change.Read.AsOf).Distinct().Count();
        var unread = report.Problems.Count == 0 ? "" : $"; {report.Problems.Count} problems, the first: {report.Problems[^1]}";
        var done = isStored ? $"days changed: {report.StoredDays}" : "nothing was stored";
        return $"sheets read: {report.Sheets}, figures that differ: {report.Changes.Count} on {days} days, {done}{unread}";
    }
}
