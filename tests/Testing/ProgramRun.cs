using System.Diagnostics;

namespace Rates.Testing;

/// <summary>What a program left that ran to its end.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">All it wrote to its output.</param>
/// <param name="Error">All it wrote to its error output.</param>
public sealed record ProgramRun(int Code, string Output, string Error)
{
    /// <summary>Runs a program to its end; at the limit, ends it and what it started.</summary>
    /// <exception cref="OperationCanceledException">It did not end in time.</exception>
    public static async Task<ProgramRun> OfAsync(ProcessStartInfo start, TimeSpan limit, CancellationToken cancellationToken)
    {
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        using var process = Process.Start(start)!;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(deadline.Token),
                process.StandardError.ReadToEndAsync(deadline.Token));
            await process.WaitForExitAsync(deadline.Token);
            return new(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
