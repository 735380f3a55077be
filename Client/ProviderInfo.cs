namespace Rates.Client;

/// <summary>A provider of the service: its name, what it publishes and the age of its latest rates.</summary>
public sealed record ProviderInfo
{
    /// <summary>Its key, such as <c>ecb</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The institution's name, for a dataset with what tells it from the others.</summary>
    public required string Name { get; init; }

    /// <summary>Key of the institution: <c>nbp</c> for the dataset <c>nbp.b</c>; empty from a service that knows no datasets.</summary>
    public string Institution { get; init; } = "";

    /// <summary>Keys of the other providers of the same institution, or with the same figures; empty when there are none.</summary>
    public IReadOnlyList<string> Related { get; init; } = [];

    /// <summary>The text to name beside its figures; empty from a service that does not tell it.</summary>
    public string Attribution { get; init; } = "";

    /// <summary>What it publishes, in words; null where it is not written down.</summary>
    public string? Publishes { get; init; }

    /// <summary>Which way round the source publishes, such as <c>1 EUR = x foreign</c>; null where it is not written down.</summary>
    public string? Direction { get; init; }

    /// <summary>Units that the source's figures are for; answers are always for 1. Null where it is not written down.</summary>
    public string? Units { get; init; }

    /// <summary>What its figures are made for, such as <c>reference</c>; null from a service that does not tell it.</summary>
    public string? Category { get; init; }

    /// <summary>How many recorded answers of the source its adapter reads exactly.</summary>
    public int RecordedAnswers { get; init; }

    /// <summary>ISO 3166 alpha-2 code of its country; null when it has none.</summary>
    public string? Country { get; init; }

    /// <summary>The currency that its pairs share; null when they share none.</summary>
    public string? Pivot { get; init; }

    /// <summary>Which figure it publishes, such as <c>reference</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Address of its terms of use; null where none are known.</summary>
    public string? Terms { get; init; }

    /// <summary><c>fresh</c>, <c>closed</c>, <c>stale</c>, <c>frozen</c>, <c>retired</c> or <c>missing</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why there are no rates, or none newer; null when there is nothing to explain.</summary>
    public string? Reason { get; init; }

    /// <summary>The day of its latest rates; null when there are none.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>When the service fetched them; null when there are none.</summary>
    public DateTimeOffset? FetchedAt { get; init; }

    /// <summary>When the next publication is due; null when none is expected.</summary>
    public DateTimeOffset? NextExpectedAt { get; init; }

    /// <summary>True when this installation fetches it.</summary>
    public bool Enabled { get; init; }

    /// <summary>First day of its history; null when it serves only the present.</summary>
    public DateOnly? HistoryFrom { get; init; }

    /// <summary>Last day of a series that has ended; null while it is published.</summary>
    public DateOnly? HistoryUntil { get; init; }

    /// <summary>Every currency of its latest rates.</summary>
    public IReadOnlyList<string> Currencies { get; init; } = [];

    /// <summary>Every currency with figures and its first and last day; null in the list of providers.</summary>
    public IReadOnlyList<CurrencyDays>? Coverage { get; init; }
}

/// <summary>A currency that a provider has figures of.</summary>
/// <param name="Code">Its code.</param>
/// <param name="First">The first day with a figure.</param>
/// <param name="Last">The last day with a figure.</param>
public sealed record CurrencyDays(string Code, DateOnly First, DateOnly Last);

/// <summary>A currency that the service knows, with the providers that have it.</summary>
public sealed record CurrencyInfo
{
    /// <summary>Its code, such as <c>USD</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Its ISO 4217 number; null where it has none.</summary>
    public string? Numeric { get; init; }

    /// <summary>Its English name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is: <c>currency</c>, <c>metal</c>, <c>unit</c> or <c>crypto</c>.</summary>
    public string Kind { get; init; } = "currency";

    /// <summary>Decimal places of its smallest unit.</summary>
    public int MinorDigits { get; init; }

    /// <summary>First day of its life; null when it is not recorded.</summary>
    public DateOnly? Born { get; init; }

    /// <summary>Last day of its life; null while it is in use.</summary>
    public DateOnly? Retired { get; init; }

    /// <summary>Code of the currency that replaced it; null when none did.</summary>
    public string? Successor { get; init; }

    /// <summary>Keys of the providers that have rates of it now.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];
}
