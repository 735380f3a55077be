using System.Collections.Immutable;

namespace Rates.Store;

/// <summary>Tells subscribers in this process that the store has changed, in place of a Redis channel.</summary>
internal sealed class InProcessNotifier
{
    private ImmutableArray<Subscription> _listeners = [];

    /// <summary>Calls <paramref name="notify"/> from now on until the result is disposed.</summary>
    public IAsyncDisposable Add(Action<string> notify)
    {
        var subscription = new Subscription(this, notify);
        ImmutableInterlocked.Update(ref _listeners, static (listeners, one) => listeners.Add(one), subscription);
        return subscription;
    }

    /// <summary>Notifies every subscriber of <paramref name="subject"/>.</summary>
    public void Send(string subject)
    {
        foreach (var listener in _listeners)
        {
            listener.Notify(subject);
        }
    }

    /// <summary>One subscriber, until it is disposed.</summary>
    private sealed class Subscription(InProcessNotifier notifier, Action<string> notify) : IAsyncDisposable
    {
        public Action<string> Notify { get; } = notify;

        public ValueTask DisposeAsync()
        {
            ImmutableInterlocked.Update(ref notifier._listeners, static (listeners, one) => listeners.Remove(one), this);
            return ValueTask.CompletedTask;
        }
    }
}
