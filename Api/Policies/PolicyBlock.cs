using Rates.Core;

namespace Rates.Api;

/// <summary>
/// The settings of one policy (a named choice of providers, day and rounding): <c>Rates:Api:Policies:&lt;name&gt;</c>, over those that ship
/// under that name, if any do.
/// </summary>
internal sealed class PolicyBlock
{
    /// <summary>Whether requests may name it; true unless set.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What it is for, in one line.</summary>
    public string Title { get; set; } = "";

    /// <summary>Address of the rule or of the source that it follows, of http or https; empty for none.</summary>
    public string Basis { get; set; } = "";

    /// <summary>Keys of its providers, in any case, in order of preference; empty for every provider that blends use by default.</summary>
    public IList<string> Providers { get; init => field = [.. ProviderKey.Written(value)]; } = [];

    /// <summary>How they are combined: first, median, mean or consensus; first unless set.</summary>
    public string Select { get; set; } = "first";

    /// <summary>Which day's figure it takes: on-or-before, working-day-before, quarter-end or month; on-or-before unless set.</summary>
    public string Day { get; set; } = "on-or-before";

    /// <summary>Decimal places of the result of a conversion, or <c>minor</c>; empty to leave that to the request.</summary>
    public string Round { get; set; } = "";

    /// <summary>half-up, half-even, up or down; empty for half-up. Only with <see cref="Round"/>.</summary>
    public string Rounding { get; set; } = "";
}
