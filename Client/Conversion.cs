namespace Rates.Client;

/// <summary>One amount for the service to convert, with its currencies.</summary>
/// <param name="Amount">The amount, in units of <paramref name="From"/>.</param>
/// <param name="From">The currency to convert from, or a minor unit: GBX, ZAC, ILA.</param>
/// <param name="To">The currency or minor unit to convert to.</param>
/// <param name="Date">The day of the rate; null for the latest.</param>
/// <param name="Provider">Key of the only provider to use; null for the rest of the request to decide.</param>
public sealed record AmountToConvert(decimal Amount, string From, string To, DateOnly? Date = null, string? Provider = null);

/// <summary>
/// The options of a conversion by the service: providers, how their rates are combined, day, rounding. Nothing in it is required.
/// </summary>
public sealed record ConversionSettings
{
    /// <summary>Keys of the providers to use; empty for every provider that may enter a blend.</summary>
    public IReadOnlyList<string> Providers { get; init; } = [];

    /// <summary>How their rates are combined; null for the median.</summary>
    public Selection? Select { get; init; }

    /// <summary>The day of the rate; null for the latest.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Rates as the service knew them at this instant, before later corrections. Null for now.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>Decimal places of the results, 0 to 12; null for all that are significant.</summary>
    public int? Round { get; init; }

    /// <summary>True to round to the smallest unit of each currency, such as 2 places for USD and 0 for JPY; not with <see cref="Round"/>.
    /// </summary>
    public bool RoundToMinorUnit { get; init; }

    /// <summary>How results are rounded; null for <see cref="ConversionRounding.HalfUp"/>. Needs places to round to.</summary>
    public ConversionRounding? Rounding { get; init; }

    /// <summary>The name of a policy, which chooses providers, selection, day and perhaps rounding; null for none.</summary>
    public string? Policy { get; init; }
}

/// <summary>How the service rounds the result of a conversion.</summary>
public enum ConversionRounding
{
    /// <summary>To the nearest; a half away from zero.</summary>
    HalfUp,

    /// <summary>To the nearest; a half to the even neighbour.</summary>
    HalfEven,

    /// <summary>Away from zero.</summary>
    Up,

    /// <summary>Towards zero.</summary>
    Down,
}

/// <summary>The result of converting one amount by the service, or the error that prevented it.</summary>
public sealed record Conversion : RatesAnswer
{
    /// <summary>Number of the amount in the request, from 1; null for a single one.</summary>
    public int? Row { get; init; }

    /// <summary>The currency converted from; null when it could not be read.</summary>
    public string? From { get; init; }

    /// <summary>The currency converted to; null when it could not be read.</summary>
    public string? To { get; init; }

    /// <summary>The amount, in units of <see cref="From"/>; null when it could not be read.</summary>
    public decimal? Amount { get; init; }

    /// <summary>How the providers were combined.</summary>
    public string? Select { get; init; }

    /// <summary>Units of <see cref="To"/> for 1 unit of <see cref="From"/>; null when there is none.</summary>
    public decimal? Rate { get; init; }

    /// <summary>The converted amount, in units of <see cref="To"/>; null when there is none.</summary>
    public decimal? Result { get; init; }

    /// <summary>The day that the rate holds for; of several figures the oldest day.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The newest day among the figures used; null when all are of one day.</summary>
    public DateOnly? Newest { get; init; }

    /// <summary>The oldest day among the figures used; null when all are of one day.</summary>
    public DateOnly? Oldest { get; init; }

    /// <summary>Keys of the providers used; null when there are none.</summary>
    public IReadOnlyList<string>? Providers { get; init; }

    /// <summary>(max - min) / middle of the rates used, as a fraction; null for a single rate.</summary>
    public decimal? Spread { get; init; }

    /// <summary>The status of the provider used, or fresh, stale or unconfirmed for several.</summary>
    public string? Status { get; init; }

    /// <summary>True when no second source has confirmed the rate.</summary>
    public bool Unconfirmed { get; init; }

    /// <summary>The pairs that the rate was computed from when a single provider was used; else null.</summary>
    public string? Path { get; init; }

    /// <summary>A warning to the reader; null when there is none.</summary>
    public string? Note { get; init; }

    /// <summary>Units of <see cref="From"/> for 1 unit of <see cref="To"/>; null when there is no rate.</summary>
    public decimal? Inverse { get; init; }

    /// <summary>The policy that chose the rate; null for none.</summary>
    public string? Policy { get; init; }

    /// <summary>The rule of the policy that gave the rate; null without one.</summary>
    public string? Rule { get; init; }

    /// <summary>Why there is no result; null when there is one.</summary>
    public ConversionError? Error { get; init; }
}

/// <summary>Why the service did not convert an amount.</summary>
/// <param name="Field">The name of the wrong field; null when no single field is wrong.</param>
/// <param name="Value">Its value; null when there is none.</param>
/// <param name="Detail">What is wrong.</param>
public sealed record ConversionError(string? Field, string? Value, string Detail);
