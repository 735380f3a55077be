using Rates.Store;

namespace Rates.Channels.Tests;

/// <summary>A history whose reads can be held, so that a test sees how many requests are answered at the same time.</summary>
internal sealed class HeldHistory(IHistoryReader inner) : IHistoryReader
{
    private TaskCompletionSource? _held;

    public void Hold() => _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        var held = _held!;
        _held = null;
        held.SetResult();
    }

    public async Task<IReadOnlyList<StoredDay>> ReadDaysAsync(
        string provider, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        return await inner.ReadDaysAsync(provider, first, last, cancellationToken);
    }

    public async Task<long> ReadHistoryRevisionAsync(string provider, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        return await inner.ReadHistoryRevisionAsync(provider, cancellationToken);
    }

    private Task WaitAsync(CancellationToken cancellationToken) => _held?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
}
