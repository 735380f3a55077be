namespace Rates.Core;

/// <summary>
/// The decision which providers' rates of a pair go into a combined rate (their providers are called witnesses), and why others do not.
/// </summary>
/// <param name="Used">The witnesses, in the order of the candidates; empty only when there is no candidate.</param>
/// <param name="LeftOut">The other candidates, each with its reason.</param>
/// <param name="IsStale">True when even the newest figure is too old at the requested day.</param>
/// <param name="IsUnconfirmed">True when the pair has only unconfirmed figures.</param>
/// <param name="Note">The reason in words, for people; empty when the choice is neither stale nor unconfirmed.</param>
public sealed record BlendChoice(
    IReadOnlyList<BlendInput> Used, IReadOnlyList<LeftOutProvider> LeftOut, bool IsStale, bool IsUnconfirmed, string Note);

/// <summary>A provider whose rate does not go into a combined rate, with the reason.</summary>
/// <param name="Provider">Its key.</param>
/// <param name="Reason">Why, as text for people.</param>
public readonly record struct LeftOutProvider(string Provider, string Reason);
