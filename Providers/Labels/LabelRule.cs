using System.Globalization;
using Rates.Core;

namespace Rates.Providers;

/// <summary>
/// States that a currency code printed by a source means another currency, or no rate, on some days. Part of the provider's JSON settings.
/// </summary>
/// <remarks>
/// A block needs no rule for a label that means its own code, and none for one outside its currency's life that means nothing else:
/// the ingest rules refuse that one with that reason.
/// </remarks>
public sealed class LabelRule
{
    /// <summary>The three letters that the publisher prints, on either side of a pair.</summary>
    public string Label { get; init; } = "";

    /// <summary>First day that the rule holds for, that day included; null for no first day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day that the rule holds for, that day included; null for no last day.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The currency that the figures are of; empty where the label is right and only the units are not.</summary>
    public string Means { get; init; } = "";

    /// <summary>
    /// What the figure is divided by, on top of the units that the publisher states: 10 where a figure per 10 is said to be per 1, 0.1
    /// where a figure per 1 is said to be per 10. Above zero.
    /// </summary>
    public decimal Units { get; init; } = 1;

    /// <summary>Why the figures under the label are no rates on these days; empty where they are.</summary>
    public string NoRate { get; init; } = "";

    /// <summary>
    /// Limits the rule to figures that repeat the one of this currency for the same day, other currency and kind: a source that lists a
    /// currency with another one's figure. Empty for no such limit.
    /// </summary>
    public string SameAs { get; init; } = "";

    /// <summary>What is wrong with the rules of one block, one line each; none when they can be used.</summary>
    internal static IEnumerable<string> Problems(IReadOnlyList<LabelRule> rules) =>
    [
        .. rules.SelectMany(rule => rule.Problems().Select(problem => $"Labels holds '{rule.Label}' ({rule.Days}): {problem}")),
        .. from rule in rules.Select((rule, index) => (rule, index))
           from other in rules.Take(rule.index)
           where rule.rule.Overlaps(other)
           select $"Labels holds '{other.Label}' twice for some days: {other.Days} and {rule.rule.Days}",
    ];

    /// <summary>Whether the rule holds on <paramref name="day"/>.</summary>
    internal bool HoldsOn(DateOnly day) => !(day < From) && !(day > Until);

    private string Days => string.Create(CultureInfo.InvariantCulture, $"{From:yyyy-MM-dd} to {Until:yyyy-MM-dd}");

    private bool Overlaps(LabelRule other) =>
        string.Equals(Label, other.Label, StringComparison.OrdinalIgnoreCase) && !(Until < other.From) && !(other.Until < From);

    private IEnumerable<string> Problems()
    {
        if (!Currency.TryParse(Label, out _))
        {
            yield return "the label is not three letters";
        }

        if (Until < From)
        {
            yield return "its last day is before its first";
        }

        if (Means.Length > 0 && (!Currency.TryParse(Means, out var meaning) || CurrencyRegistry.Find(meaning) is null))
        {
            yield return $"it means '{Means}', which is no known currency";
        }

        if (Units <= 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Units {Units} is not above zero");
        }

        if (SameAs.Length > 0 && (!Currency.TryParse(SameAs, out _) || NoRate.Length == 0))
        {
            yield return $"SameAs '{SameAs}' is not a three-letter code, or there is no NoRate with the reason";
        }

        if (NoRate.Length > 0 == (Means.Length > 0 || Units != 1))
        {
            yield return "it needs either NoRate with a reason, or Means or Units, and not both";
        }
    }
}
