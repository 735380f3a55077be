using System.Collections.Immutable;

namespace Rates.Store;

/// <summary>The embedded store's stand-in for a channel: calls who listens in this process.</summary>
internal sealed class InProcessNotifier
{
    private ImmutableArray<Subscription> _listeners = [];

    /// <summary>Calls <paramref name="hint"/> from now on until the result is disposed.</summary>
    public IAsyncDisposable Add(Action<string> hint)
    {
        var subscription = new Subscription(this, hint);
        ImmutableInterlocked.Update(ref _listeners, static (listeners, one) => listeners.Add(one), subscription);
        return subscription;
    }

    /// <summary>Tells every listener of <paramref name="subject"/>.</summary>
    public void Send(string subject)
    {
        foreach (var listener in _listeners)
        {
            listener.Hint(subject);
        }
    }

    private sealed class Subscription(InProcessNotifier hints, Action<string> hint) : IAsyncDisposable
    {
        public Action<string> Hint { get; } = hint;

        public ValueTask DisposeAsync()
        {
            ImmutableInterlocked.Update(ref hints._listeners, static (listeners, one) => listeners.Remove(one), this);
            return ValueTask.CompletedTask;
        }
    }
}
