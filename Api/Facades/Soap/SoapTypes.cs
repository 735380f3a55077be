using System.Xml.Serialization;

namespace Rates.Api;

/// <summary>One rate in a SOAP answer: the value, its pair, its day and the providers that it comes from.</summary>
[XmlType("Rate", Namespace = IRatesSoap.Namespace)]
public sealed class SoapRate
{
    /// <summary>
    /// Keys of the providers whose figures it is made of, with spaces between them; in histories of combined rates, of those of any day.
    /// </summary>
    public string Providers { get; set; } = "";

    /// <summary>
    /// The day it holds for; of a combined rate, that of its oldest figure. Empty for none, and in histories of combined rates.
    /// </summary>
    public string AsOf { get; set; } = "";

    /// <summary>1 base = rate quote.</summary>
    public string Base { get; set; } = "";

    /// <summary>The quote; empty in the row of a provider that has none of those that were asked for.</summary>
    public string Quote { get; set; } = "";

    /// <summary>The figure, with its published digits; none where there is no rate.</summary>
    [XmlElement(IsNullable = true)]
    public decimal? Rate { get; set; }

    /// <summary>True for a cross.</summary>
    public bool Derived { get; set; }

    /// <summary>True when no second source has confirmed the rate.</summary>
    public bool Unconfirmed { get; set; }

    /// <summary>fresh, closed, stale, unconfirmed and so on; empty in histories.</summary>
    public string Status { get; set; } = "";

    /// <summary>What there is to explain; empty when there is nothing.</summary>
    public string Note { get; set; } = "";

    /// <summary>In histories of every calendar day and of combined rates, the day that the rate answers for.</summary>
    public string? Date { get; set; }

    /// <summary>The day of the newest figure of a combined rate.</summary>
    public string? Newest { get; set; }

    /// <summary>How many independent providers a combined rate was made of.</summary>
    public int? Count { get; set; }

    /// <summary>The lowest rate used for a combined rate.</summary>
    public decimal? Min { get; set; }

    /// <summary>The highest rate used for a combined rate.</summary>
    public decimal? Max { get; set; }

    /// <summary>(max - min) / middle of a combined rate, as a fraction.</summary>
    public decimal? Spread { get; set; }

    /// <summary>Keys of the providers that a combined rate leaves out as outliers, with spaces between them.</summary>
    public string? Outliers { get; set; }

    /// <summary>The rule of the policy that gave the rate.</summary>
    public string? Rule { get; set; }

    /// <summary>Whether <see cref="Count"/> is written: not where it is null.</summary>
    public bool ShouldSerializeCount() => Count is not null;

    /// <summary>Whether <see cref="Min"/> is written: not where it is null.</summary>
    public bool ShouldSerializeMin() => Min is not null;

    /// <summary>Whether <see cref="Max"/> is written: not where it is null.</summary>
    public bool ShouldSerializeMax() => Max is not null;

    /// <summary>Whether <see cref="Spread"/> is written: not where it is null.</summary>
    public bool ShouldSerializeSpread() => Spread is not null;
}

/// <summary>One converted amount in a SOAP answer, with the rate that was used.</summary>
[XmlType("Conversion", Namespace = IRatesSoap.Namespace)]
public sealed class SoapConversion
{
    /// <summary>The currency converted from.</summary>
    public string From { get; set; } = "";

    /// <summary>The currency converted to.</summary>
    public string To { get; set; } = "";

    /// <summary>The amount in <see cref="From"/>.</summary>
    public decimal Amount { get; set; }

    /// <summary>The rate as it is shown; none when the providers contradict each other.</summary>
    [XmlElement(IsNullable = true)]
    public decimal? Rate { get; set; }

    /// <summary>The amount in <see cref="To"/>; none when the providers contradict each other.</summary>
    [XmlElement(IsNullable = true)]
    public decimal? Result { get; set; }

    /// <summary>The day of the oldest figure used.</summary>
    public string AsOf { get; set; } = "";

    /// <summary>Keys of the providers used, with spaces between them.</summary>
    public string Providers { get; set; } = "";

    /// <summary>True when no second source has confirmed the rate.</summary>
    public bool Unconfirmed { get; set; }

    /// <summary>fresh, closed, stale, unconfirmed and so on.</summary>
    public string Status { get; set; } = "";

    /// <summary>What there is to explain; empty when there is nothing.</summary>
    public string Note { get; set; } = "";

    /// <summary>How providers were combined.</summary>
    public string? Select { get; set; }

    /// <summary>Units of <see cref="From"/> for 1 unit of <see cref="To"/>.</summary>
    public decimal? Inverse { get; set; }

    /// <summary>(max - min) / middle of the rates used, as a fraction; none of a single rate.</summary>
    public decimal? Spread { get; set; }

    /// <summary>The pairs that the rate of a single provider was computed from.</summary>
    public string? Path { get; set; }

    /// <summary>The rule of the policy that gave the rate.</summary>
    public string? Rule { get; set; }

    /// <summary>The newest day among the figures used; none when all are of one day.</summary>
    public string? Newest { get; set; }

    /// <summary>The oldest day among the figures used; none when all are of one day.</summary>
    public string? Oldest { get; set; }

    /// <summary>Whether <see cref="Inverse"/> is written: not where it is null.</summary>
    public bool ShouldSerializeInverse() => Inverse is not null;

    /// <summary>Whether <see cref="Spread"/> is written: not where it is null.</summary>
    public bool ShouldSerializeSpread() => Spread is not null;
}

/// <summary>One provider in a SOAP answer, with its name and the age of its rates.</summary>
[XmlType("Provider", Namespace = IRatesSoap.Namespace)]
public sealed class SoapProvider
{
    /// <summary>Its key.</summary>
    public string Key { get; set; } = "";

    /// <summary>The institution's name.</summary>
    public string Name { get; set; } = "";

    /// <summary>fresh, closed, stale, frozen, retired or missing.</summary>
    public string Status { get; set; } = "";

    /// <summary>The day of its latest sheet; empty for none.</summary>
    public string AsOf { get; set; } = "";

    /// <summary>Address of its terms of use; empty where none are known.</summary>
    public string Terms { get; set; } = "";
}

/// <summary>One currency in a SOAP answer, with its English name and decimal places.</summary>
[XmlType("Currency", Namespace = IRatesSoap.Namespace)]
public sealed class SoapCurrency
{
    /// <summary>Its code.</summary>
    public string Code { get; set; } = "";

    /// <summary>Its English name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Decimal places of an amount.</summary>
    public int MinorDigits { get; set; }
}
