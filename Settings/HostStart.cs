using Microsoft.Extensions.Hosting;

namespace Rates.Settings;

/// <summary>Waits for the end of a host's start: what nobody needs before would only delay it.</summary>
public static class HostStart
{
    /// <summary>Ends when every service of the host has started, the web server with them.</summary>
    /// <param name="lifetime">Of the host.</param>
    /// <param name="cancellationToken">Gives up, such as when the host stops before.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public static async Task WaitForStartAsync(this IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lifetime);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
