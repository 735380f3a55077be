using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Rates.Store;

/// <summary>
/// The text of an API key as its owner sends it: <c>rates-</c>, 12 hexadecimal digits that name it, a dash, and 256 random bits.
/// </summary>
/// <param name="Id">The name under which it is stored.</param>
/// <param name="Text">The whole key. It is shown once and not stored.</param>
public readonly record struct KeyText(string Id, string Text)
{
    private const string Prefix = "rates-";
    private const int IdLength = 12;
    private const int SecretLength = 43;

    /// <summary>SHA-256 of the whole key, hexadecimal: enough at rest, since the key is random.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>A new key.</summary>
    public static KeyText New()
    {
        var id = RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
        return new(id, $"{Prefix}{id}-{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}");
    }

    /// <summary>Reads a key as sent; null when it has not a key's form.</summary>
    public static KeyText? Parse(string sent) =>
        sent.Length == Prefix.Length + IdLength + 1 + SecretLength && sent.StartsWith(Prefix, StringComparison.Ordinal)
            && sent[Prefix.Length + IdLength] == '-'
            ? new(sent.Substring(Prefix.Length, IdLength), sent)
            : null;

    /// <summary>Whether this is the key of that stored digest.</summary>
    public bool Matches(string digest) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Digest), Encoding.ASCII.GetBytes(digest));
}
