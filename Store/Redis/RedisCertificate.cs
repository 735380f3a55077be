using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rates.Store;

/// <summary>Checks the TLS certificate of a Redis server, and remembers why it was refused, for messages.</summary>
/// <param name="caFile">
/// File with the certificates of the authorities that may have issued it, in PEM; read at each connecting. Empty for those that the
/// system trusts.
/// </param>
internal sealed class RedisCertificate(string caFile)
{
    private volatile string? _problem;

    /// <summary>Why the last certificate was refused; null when it was accepted.</summary>
    public string? Problem => _problem;

    /// <summary>The authorities of <paramref name="file"/>.</summary>
    /// <exception cref="CryptographicException">It holds no certificate.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static X509Certificate2Collection Authorities(string file)
    {
        X509Certificate2Collection authorities = [];
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0 ? authorities : throw new CryptographicException($"{file} holds no certificate in PEM");
    }

    /// <summary>Whether the server may be talked to.</summary>
    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _problem = Refusal(certificate, chain, errors);
        return _problem is null;
    }

    private string? Refusal(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return "its TLS certificate is missing";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"its TLS certificate ({certificate.Subject}) is for another host name: set sslHost in Rates:Redis to the name it has";
        }

        if (caFile.Length == 0)
        {
            return errors == SslPolicyErrors.None
                ? null
                : $"its TLS certificate ({certificate.Subject}) is not trusted: {Status(chain)}. Name the certificate of its authority in "
                    + "Rates:RedisCaFile";
        }

        try
        {
            using var own = new X509Chain();
            own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            own.ChainPolicy.CustomTrustStore.AddRange(Authorities(caFile));
            own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            {
                own.ChainPolicy.ExtraStore.Add(element.Certificate);
            }

            using var server = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            return own.Build(server)
                ? null
                : $"its TLS certificate ({certificate.Subject}) was not issued by an authority of {caFile}: {Status(own)}";
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return $"its TLS certificate cannot be checked, since Rates:RedisCaFile cannot be read: {unreadable.Message}";
        }
    }

    private static string Status(X509Chain? chain) =>
        string.Join(
            ", ", (chain?.ChainStatus ?? []).Select(status => status.StatusInformation.TrimEnd('.')).Distinct(StringComparer.Ordinal));
}
