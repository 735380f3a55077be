using System.Globalization;

namespace Rates.Api;

/// <summary>The errors in answers in Fixer's form: a number and a type in a body whose HTTP status is mostly 200.</summary>
internal static class FixerError
{
    /// <summary>103: there is no such endpoint.</summary>
    public static ProblemException NoSuchEndpoint() => Of(103, "invalid_api_function", "There is no such endpoint.");

    /// <summary>106: there are no rates.</summary>
    public static ProblemException NoRates() => Of(106, "no_rates_available", "Your query did not return any results. Please try again.");

    /// <summary>201: the base is not known.</summary>
    public static ProblemException BadBase() => Of(201, "invalid_base_currency", "There is no such base currency.");

    /// <summary>202: a symbol is not known.</summary>
    public static ProblemException BadSymbols() => Of(202, "invalid_currency_codes", "One or more currency codes are not known.");

    /// <summary>302: the day cannot be read, or lies in the future.</summary>
    public static ProblemException BadDate() => Of(302, "invalid_date", "The date is not a past day such as 2026-08-20.");

    /// <summary>403: the amount cannot be converted.</summary>
    public static ProblemException BadAmount() => Of(403, "invalid_conversion_amount", "amount is not a number above zero.");

    /// <summary>An error with the number and type that their clients know.</summary>
    public static ProblemException Of(int code, string type, string info) =>
        ProblemException.Of(StatusCodes.Status200OK, type, code.ToString(CultureInfo.InvariantCulture), info);

    /// <summary>The key of a request: <c>access_key</c>, or the header <c>apikey</c>.</summary>
    public static string? KeyOf(HttpRequest request) =>
        FacadeQuery.Value(request, "access_key") ?? (request.Headers["apikey"].ToString() is { Length: > 0 } key ? key : null);

    /// <summary>Writes an error.</summary>
    public static Task WriteAsync(HttpContext context, ProblemException problem)
    {
        var (code, type) = problem.Status switch
        {
            StatusCodes.Status200OK => (int.Parse(problem.Value!, CultureInfo.InvariantCulture), problem.Parameter!),
            StatusCodes.Status401Unauthorized => (101, KeyOf(context.Request) is null ? "missing_access_key" : "invalid_access_key"),
            StatusCodes.Status429TooManyRequests => (104, "usage_limit_reached"),
            StatusCodes.Status404NotFound => (404, "404_not_found"),
            var other => (other, "request_failed"),
        };
        return FacadeAnswer.SendErrorAsync(
            context,
            json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("success", false);
                json.WriteStartObject("error");
                json.WriteNumber("code", code);
                json.WriteString("type", type);
                json.WriteString("info", problem.Message);
                json.WriteEndObject();
                json.WriteEndObject();
            },
            FacadeAnswer.Callback(context.Request));
    }
}
