namespace Rates.Core;

/// <summary>Tells addresses of the web from other texts.</summary>
public static class WebAddress
{
    /// <summary>True for a whole address of http or https; false for null and for any other text.</summary>
    public static bool IsOne(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
