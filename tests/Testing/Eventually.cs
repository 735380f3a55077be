using System.Runtime.CompilerServices;

namespace Rates.Testing;

/// <summary>Waits for what happens on another thread or in another process: soon, or never.</summary>
public static class Eventually
{
    /// <summary>
    /// How long a test waits for what must come: long past anything that a busy or a halted machine does late. A test that passes never
    /// waits so long.
    /// </summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Looks every few milliseconds until <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not within <see cref="Limit"/>.</exception>
    public static Task IsAsync(Func<bool> condition, CancellationToken cancellationToken,
        [CallerArgumentExpression(nameof(condition))] string what = "") =>
        IsAsync(() => Task.FromResult(condition()), () => what, cancellationToken);

    /// <inheritdoc cref="IsAsync(Func{bool}, CancellationToken, string)"/>
    /// <param name="condition">What must come to hold.</param>
    /// <param name="otherwise">What to say when it does not.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task IsAsync(Func<Task<bool>> condition, Func<string> otherwise, CancellationToken cancellationToken)
    {
        var mark = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(mark) > Limit)
            {
                throw new TimeoutException($"this never came: {otherwise()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }
    }
}
