namespace Rates.Core;

/// <summary>
/// What a reader should know about the figures of a provider, in words for people. Empty where nobody has written it down.
/// </summary>
public sealed record ProviderFacts
{
    /// <summary>What is published, such as <c>the euro foreign exchange reference rates</c>.</summary>
    public string Publishes { get; init; } = "";

    /// <summary>Which way round the source publishes, such as <c>1 EUR = x foreign</c>.</summary>
    public string Direction { get; init; } = "";

    /// <summary>
    /// How many units of a currency the source's figures are for, such as <c>1, 100 or 1000</c>. Answers are always for 1.
    /// </summary>
    public string Units { get; init; } = "";

    /// <summary>The text to name beside its figures; empty for <c>Source:</c> and the provider's name.</summary>
    public string Attribution { get; init; } = "";

    /// <summary>Recorded answers of the source with figures that its adapter reads exactly; 0 where none is recorded.</summary>
    public int RecordedAnswers { get; init; }
}
