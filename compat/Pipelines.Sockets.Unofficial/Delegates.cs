namespace Pipelines.Sockets.Unofficial;

/// <summary>Walks the handlers of an event without copying its invocation list.</summary>
public static class Delegates
{
    /// <summary>Whether the delegate calls exactly one target; false for null.</summary>
    public static bool IsSingle(this MulticastDelegate? handler) => handler is { HasSingleTarget: true };

    /// <summary>The targets in order of subscription; none for null.</summary>
    public static DelegateEnumerable<T> AsEnumerable<T>(this T? handler)
        where T : MulticastDelegate => new(handler);

    /// <summary>The targets of a delegate.</summary>
    public readonly struct DelegateEnumerable<T>
        where T : MulticastDelegate
    {
        private readonly T? _handler;

        internal DelegateEnumerable(T? handler) => _handler = handler;

        /// <summary>Enumerates the targets.</summary>
        public DelegateEnumerator<T> GetEnumerator() => new(_handler);
    }

    /// <summary>Walks the targets of a delegate.</summary>
    public struct DelegateEnumerator<T>
        where T : MulticastDelegate
    {
        private Delegate.InvocationListEnumerator<T> _targets;

        internal DelegateEnumerator(T? handler) => _targets = Delegate.EnumerateInvocationList(handler);

        /// <summary>The target reached; only after a successful step.</summary>
        public readonly T Current => _targets.Current;

        /// <summary>Steps to the next target; false at the end.</summary>
        public bool MoveNext() => _targets.MoveNext();
    }
}
