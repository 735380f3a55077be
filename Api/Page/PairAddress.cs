namespace Rates.Api;

/// <summary>Answers <c>/EUR/USD</c>: leads to the page of the pair.</summary>
internal static class PairAddress
{
    /// <summary>Three letters, twice; they lead anywhere only where one of the two is the code of a currency.</summary>
    public const string Pattern = "/{base:length(3)}/{quote:length(3)}";

    /// <summary>Answers the way to the page.</summary>
    public static Task ShowAsync(HttpContext context)
    {
        var (from, to) = (Code(context, "base"), Code(context, "quote"));
        if (from is null && to is null)
        {
            var request = context.Request;
            throw new ProblemException(
                StatusCodes.Status404NotFound,
                $"There is nothing at {request.Path}: neither {request.RouteValues["base"]} nor {request.RouteValues["quote"]} is the code "
                + "of a currency; /v1/currencies lists them");
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        // The page says of the other what it is not.
        from ??= Written(context, "base");
        to ??= Written(context, "quote");
        context.Response.Redirect($"{PageLayout.RootOf(context.Request)}pair/{from}/{to}{context.Request.QueryString}", permanent: true);
        return Task.CompletedTask;
    }

    private static string Written(HttpContext context, string name) =>
        Uri.EscapeDataString(context.Request.RouteValues[name] as string ?? "");

    // The page explains a minor unit.
    private static string? Code(HttpContext context, string name)
    {
        var text = context.Request.RouteValues[name] as string;
        return MinorUnits.IsByCase(text) ? text : CurrencyValues.Find(text)?.Code;
    }
}
