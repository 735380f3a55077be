using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rates.Compat.Tests.Redis;

/// <summary>A self-signed certificate for loopback as the two PEM files that a server wants, deleted at Dispose.</summary>
internal sealed class ServerCertificateFiles : IDisposable
{
    private static readonly DateTimeOffset NotBefore = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-compat-tests-");
    private readonly string _thumbprint;

    public ServerCertificateFiles()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(NotBefore, NotBefore.AddYears(80));
        _thumbprint = certificate.Thumbprint;
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
    }

    public string Certificate => Path.Combine(_folder.FullName, "certificate.pem");

    public string Key => Path.Combine(_folder.FullName, "key.pem");

    /// <summary>The certificate with its key, for a server in this process.</summary>
    public X509Certificate2 Load() => X509Certificate2.CreateFromPemFile(Certificate, Key);

    /// <summary>Whether a peer has presented this very certificate.</summary>
    public bool Presents(X509Certificate? presented) => presented?.GetCertHashString() == _thumbprint;

    public void Dispose() => _folder.Delete(recursive: true);
}
