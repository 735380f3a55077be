namespace Rates.Api.Tests;

/// <summary>Waits for what happens on another thread, soon or never.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Never = TimeSpan.FromMinutes(1);

    /// <summary>Returns once it is so.</summary>
    /// <exception cref="TimeoutException">It never became so.</exception>
    public static async Task IsAsync(Func<bool> condition, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Never)
            {
                throw new TimeoutException($"never became so: {what}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
