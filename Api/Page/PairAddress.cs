using Rates.Core;

namespace Rates.Api;

/// <summary>Answers <c>/EUR/USD</c>: leads to the page of the pair.</summary>
internal static class PairAddress
{
    /// <summary>Three letters, twice; only codes of currencies lead anywhere.</summary>
    public const string Pattern = "/{base:length(3)}/{quote:length(3)}";

    /// <summary>Answers the way to the page.</summary>
    public static Task ShowAsync(HttpContext context)
    {
        if (Code(context, "base") is not { } from || Code(context, "quote") is not { } to)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        context.Response.Redirect($"{PageLayout.RootOf(context.Request)}pair/{from}/{to}{context.Request.QueryString}", permanent: true);
        return Task.CompletedTask;
    }

    // The page explains a minor unit.
    private static string? Code(HttpContext context, string name)
    {
        var text = context.Request.RouteValues[name] as string;
        return text is not null && MinorUnits.IsByCase(text) ? text
            : Currency.TryParse(text, out var currency) && CurrencyTable.OrdinalOf(currency) >= 0 ? currency.Code
            : null;
    }
}
