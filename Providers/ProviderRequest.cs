using System.Net;

namespace Rates.Providers;

/// <summary>One request that an adapter wants sent to its source. Credentials are no part of it: they are added when it is sent.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">
/// Relative to the block's address, query included; absolute once resolved. A fragment is not sent: an adapter notes there what the
/// answer will not state.
/// </param>
public sealed record ProviderRequest(string Method, string Path)
{
    /// <summary>Body of a POST; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>Content type of <see cref="Body"/>, without a charset: bodies are sent as UTF-8.</summary>
    public string? ContentType { get; init; }

    /// <summary>Headers of this request, such as a SOAPAction, over the block's.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Which of the block's <c>addresses</c> the path is relative to; empty for its main address.</summary>
    public string Origin { get; init; } = "";

    /// <summary>True when the answer only leads on (<see cref="RateProvider.Follow"/>) and holds no rates itself.</summary>
    public bool IsStep { get; init; }

    /// <summary>The fragment of <see cref="Path"/>, without its <c>#</c>; empty for none.</summary>
    public string Fragment => Path.IndexOf('#', StringComparison.Ordinal) is var at and >= 0 ? Path[(at + 1)..] : "";

    /// <summary>The absolute address under <paramref name="block"/>.</summary>
    /// <exception cref="FormatException">
    /// The block was declared, and the path names another host: what may be asked, and be sent a key, is decided by the block's address.
    /// </exception>
    public Uri Resolve(ProviderBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var root = Origin.Length == 0 ? block.Address! : block.Addresses[Origin];
        var resolved = new Uri(root, Path);
        return !block.IsDeclared || (resolved.Scheme == root.Scheme && resolved.IdnHost == root.IdnHost && resolved.Port == root.Port
            && resolved.UserInfo == root.UserInfo)
            ? resolved
            : throw new FormatException($"the request '{Path}' leads away from {root.GetLeftPart(UriPartial.Authority)}");
    }

    /// <summary>
    /// Value of a parameter of the query or of a form body, decoded: several sources name the currency nowhere else. Empty when
    /// it is not there. Names are compared without regard to case.
    /// </summary>
    public string Parameter(string name)
    {
        var path = Path.Split('#')[0];
        var query = path.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? path[(at + 1)..] : "";
        foreach (var part in $"{query}&{(ContentType is "application/x-www-form-urlencoded" ? Body : "")}".Split('&'))
        {
            var (key, value) = part.IndexOf('=', StringComparison.Ordinal) is var sign and >= 0
                ? (part[..sign], part[(sign + 1)..])
                : (part, "");
            if (WebUtility.UrlDecode(key).Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return WebUtility.UrlDecode(value);
            }
        }

        return "";
    }
}
