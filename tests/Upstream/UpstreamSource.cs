using System.Collections.Concurrent;

namespace Rates.Upstream;

/// <summary>One provider's part of the server: its documents, and what goes wrong next.</summary>
public sealed class UpstreamSource
{
    private readonly ConcurrentDictionary<string, Document> _documents = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Fault> _script = new();
    private volatile Fault _always = Fault.None;

    /// <summary>
    /// Serves <paramref name="document"/> at <paramref name="path"/> (its query left aside); at every other path too when that is
    /// empty.
    /// </summary>
    public UpstreamSource Serve(Document document, string path = "")
    {
        _documents[path] = document;
        return this;
    }

    /// <summary>Answers the next requests with these faults, one each; after them as <see cref="Always"/> says.</summary>
    public UpstreamSource Next(params ReadOnlySpan<Fault> faults)
    {
        foreach (var fault in faults)
        {
            _script.Enqueue(fault);
        }

        return this;
    }

    /// <summary>Answers every request with this fault from now on; <see cref="Fault.None"/> for none.</summary>
    public UpstreamSource Always(Fault fault)
    {
        _always = fault;
        return this;
    }

    /// <summary>The document at a path; null when there is none.</summary>
    internal Document? Find(string path) => _documents.GetValueOrDefault(path.Split('?')[0]) ?? _documents.GetValueOrDefault("");

    /// <summary>The fault of the next answer.</summary>
    internal Fault Take() => _script.TryDequeue(out var fault) ? fault : _always;
}
