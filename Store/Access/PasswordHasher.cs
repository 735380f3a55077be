using System.Globalization;
using System.Security.Cryptography;

namespace Rates.Store;

/// <summary>
/// Hashes passwords with PBKDF2-HMAC-SHA256; the stored text states how it was made: <c>pbkdf2-sha256$600000$salt$hash</c>.
/// </summary>
/// <param name="iterations">Of new hashes.</param>
public sealed class PasswordHasher(int iterations)
{
    /// <summary>The number of iterations that OWASP recommends for PBKDF2 with SHA-256.</summary>
    public const int Recommended = 600_000;

    private const string Algorithm = "pbkdf2-sha256";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>The stored form of a password, with a salt of its own.</summary>
    public string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Algorithm}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, iterations))}");
    }

    /// <summary>Whether a password is the one that <paramref name="stored"/> was made of; false also when that text is damaged.</summary>
    public bool Verify(string password, string stored)
    {
        var parts = stored.Split('$');
        Span<byte> salt = stackalloc byte[SaltBytes];
        Span<byte> hash = stackalloc byte[HashBytes];
        return parts.Length == 4 && parts[0] == Algorithm
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            && Convert.TryFromBase64String(parts[2], salt, out var salted) && salted == SaltBytes
            && Convert.TryFromBase64String(parts[3], hash, out var hashed) && hashed == HashBytes
            && CryptographicOperations.FixedTimeEquals(hash, Derive(password, salt, count));
    }

    private static byte[] Derive(string password, ReadOnlySpan<byte> salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, HashBytes);
}
