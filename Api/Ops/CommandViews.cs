using Rates.Core;
using Rates.Store;

namespace Rates.Api;

/// <summary>An operator's command to the workers, with its id and its state.</summary>
internal sealed record CommandView(string Id, OperatorCommand Command);

/// <summary>The body of a request to fetch history: its first and last day, both included.</summary>
internal sealed record BackfillRequest(DateOnly From, DateOnly To);

/// <summary>The body of a request that needs a reason, for the record of changes.</summary>
internal sealed record ReasonRequest(string Reason);

/// <summary>A refused sheet.</summary>
/// <param name="Provider">Whose.</param>
/// <param name="Id">Its id within the provider.</param>
/// <param name="At">When it was fetched.</param>
/// <param name="Reasons">Why it was refused.</param>
/// <param name="Excerpt">The beginning of what the source sent.</param>
/// <param name="Count">How many figures were refused.</param>
/// <param name="Figures">The first of them, beside the last good ones.</param>
internal sealed record RefusedSheetView(
    string Provider, string Id, DateTimeOffset At, IReadOnlyList<string> Reasons, string Excerpt, int Count,
    IReadOnlyList<RefusedFigureView> Figures)
{
    private const int MostFigures = 200;

    /// <summary>The view of a refused sheet, each figure beside the current one of its pair.</summary>
    public static RefusedSheetView Of(QuarantinedSheet refused, RateSheet? current)
    {
        var known = (current?.Observations ?? []).GroupBy(figure => (figure.Pair, figure.Kind)).ToDictionary(
            same => same.Key, same => (Observation?)same.MaxBy(figure => figure.AsOf));
        return new(
            refused.Provider, refused.Id, refused.At, refused.Reasons, refused.Excerpt, refused.Observations.Count,
            [.. refused.Observations.Take(MostFigures).Select(figure =>
                RefusedFigureView.Of(figure, known.TryGetValue((figure.Pair, figure.Kind), out var good) ? good : null))]);
    }
}

/// <summary>A refused figure beside the last good one of its pair.</summary>
internal sealed record RefusedFigureView(
    string Pair, string Kind, DateOnly AsOf, decimal Rate, DateOnly? GoodAsOf, decimal? GoodRate, decimal? ChangePercent)
{
    /// <summary>Both figures; the change is left out where there is no good one.</summary>
    public static RefusedFigureView Of(Observation refused, Observation? good) => new(
        refused.Pair.ToString(), refused.Kind.ToString().ToLowerInvariant(), refused.AsOf, refused.Rate, good?.AsOf, good?.Rate,
        good is { Rate: > 0 and var rate } ? decimal.Round((refused.Rate / rate - 1) * 100, 2) : null);
}

/// <summary>A worker and the time of its last heartbeat, by the store's clock.</summary>
internal sealed record WorkerView(string Id, DateTimeOffset LastBeatAt, bool IsAlive)
{
    // A worker beats every ten seconds.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    /// <summary>Every worker that the store knows of, by id.</summary>
    public static IReadOnlyList<WorkerView> All(IReadOnlyDictionary<string, DateTimeOffset> beats, DateTimeOffset now) =>
    [
        .. from beat in beats
           orderby beat.Key
           select new WorkerView(beat.Key, beat.Value, now - beat.Value < Silence),
    ];
}
