namespace Rates.Core;

/// <summary>Makes one rate of several providers' rates.</summary>
public static class Blend
{
    /// <summary>Blends <paramref name="inputs"/>, given in the caller's order of preference.</summary>
    public static BlendedRate Of(BlendMethod method, IReadOnlyList<BlendInput> inputs) => inputs is [var first, ..]
        ? new(first.Rate, first.AsOf, 1, first.Rate, first.Rate, 0, [first.Provider], [], method.ToString())
        : new(null, default, 0, 0, 0, 0, [], [], "no provider covers the pair");
}
