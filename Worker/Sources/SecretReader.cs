using System.Text;
using Rates.Store;

namespace Rates.Worker;

/// <summary>
/// Reads the secrets that operators refer to: files of one folder, and environment variables of one prefix. Nothing else of the machine
/// can be referred to.
/// </summary>
internal sealed class SecretReader(WorkerOptions options)
{
    /// <summary>What the names of variables begin with that may be referred to.</summary>
    public const string VariablePrefix = "RATES_SECRET_";

    private const int MostBytes = 4 << 10;

    /// <summary>What is wrong with a reference by itself; null when it can be looked up.</summary>
    public string? Problem(SecretReference reference) => (reference.File, reference.Variable) switch
    {
        (null, null) or (not null, not null) => "names neither or both of a file and a variable: give one of them",
        ({ } file, _) when options.SecretsFolder.Length == 0 =>
            $"names the file '{file}', but {WorkerOptions.Section}:SecretsFolder is not set",
        ({ } file, _) when !IsFileName(file) => $"names the file '{file}', which is no plain file name of letters, digits, . _ and -",
        (_, { } variable) when !IsVariable(variable) =>
            $"names the variable '{variable}'; its name must begin with {VariablePrefix}, followed by letters, digits and _",
        _ => null,
    };

    /// <summary>The secret, or what is wrong with the reference or with what it refers to. The problem never quotes the secret.</summary>
    public (string? Secret, string? Problem) Read(SecretReference reference)
    {
        if (Problem(reference) is { } wrong)
        {
            return (null, wrong);
        }

        try
        {
            var text = reference.File is { } file
                ? Content(Path.Combine(options.SecretsFolder, file))
                : Environment.GetEnvironmentVariable(reference.Variable!) ?? "";
            text = text.Trim();
            return text.Length == 0 ? (null, $"refers to the {reference}, which is empty or not there")
                : text.Any(letter => letter is < '!' or > '~' && letter != ' ')
                    ? (null, $"refers to the {reference}, which is not one line of visible ASCII characters")
                    : (text, null);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return (null, $"refers to the {reference}, which cannot be read by this worker");
        }
    }

    private static string Content(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[MostBytes + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MostBytes ? Encoding.UTF8.GetString(bytes, 0, length) : throw new IOException($"longer than {MostBytes} bytes");
    }

    private static bool IsFileName(string name) => name.Length is > 0 and <= 128 && name[0] != '.'
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');

    private static bool IsVariable(string name) => name.Length > VariablePrefix.Length && name.Length <= 128
        && name.StartsWith(VariablePrefix, StringComparison.Ordinal)
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
