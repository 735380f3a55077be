using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;

namespace Rates.Cli;

/// <summary>
/// Defines the command-line options for the address of the service and the caller's name. No password or key is taken from the command
/// line, where others could read it.
/// </summary>
internal sealed class Connection(Func<string, string?> environment)
{
    private const string DefaultAddress = "http://127.0.0.1:5080";

    private readonly Option<string?> _url = Global<string?>("--url", $"The service's address; RATES_URL, or {DefaultAddress}");
    private readonly Option<string?> _user = Global<string?>("--user", "Who asks; RATES_USER");
    private readonly Option<string?> _passwordFile = Global<string?>(
        "--password-file", "File with the user's password; RATES_PASSWORD_FILE");
    private readonly Option<string?> _keyFile = Global<string?>(
        "--key-file", "File with an API key, in place of a user; RATES_KEY_FILE, or the key itself in RATES_KEY");
    private readonly Option<bool> _json = Global<bool>("--json", "Write the service's JSON instead of tables");

    /// <summary>Adds the options to the whole command line.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (var option in new Option[] { _url, _user, _passwordFile, _keyFile, _json })
        {
            root.Add(option);
        }
    }

    /// <summary>Whether JSON is wanted.</summary>
    public bool WantsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>A client of the service.</summary>
    /// <exception cref="CommandException">The address is none, or a file cannot be read.</exception>
    public RatesService Open(ParseResult parsed)
    {
        var url = parsed.GetValue(_url) ?? environment("RATES_URL") ?? DefaultAddress;
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new RatesService(address, Credentials(parsed))
            : throw new CommandException(ExitCodes.Usage, $"--url '{url}' is not an address such as {DefaultAddress}");
    }

    private AuthenticationHeaderValue? Credentials(ParseResult parsed)
    {
        var key = (parsed.GetValue(_keyFile) ?? environment("RATES_KEY_FILE")) is { Length: > 0 } keyFile
            ? Read("--key-file", keyFile)
            : environment("RATES_KEY");
        if (key is { Length: > 0 })
        {
            return new("Bearer", key);
        }

        if ((parsed.GetValue(_user) ?? environment("RATES_USER")) is not { Length: > 0 } user)
        {
            return null;
        }

        var file = parsed.GetValue(_passwordFile) ?? environment("RATES_PASSWORD_FILE")
            ?? throw new CommandException(ExitCodes.Usage, $"--user '{user}' needs a password: name its file with --password-file");
        return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{Read("--password-file", file)}")));
    }

    private static string Read(string option, string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"{option} '{path}' cannot be read: {unreadable.Message}");
        }
    }

    private static Option<T> Global<T>(string name, string description) => new(name) { Description = description, Recursive = true };
}
