namespace Rates.Api;

/// <summary>
/// The request that calls a tool, one in each scope. The framework's accessor would give the same, but it costs every request of the
/// server some hundred bytes.
/// </summary>
internal sealed class AssistantRequest
{
    private HttpContext? _context;

    /// <summary>The request.</summary>
    /// <exception cref="InvalidOperationException">There is none in this scope.</exception>
    public HttpContext Context
    {
        get => _context ?? throw new InvalidOperationException("A tool is called outside a request");
        set => _context = value;
    }
}
