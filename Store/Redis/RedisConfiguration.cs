using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Rates.Store;

/// <summary>Sets the options of the Redis client that this product always uses, whatever the configuration string holds.</summary>
internal static class RedisConfiguration
{
    /// <summary>Reads <see cref="StoreOptions.Redis"/>.</summary>
    /// <exception cref="ArgumentException">
    /// The text is no configuration; the message does not quote it, for it may hold a password.
    /// </exception>
    public static ConfigurationOptions Read(StoreOptions options)
    {
        var redis = ConfigurationOptions.Parse(options.Redis);
        if (options.RedisPasswordFile.Length > 0 || redis.Ssl)
        {
            redis.Password = options.RedisPasswordFile.Length > 0 ? null : redis.Password;
            var own = new OwnDefaults(options.RedisPasswordFile, new(options.RedisCaFile));
            redis.Defaults = own;
            redis.CertificateValidation += own.Certificate.IsTrusted;
        }

        redis.SetDefaultPorts();
        redis.AbortOnConnectFail = false;
        redis.ConnectTimeout = 2_000;
        redis.ConnectRetry = 1;
        redis.ReconnectRetryPolicy = new ExponentialRetry(100, 2_000);

        // A command for a server that cannot be reached fails now: its caller has a deadline, and old claims are worth nothing later.
        redis.BacklogPolicy = BacklogPolicy.FailFast;
        redis.HeartbeatConsistencyChecks = true;
        redis.IncludeDetailInExceptions = false;

        // A guard of the client, not a right on the server: without it the client refuses INFO, which the check at start reads.
        redis.AllowAdmin = true;

        // The client's own bookkeeping between several primaries; it would need rights on keys that are not ours.
        redis.ConfigurationChannel = "";
        redis.TieBreaker = "";
        return redis;
    }

    /// <summary>The servers' addresses, for messages; nothing secret.</summary>
    public static string Servers(ConfigurationOptions redis) => string.Join(", ", redis.EndPoints.Select(EndPointCollection.ToString));

    /// <summary>Why the server's certificate was refused last; null when it was not.</summary>
    public static string? CertificateProblem(ConfigurationOptions redis) => (redis.Defaults as OwnDefaults)?.Certificate.Problem;

    /// <summary>
    /// The options that hold where the configuration string sets nothing else; reads the password from a file at each connecting.
    /// </summary>
    private sealed class OwnDefaults(string passwordFile, RedisCertificate certificate) : DefaultOptionsProvider
    {
        public RedisCertificate Certificate => certificate;

        // Read at each connecting, so that a password that was changed is taken up.
        public override string? Password => passwordFile.Length > 0 ? File.ReadAllText(passwordFile).Trim() : base.Password;
    }
}
