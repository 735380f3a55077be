using System.Diagnostics;

namespace Rates.Testing;

/// <summary>Ends what a server of a test's own leaves: its processes and its folder.</summary>
internal static class OwnServer
{
    private const int MostAttempts = 20;

    /// <summary>
    /// Ends a process as a crash would, with its children (one that rewrites a log would go on writing), and waits until it is gone.
    /// </summary>
    public static async Task EndAsync(this Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    /// <summary>Removes the folder of a server that has ended.</summary>
    /// <exception cref="IOException">It could not be removed within a second.</exception>
    public static async Task RemoveAsync(this DirectoryInfo folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException) when (attempt < MostAttempts)
            {
                // A killed child's last write may still land between the listing and the removal.
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
            }
        }
    }
}
