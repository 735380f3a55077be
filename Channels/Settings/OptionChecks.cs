using System.Buffers;
using System.Net;

namespace Rates.Channels;

/// <summary>Checks of settings that several types of channels share. Each problem names the setting, its value and what to do.</summary>
internal static class OptionChecks
{
    private const int MaxPrefetch = 1_000;

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>What every type checks.</summary>
    /// <param name="name">The name of the block.</param>
    /// <param name="options">Its settings.</param>
    public static IEnumerable<(string Setting, string Problem)> Common(string name, ChannelOptions options)
    {
        if (name.Length > 40 || name.AsSpan().ContainsAnyExcept(NameLetters))
        {
            yield return ("", $"is no channel's name: use at most 40 lower-case letters, digits, dashes and underscores");
        }

        foreach (var unknown in options.Operations.Except(Api.Operations.AllNames, StringComparer.Ordinal))
        {
            yield return (
                nameof(options.Operations), $"'{unknown}' is no operation: {string.Join(", ", Api.Operations.AllNames)}");
        }

        if (options.Prefetch is < 1 or > MaxPrefetch)
        {
            yield return (nameof(options.Prefetch), $"'{options.Prefetch}' is not between 1 and {MaxPrefetch}");
        }

        foreach (var (setting, path) in new[]
        {
            (nameof(options.KeyFile), options.KeyFile), (nameof(options.PasswordFile), options.PasswordFile),
            (nameof(options.CurveKeyFile), options.CurveKeyFile), (nameof(options.CertificateFile), options.CertificateFile),
            (nameof(options.CertificateKeyFile), options.CertificateKeyFile),
        })
        {
            if (path.Length > 0 && !File.Exists(path))
            {
                yield return (setting, $"'{path}' is not there: name a file that this process may read");
            }
        }

        if (options.PasswordFile.Length > 0 != options.User.Length > 0 && options.Type != "redis")
        {
            yield return (
                nameof(options.User), $"'{options.User}' and PasswordFile '{options.PasswordFile}' go together: set both or none");
        }
    }

    /// <summary>An address with one of the schemes, a host, and no credentials in it.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="value">Its value.</param>
    /// <param name="schemes">Such as <c>amqp</c>.</param>
    public static IEnumerable<(string Setting, string Problem)> Address(string setting, string value, params string[] schemes)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var address) || address.Host.Length == 0
            || !schemes.Contains(address.Scheme, StringComparer.Ordinal))
        {
            // A text that is no address may hold a password.
            yield return (setting, value.Contains('@', StringComparison.Ordinal)
                ? $"is not an address such as {schemes[0]}://127.0.0.1:5672"
                : $"'{value}' is not an address such as {schemes[0]}://127.0.0.1:5672");
        }
        else if (address.UserInfo.Length > 0)
        {
            yield return (setting, "has a user or a password in it: use User and PasswordFile");
        }
        else if (address.Port <= 0 && !address.Scheme.StartsWith("amqp", StringComparison.Ordinal))
        {
            yield return (setting, $"'{value}' has no port");
        }
    }

    /// <summary>Whether an address is of this machine only.</summary>
    public static bool IsLoopback(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip)));
}
