using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Rates.Testing;

namespace Rates.Store.Tests;

/// <summary>A server over TLS whose certificate comes from an authority of our own.</summary>
public sealed class RedisTlsTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rates-tls-");
    private readonly int _port = RedisServer.FreePort();
    private RedisServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, RedisServer.Missing);
        WriteAuthority("right", sign: true);
        WriteAuthority("wrong", sign: false);
        _server = await RedisServer.StartAsync(
            Token, "--tls-port", $"{_port}", "--tls-cert-file", File("server.pem"), "--tls-key-file", File("server.key"),
            "--tls-ca-cert-file", File("right.pem"), "--tls-auth-clients", "no");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_authority_of_the_setting_is_trusted()
    {
        await using var store = Store($"127.0.0.1:{_port},ssl=true,sslHost=localhost", "right.pem");

        await Eventually.IsAsync(() => AnswersAsync(store), () => "the store answers", Token);

        Assert.Empty(await store.CheckAsync(Token));
    }

    [Theory]
    [InlineData("sslHost=localhost", "wrong.pem", "was not issued by an authority of")]
    [InlineData("sslHost=localhost", "", "is not trusted")]
    [InlineData("sslHost=redis.example", "right.pem", "is for another host name")]
    [InlineData("sslHost=localhost", "gone.pem", "cannot be checked")]
    public async Task Any_other_is_refused_and_said_clearly(string host, string authority, string told)
    {
        await using var store = Store($"127.0.0.1:{_port},ssl=true,{host}", authority);

        var refused = "";
        await Eventually.IsAsync(
            async () => (refused = Assert.Single(await store.CheckAsync(Token))).Contains(told, StringComparison.Ordinal),
            () => $"'{told}' is said; last '{refused}'", Token);

        Assert.Contains($"127.0.0.1:{_port}", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1:1", "right.pem", "does not use TLS: add ssl=true")]
    [InlineData("127.0.0.1:1,ssl=true", "gone.pem", "Rates:RedisCaFile cannot be")]
    [InlineData("127.0.0.1:1,ssl=true", "server.key", "holds no certificate")]
    public void A_setting_that_cannot_be_used_is_named(string redis, string authority, string told) => Assert.Contains(
        told, new StoreOptionsValidator().Validate(null, new() { Redis = redis, RedisCaFile = File(authority) }).FailureMessage,
        StringComparison.Ordinal);

    private static async Task<bool> AnswersAsync(RedisStore store)
    {
        try
        {
            await store.BeatAsync("worker-1", Token);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    private RedisStore Store(string redis, string authority) => new(
        RedisConfiguration.Read(new() { Redis = redis, RedisCaFile = authority.Length > 0 ? File(authority) : "" }), "rates",
        RedisDeadlines.Default, TimeProvider.System);

    private string File(string name) => Path.Combine(_folder.FullName, name);

    // An authority, and with it the server's certificate when asked to.
    private void WriteAuthority(string name, bool sign)
    {
        var from = TimeProvider.System.GetUtcNow().AddDays(-1);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name} authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(from, from.AddDays(10));
        System.IO.File.WriteAllText(File($"{name}.pem"), authority.ExportCertificatePem());
        if (!sign)
        {
            return;
        }

        using var serverKey = RSA.Create(2048);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        var server = new CertificateRequest("CN=localhost", serverKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        server.CertificateExtensions.Add(names.Build());
        using var signed = server.Create(authority, from, from.AddDays(9), [1, 2, 3]);
        System.IO.File.WriteAllText(File("server.pem"), signed.ExportCertificatePem());
        System.IO.File.WriteAllText(File("server.key"), serverKey.ExportPkcs8PrivateKeyPem());
    }
}
