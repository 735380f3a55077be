using System.Text.Json;
using Rates.Core;

namespace Rates.Standalone;

/// <summary>Reads the rates that ship inside the program, so that requests are answered before the first fetch.</summary>
/// <remarks>
/// Made by our own adapters of recorded answers: provider, then day, then kind, then pair and rate. They carry their true days, so
/// they are marked as stale, and the first sheet that is fetched replaces them.
/// </remarks>
internal static class Seed
{
    /// <summary>The shipped sheets, one per provider.</summary>
    public static IReadOnlyList<RateSheet> Read()
    {
        using var stream = typeof(Seed).Assembly.GetManifestResourceStream("seed.json")!;
        using var document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateObject().Select(Sheet)];
    }

    private static RateSheet Sheet(JsonProperty provider)
    {
        Observation[] observations =
        [
            .. from day in provider.Value.EnumerateObject()
               let asOf = IsoText.ParseDay(day.Name)
               from kind in day.Value.EnumerateObject()
               let which = JsonSerializer.Deserialize<RateKind>($"\"{kind.Name}\"")
               from figure in kind.Value.EnumerateObject()
               select new Observation(asOf, CurrencyPair.Parse(figure.Name), figure.Value.GetDecimal(), which),
        ];
        var newest = observations.Max(observation => observation.AsOf);

        // Nobody here fetched it: the day itself is all that is known of when it was true.
        var then = new DateTimeOffset(newest.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return new RateSheet
        {
            Provider = provider.Name,
            AsOf = newest,
            FetchedAt = then,
            CheckedAt = then,
            Seeded = true,
            Observations = observations,
        };
    }
}
