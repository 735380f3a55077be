namespace Rates.Settings;

/// <summary>Finds the known name that a mistyped setting or provider was probably meant to be.</summary>
public static class NearestName
{
    /// <summary>A sentence for a message, such as <c>did you mean 'PollInterval'?</c>, or the list of names where none is near.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="known">The names there are.</param>
    public static string Hint(string name, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] sorted = [.. known.Order(StringComparer.Ordinal)];
        var nearest = sorted.MinBy(candidate => Distance(name, candidate));
        return nearest is not null && Distance(name, nearest) <= Math.Max(2, name.Length / 3)
            ? $"did you mean '{nearest}'?"
            : $"known are {string.Join(", ", sorted)}";
    }

    // Letters to insert, remove, replace or swap with the next one, whatever their case.
    private static int Distance(string one, string other)
    {
        var (a, b) = (one.ToUpperInvariant(), other.ToUpperInvariant());
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1,
                    cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
