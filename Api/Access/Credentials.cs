using System.Text;
using Rates.Store;

namespace Rates.Api;

/// <summary>The credentials that a request to the Api carries: a name and a password, or an API key.</summary>
/// <param name="User">The name; null for a key.</param>
/// <param name="Secret">The password or the key.</param>
internal sealed record Credentials(string? User, string Secret)
{
    /// <summary>Characters that a password has at least.</summary>
    public const int ShortestPassword = 12;

    private const string Basic = "Basic ";
    private const string Bearer = "Bearer ";

    /// <summary>The text that credentials came in, for looking them up; null when there are none.</summary>
    public static string? TextOf(HttpRequest request)
    {
        var (authorization, key) = (request.Headers.Authorization, request.Headers["X-Api-Key"]);
        return authorization.Count > 0 ? authorization.ToString() : key.Count > 0 ? Bearer + key : null;
    }

    /// <summary>Reads them; null when they have no form that is understood.</summary>
    public static Credentials? Parse(string text)
    {
        if (text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return new(null, text[Bearer.Length..].Trim());
        }

        var decoded = new byte[text.Length];
        if (!text.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) || !Convert.TryFromBase64String(
            text[Basic.Length..].Trim(), decoded, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(decoded, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new(pair[..colon], pair[(colon + 1)..]);
    }

    /// <summary>What failures of these credentials are counted under.</summary>
    public string Counted => User ?? (KeyText.Parse(Secret)?.Id ?? "no key");
}
