namespace Rates.Api;

/// <summary>The query parameters there are; each endpoint takes a set of them, and refuses the others.</summary>
[Flags]
internal enum Parameters
{
    /// <summary>None at all.</summary>
    None = 0,

    /// <summary><c>base</c>, a currency.</summary>
    Base = 1,

    /// <summary><c>quotes</c>, currencies.</summary>
    Quotes = 1 << 1,

    /// <summary><c>providers</c>, keys or <c>all</c>.</summary>
    Providers = 1 << 2,

    /// <summary><c>select</c>, how providers are combined.</summary>
    Select = 1 << 3,

    /// <summary><c>date</c>, a day.</summary>
    Date = 1 << 4,

    /// <summary><c>format</c>.</summary>
    Format = 1 << 5,

    /// <summary><c>numbers</c>, <c>number</c> or <c>string</c>.</summary>
    Numbers = 1 << 6,

    /// <summary><c>from</c> as a currency.</summary>
    FromCurrency = 1 << 7,

    /// <summary><c>to</c> as a currency.</summary>
    ToCurrency = 1 << 8,

    /// <summary><c>amount</c>.</summary>
    Amount = 1 << 9,

    /// <summary><c>round</c>, decimal places.</summary>
    Round = 1 << 10,

    /// <summary><c>from</c> as a day.</summary>
    FromDay = 1 << 11,

    /// <summary><c>to</c> as a day.</summary>
    ToDay = 1 << 12,

    /// <summary><c>group</c>, week or month.</summary>
    Group = 1 << 13,

    /// <summary>What every answer of rates takes.</summary>
    Common = Providers | Format | Numbers,
}
