namespace Rates.Api;

/// <summary>One amount in another currency.</summary>
internal sealed record Conversion
{
    /// <summary>The row it answers, from 1; left out when only one was asked for.</summary>
    public int? Row { get; init; }

    /// <summary>The currency converted from.</summary>
    public string? From { get; init; }

    /// <summary>The currency converted to.</summary>
    public string? To { get; init; }

    /// <summary>The amount in the first.</summary>
    public decimal? Amount { get; init; }

    /// <summary>How providers were combined.</summary>
    public string? Select { get; init; }

    /// <summary>Units of the second currency for 1 of the first; left out when there is none.</summary>
    public decimal? Rate { get; init; }

    /// <summary>amount x unrounded rate, rounded as asked; left out when there is none.</summary>
    public decimal? Result { get; init; }

    /// <summary>The day the rate holds for.</summary>
    public string? AsOf { get; init; }

    /// <summary>Whose figures were used.</summary>
    public IReadOnlyList<string>? Providers { get; init; }

    /// <summary>How far the figures lie apart, as a fraction.</summary>
    public decimal? Spread { get; init; }

    /// <summary>How the sheet of a single provider stands.</summary>
    public string? Status { get; init; }

    /// <summary>The pairs that a single provider's rate came through.</summary>
    public string? Path { get; init; }

    /// <summary>What a reader must know.</summary>
    public string? Note { get; init; }

    /// <summary>Why there is no result; left out when there is one.</summary>
    public RowError? Error { get; init; }
}

/// <summary>Why a row has no result.</summary>
/// <param name="Field">The field at fault; left out when it is none.</param>
/// <param name="Value">Its value.</param>
/// <param name="Detail">What is wrong.</param>
internal sealed record RowError(string? Field, string? Value, string Detail);

/// <summary>One amount, as each provider would convert it.</summary>
internal sealed record ConversionsByProvider(string From, string To, decimal Amount, string Select, IReadOnlyList<Conversion> Conversions);
