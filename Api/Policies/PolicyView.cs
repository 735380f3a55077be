namespace Rates.Api;

/// <summary>A policy (a named choice of providers, day and rounding that a request may name), as <c>/v1/policies</c> answers it.</summary>
/// <param name="Name">Its name in <c>policy=</c>.</param>
/// <param name="Title">What it is for.</param>
/// <param name="Basis">Address of the rule or the source that it follows; left out where none is given.</param>
/// <param name="Providers">Keys of its providers, in order of preference; empty for every provider that blends use by default.</param>
/// <param name="Select">How they are combined: first, median, mean or consensus.</param>
/// <param name="Day">Which day's figure it takes: on-or-before, working-day-before, quarter-end or month.</param>
/// <param name="Round">Decimal places of the result of a conversion, or minor; left out where the request decides.</param>
/// <param name="Rounding">half-up, half-even, up or down; left out where the request decides.</param>
internal sealed record PolicyView(
    string Name, string Title, string? Basis, IReadOnlyList<string> Providers, string Select, string Day, string? Round, string? Rounding)
{
    /// <summary>Makes the view of a policy.</summary>
    public static PolicyView Of(Policy policy) => new(
        policy.Name, policy.Title, policy.Basis.Length > 0 ? policy.Basis : null, policy.Providers, policy.Select.ToText(),
        policy.Day.ToText(), policy.Rounding?.PlacesText, policy.Rounding?.Mode.ToText());
}
