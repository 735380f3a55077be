using NetMQ;

namespace Rates.Channels;

/// <summary>Checks the settings of ZeroMQ and reads its key.</summary>
internal static class ZeroOptions
{
    private const int KeyLetters = 40;

    /// <summary>What is wrong with settings.</summary>
    public static IEnumerable<(string Setting, string Problem)> Problems(ChannelOptions options) =>
    [
        .. OptionChecks.Address(nameof(options.Address), options.Address, "tcp"),
        .. Exposed(nameof(options.Address), options.Address, options),
        .. options.Events.Length == 0 ? [] : OptionChecks.Address(nameof(options.Events), options.Events, "tcp"),
        .. Exposed(nameof(options.Events), options.Events, options),
        .. File.Exists(options.CurveKeyFile) && File.ReadAllText(options.CurveKeyFile).Trim().Length != KeyLetters
            ? [(nameof(options.CurveKeyFile), $"'{options.CurveKeyFile}' does not hold a secret key of {KeyLetters} characters of Z85")]
            : Array.Empty<(string, string)>(),
    ];

    /// <summary>The key pair of the secret key in a file.</summary>
    public static NetMQCertificate Certificate(string file) => NetMQCertificate.CreateFromSecretKey(File.ReadAllText(file).Trim());

    private static IEnumerable<(string Setting, string Problem)> Exposed(string setting, string address, ChannelOptions options)
    {
        if (address.Length > 0 && options.CurveKeyFile.Length == 0 && !options.AllowPlain && !OptionChecks.IsLoopback(address))
        {
            yield return (
                setting,
                $"'{address}' can be reached from other machines: set CurveKeyFile, or AllowPlain to true if the network is yours");
        }
    }
}
