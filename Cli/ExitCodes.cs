namespace Rates.Cli;

/// <summary>The exit codes of the command-line program <c>rates</c>.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The service refused what was asked, or a worker could not do it.</summary>
    public const int Refused = 1;

    /// <summary>The command line itself cannot be used.</summary>
    public const int Usage = 2;

    /// <summary>The service cannot be reached, or failed.</summary>
    public const int Unavailable = 3;

    /// <summary>The credentials are missing, wrong or not enough.</summary>
    public const int NotAllowed = 4;

    /// <summary>Somebody else changed the same thing first, or nobody would be left with the role admin.</summary>
    public const int Conflict = 5;
}

/// <summary>Thrown when a command of the program <c>rates</c> fails; the program ends with its exit code and message.</summary>
/// <param name="exitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="message">Why, for people; it names the value at fault.</param>
internal sealed class CommandException(int exitCode, string message) : Exception(message)
{
    /// <summary>The exit code of the program.</summary>
    public int ExitCode { get; } = exitCode;
}
