using System.Collections;

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
    public readonly struct DelegateEnumerable<T> : IEnumerable<T>
        where T : MulticastDelegate
    {
        private readonly T? _handler;

        internal DelegateEnumerable(T? handler) => _handler = handler;

        /// <summary>Enumerates the targets.</summary>
        public DelegateEnumerator<T> GetEnumerator() => new(_handler);

        IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    /// <summary>Walks the targets of a delegate.</summary>
    /// <remarks>The client's <c>foreach</c> was compiled against one that is disposed: without <see cref="Dispose"/> it throws at its end.</remarks>
    public struct DelegateEnumerator<T> : IEnumerator<T>
        where T : MulticastDelegate
    {
        private readonly T? _handler;
        private Delegate.InvocationListEnumerator<T> _targets;

        internal DelegateEnumerator(T? handler) => (_handler, _targets) = (handler, Delegate.EnumerateInvocationList(handler));

        /// <summary>The target reached; only after a successful step.</summary>
        public readonly T Current => _targets.Current;

        readonly object IEnumerator.Current => Current;

        /// <summary>Steps to the next target; false at the end.</summary>
        public bool MoveNext() => _targets.MoveNext();

        /// <summary>Goes back to before the first target.</summary>
        public void Reset() => _targets = Delegate.EnumerateInvocationList(_handler);

        /// <summary>Holds nothing.</summary>
        public readonly void Dispose()
        {
        }
    }
}
