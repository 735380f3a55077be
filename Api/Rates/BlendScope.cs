namespace Rates.Api;

/// <summary>The providers whose rates are combined into one for a request, and the day that it is for.</summary>
internal readonly ref struct BlendScope
{
    /// <summary>The entries of the book or of a past day; those outside <see cref="Indexes"/> may be null.</summary>
    public required ReadOnlySpan<ProviderEntry> Entries { get; init; }

    /// <summary>Indexes of the requested providers, in order of preference.</summary>
    public required ReadOnlySpan<ushort> Indexes { get; init; }

    /// <summary>The requested day; today for the latest rates.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>True when the query names its providers: then each counts whatever its category and cadence.</summary>
    public required bool IsNamed { get; init; }

    /// <summary>Why the provider may not be used for any pair; null when it may.</summary>
    public string? WhyNot(ProviderEntry entry) => IsNamed ? null : entry.WhyNotInBlends;
}
