using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Rates.Store;

/// <summary>
/// Refuses settings of the store that cannot work, at start and all in one message. Messages never quote the Redis configuration: it may
/// hold a password.
/// </summary>
internal sealed class StoreOptionsValidator : IValidateOptions<StoreOptions>
{
    private const int LongestPrefix = 32;

    private static readonly SearchValues<char> PrefixLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, StoreOptions options)
    {
        string?[] wrong =
        [
            Prefix(options.Prefix), CopyEvery(options.CopyEvery),
            options.Redis.Length > 0 ? Redis(options) : DataFolder(options.DataFolder),
        ];
        string[] messages = [.. wrong.OfType<string>()];
        return messages.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(messages);
    }

    private static string? Prefix(string prefix) =>
        prefix.Length is > 0 and <= LongestPrefix && !prefix.AsSpan().ContainsAnyExcept(PrefixLetters)
            ? null
            : $"Rates:Prefix is '{prefix}': use letters, digits, dash and underscore, at most 32";

    private static string? CopyEvery(TimeSpan interval) =>
        interval == TimeSpan.Zero || (interval >= TimeSpan.FromSeconds(1) && interval <= TimeSpan.FromDays(30))
            ? null
            : $"Rates:CopyEvery is '{interval:c}': use 1 second to 30 days, or 0 for no copies";

    private static string? Redis(StoreOptions options)
    {
        try
        {
            var redis = RedisConfiguration.Read(options);
            _ = redis.Password;
            if (options.RedisCaFile.Length > 0)
            {
                if (!redis.Ssl)
                {
                    return "Rates:RedisCaFile is set, and Rates:Redis does not use TLS: add ssl=true to it";
                }

                _ = RedisCertificate.Authorities(options.RedisCaFile);
            }

            return redis.EndPoints.Count == 0 ? "Rates:Redis names no server"
                : redis.EndPoints.Any(end => EndPointCollection.ToString(end)?.AsSpan().IndexOfAny("/@") >= 0)
                    ? "Rates:Redis names a server that is no host with a port: write host:port,password=PASSWORD, and no address such as "
                        + "redis://"
                    : null;
        }
        catch (CryptographicException wrong)
        {
            return $"Rates:RedisCaFile cannot be used: {wrong.Message}";
        }
        catch (ArgumentException unreadable)
        {
            return $"Rates:Redis is not a StackExchange.Redis configuration: {unreadable.Message}";
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return $"Rates:RedisPasswordFile or Rates:RedisCaFile cannot be read: {unreadable.Message}";
        }
    }

    private static string? DataFolder(string folder)
    {
        if (folder.Length == 0)
        {
            return "Rates:DataFolder is empty: name a folder, or a server in Rates:Redis";
        }

        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(
                Path.Combine(folder, $"{Guid.NewGuid():N}.probe"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1,
                FileOptions.DeleteOnClose);
            return null;
        }
        catch (IOException failure)
        {
            return $"Rates:DataFolder '{folder}' cannot be written: {failure.Message}";
        }
        catch (UnauthorizedAccessException denied)
        {
            return $"Rates:DataFolder '{folder}' cannot be written: {denied.Message}";
        }
    }
}
