using System.Diagnostics;

namespace Rates.Store.Tests;

/// <summary>Asks a store that is away for a moment.</summary>
internal static class StoreRetry
{
    /// <summary>Asks again until the store answers.</summary>
    /// <exception cref="StoreUnavailableException">It did not within a minute.</exception>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (StoreUnavailableException) when (watch.Elapsed < TimeSpan.FromMinutes(1))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }
}
