using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Rates.Settings;

/// <summary>Checks all settings of a host together and puts the errors of all checks into one message.</summary>
public static class SettingsCheck
{
    /// <summary>Runs every check that a host runs when it starts, before anything else of it is made.</summary>
    /// <exception cref="OptionsValidationException">A setting of one class cannot be used.</exception>
    /// <exception cref="AggregateException">Settings of several classes cannot be used.</exception>
    public static void ThrowIfAny(IServiceProvider services) => services.GetService<IStartupValidator>()?.Validate();

    /// <summary>Every problem in one text, one a line; null when <paramref name="thrown"/> is about something else.</summary>
    public static string? Message(Exception thrown)
    {
        IEnumerable<Exception> all = thrown is AggregateException many ? many.Flatten().InnerExceptions : [thrown];
        var failures = all.Select(one => (one as OptionsValidationException)?.Failures).ToList();
        return failures.Contains(null)
            ? null
            : string.Join(Environment.NewLine, failures.SelectMany(some => some!).Distinct(StringComparer.Ordinal));
    }

    /// <summary>
    /// The message of <paramref name="thrown"/> and of what it was thrown for: of a file of settings, which key stands twice in it, or
    /// which of its lines cannot be read.
    /// </summary>
    public static string WithCauses(Exception thrown)
    {
        ArgumentNullException.ThrowIfNull(thrown);
        return thrown.InnerException is { } cause ? $"{thrown.Message} {WithCauses(cause)}" : thrown.Message;
    }
}
