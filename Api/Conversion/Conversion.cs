namespace Rates.Api;

/// <summary>The result of converting one amount, or the error that prevented it, as <c>/v1/convert</c> answers it.</summary>
internal sealed record Conversion
{
    /// <summary>Number of the row it answers, from 1; left out for a single conversion.</summary>
    public int? Row { get; init; }

    /// <summary>The currency converted from.</summary>
    public string? From { get; init; }

    /// <summary>The currency converted to.</summary>
    public string? To { get; init; }

    /// <summary>The amount in the currency converted from.</summary>
    public decimal? Amount { get; init; }

    /// <summary>How providers were combined.</summary>
    public string? Select { get; init; }

    /// <summary>Units of <c>to</c> for 1 unit of <c>from</c>; left out when there is no rate.</summary>
    public decimal? Rate { get; init; }

    /// <summary>Units of <c>from</c> for 1 unit of <c>to</c>: 1 / unrounded rate, to ten digits; left out when there is no rate.</summary>
    public decimal? Inverse { get; init; }

    /// <summary>amount x unrounded rate, rounded as asked; left out when there is none.</summary>
    public decimal? Result { get; init; }

    /// <summary>The day the rate holds for; of several figures the oldest day. Left out between units of one currency.</summary>
    public string? AsOf { get; init; }

    /// <summary>The newest day among the figures used; left out when all are of one day.</summary>
    public string? Newest { get; init; }

    /// <summary>The oldest day among the figures used; left out when all are of one day.</summary>
    public string? Oldest { get; init; }

    /// <summary>Keys of the providers whose rates were used; left out between units of one currency, which needs no rate.</summary>
    public IReadOnlyList<string>? Providers { get; init; }

    /// <summary>(max - min) / middle of the rates used, as a fraction; left out for a single rate.</summary>
    public decimal? Spread { get; init; }

    /// <summary>The status of the provider when a single one was used; else fresh, stale or unconfirmed for all of them.</summary>
    public string? Status { get; init; }

    /// <summary>True when no second source has confirmed the rate; left out when it is confirmed.</summary>
    public bool? Unconfirmed { get; init; }

    /// <summary>The pairs that the rate was computed from when a single provider was used.</summary>
    public string? Path { get; init; }

    /// <summary>A warning to the reader; left out when there is none.</summary>
    public string? Note { get; init; }

    /// <summary>Name of the policy that chose the rate; left out without one.</summary>
    public string? Policy { get; init; }

    /// <summary>The rule of the policy that gave the rate; left out without one.</summary>
    public string? Rule { get; init; }

    /// <summary>Why there is no result; left out when there is one.</summary>
    public RowError? Error { get; init; }
}

/// <summary>Why <c>/v1/convert</c> could not convert one row, as it is written in the answer.</summary>
/// <param name="Field">The name of the wrong field; left out when no field is wrong.</param>
/// <param name="Value">Its value.</param>
/// <param name="Detail">What is wrong.</param>
internal sealed record RowError(string? Field, string? Value, string Detail);

/// <summary>One amount as each provider would convert it, as <c>/v1/convert</c> answers it.</summary>
internal sealed record ConversionsByProvider(string From, string To, decimal Amount, string Select, IReadOnlyList<Conversion> Conversions);
