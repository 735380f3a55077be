using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Reads the query parameters of requests to façades (interfaces of other services): names that are not known are ignored, as the original
/// services do.
/// </summary>
internal static class FacadeQuery
{
    /// <summary>The value of the first of these parameters that has one; null when none has.</summary>
    public static string? Value(HttpRequest request, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (request.Query[name].ToString().Trim() is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The known currencies among codes with commas between them, and the first code that is not known.</summary>
    /// <param name="codes">The codes; null for no list.</param>
    /// <returns>No list when <paramref name="codes"/> is null.</returns>
    public static (IReadOnlyList<Currency>? Known, string? Unknown) Currencies(string? codes)
    {
        if (codes is null)
        {
            return (null, null);
        }

        var all = codes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Take(RatesLimits.Quotes).Select(code => (Code: code, Known: CurrencyValues.Find(code))).ToList();
        return ([.. all.Select(one => one.Known).OfType<Currency>().Distinct()], all.Find(one => one.Known is null).Code);
    }

    /// <summary>An amount above zero, read without rounding; null for anything else.</summary>
    public static decimal? Amount(string text) =>
        ExactDecimal.Read(text, allowExponent: true, out var amount) is null && amount > 0 ? amount : null;

    /// <summary>True for <c>true</c> and <c>1</c>.</summary>
    public static bool IsTrue(HttpRequest request, string name) => request.Query[name].ToString() is "1" or "true";

    /// <summary>The route value of that name; empty when there is none.</summary>
    public static string Route(HttpRequest request, string name) => request.RouteValues[name] as string ?? "";
}
