using System.IO.Pipelines;

namespace Pipelines.Sockets.Unofficial;

/// <summary>
/// Runs continuations on threads of its own, so that replies are read even while the application has blocked every thread
/// of the pool. Callbacks must not throw, as on the pool itself.
/// </summary>
public sealed class DedicatedThreadPoolPipeScheduler : PipeScheduler, IDisposable
{
    private readonly Queue<WorkItem> _queue = [];
    private readonly int _useThreadPoolQueueLength;
    private int _available;
    private long _servicedByQueue;
    private long _servicedByPool;
    private bool _disposed;

    /// <summary>Starts the threads.</summary>
    /// <param name="name">Prefix of the thread names; null takes the type's name.</param>
    /// <param name="workerCount">Number of threads, at least 1.</param>
    /// <param name="useThreadPoolQueueLength">Length of the queue above which the thread pool is asked to help.</param>
    /// <param name="priority">Priority of the threads.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is too small.</exception>
    public DedicatedThreadPoolPipeScheduler(
        string? name = null,
        int workerCount = 5,
        int useThreadPoolQueueLength = 10,
        ThreadPriority priority = ThreadPriority.Normal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workerCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(useThreadPoolQueueLength);
        WorkerCount = workerCount;
        _useThreadPoolQueueLength = useThreadPoolQueueLength;
        for (int i = 0; i < workerCount; i++)
        {
            new Thread(Work)
            {
                Name = $"{name ?? nameof(DedicatedThreadPoolPipeScheduler)}:{i}",
                Priority = priority,
                IsBackground = true,
            }.Start();
        }
    }

    /// <summary>Number of dedicated threads.</summary>
    public int WorkerCount { get; }

    /// <summary>Number of dedicated threads that are waiting for work.</summary>
    public int AvailableCount => Volatile.Read(ref _available);

    /// <summary>Callbacks run so far by dedicated threads.</summary>
    public long TotalServicedByQueue => Interlocked.Read(ref _servicedByQueue);

    /// <summary>Callbacks run so far by the thread pool: over a full queue, or after disposal.</summary>
    public long TotalServicedByPool => Interlocked.Read(ref _servicedByPool);

    /// <inheritdoc />
    public override void Schedule(Action<object?> action, object? state)
    {
        ArgumentNullException.ThrowIfNull(action);
        bool askPool;
        lock (_queue)
        {
            _queue.Enqueue(new WorkItem(action, state));

            // After disposal the threads may be gone. A connection that outlives its scheduler must still end.
            askPool = _disposed || _queue.Count > _useThreadPoolQueueLength;
            Monitor.Pulse(_queue);
        }

        if (askPool) System.Threading.ThreadPool.UnsafeQueueUserWorkItem(static scheduler => scheduler.Help(), this, preferLocal: false);
    }

    /// <summary>Lets the threads end once the queue is empty; work that comes later runs on the thread pool.</summary>
    public void Dispose()
    {
        lock (_queue)
        {
            _disposed = true;
            Monitor.PulseAll(_queue);
        }
    }

    private void Work()
    {
        while (TryWait(out WorkItem item))
        {
            item.Run();
            Interlocked.Increment(ref _servicedByQueue);
        }
    }

    private bool TryWait(out WorkItem item)
    {
        lock (_queue)
        {
            while (!_queue.TryDequeue(out item))
            {
                if (_disposed) return false;
                _available++;
                Monitor.Wait(_queue);
                _available--;
            }

            return true;
        }
    }

    private void Help()
    {
        WorkItem item;
        lock (_queue)
        {
            if (!_queue.TryDequeue(out item)) return;
        }

        item.Run();
        Interlocked.Increment(ref _servicedByPool);
    }

    private readonly record struct WorkItem(Action<object?> Action, object? State)
    {
        public void Run() => Action(State);
    }
}
