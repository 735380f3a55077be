using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Rates.Store;

namespace Rates.Api;

/// <summary>Writes every error as problem+json: what is wrong, which value, and the request's id to ask about.</summary>
internal static class ApiProblems
{
    private const string ContentType = "application/problem+json";

    // Long enough not to hammer, short enough for the first sheet after a first start.
    private const string RetryAfterSeconds = "2";

    /// <summary>Runs <paramref name="handler"/>; what it throws on purpose becomes a problem.</summary>
    public static RequestDelegate Guard(RequestDelegate handler) => context =>
    {
        try
        {
            var running = handler(context);
            return running.IsCompletedSuccessfully ? running : GuardAsync(context, running);
        }
        catch (ProblemException problem)
        {
            return WriteAsync(context, problem);
        }
    };

    /// <summary>What failed without a word of its own: unmatched routes, wrong methods.</summary>
    public static Task WriteStatusAsync(StatusCodeContext failed)
    {
        var context = failed.HttpContext;
        var status = context.Response.StatusCode;
        return WriteAsync(context, new ProblemException(status, status switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at {context.Request.Path}; /openapi/v1.json lists what there is",
            StatusCodes.Status405MethodNotAllowed => $"{context.Request.Path} does not take {context.Request.Method}",
            _ => ReasonPhrases.GetReasonPhrase(status),
        }));
    }

    /// <summary>What nobody expected: says so without details, which are in the log under the request's id.</summary>
    public static Task WriteUnexpectedAsync(HttpContext context) => WriteAsync(context, context.Features.Get<IExceptionHandlerFeature>()?.Error switch
    {
        BadHttpRequestException bad => new ProblemException(bad.StatusCode, bad.Message),
        _ => new ProblemException(StatusCodes.Status500InternalServerError, "The request failed unexpectedly; the log has it under the requestId"),
    });

    /// <summary>Writes one problem.</summary>
    public static Task WriteAsync(HttpContext context, ProblemException problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds;
        }

        var details = new ProblemDetails
        {
            Status = problem.Status,
            Title = ReasonPhrases.GetReasonPhrase(problem.Status),
            Detail = problem.Message,
            Extensions = { ["requestId"] = context.TraceIdentifier },
        };
        if (problem.Parameter is not null)
        {
            details.Extensions["parameter"] = problem.Parameter;
        }

        if (problem.Value is not null)
        {
            details.Extensions["value"] = problem.Value;
        }

        return AnswerSender.SendJsonAsync(context, details, json => json.ProblemDetails, ContentType);
    }

    private static async Task GuardAsync(HttpContext context, Task running)
    {
        try
        {
            await running;
        }
        catch (ProblemException problem)
        {
            await WriteAsync(context, problem);
        }
        catch (BadHttpRequestException bad)
        {
            await WriteAsync(context, new ProblemException(bad.StatusCode, bad.Message));
        }
        catch (StoreUnavailableException)
        {
            await WriteAsync(context, new ProblemException(StatusCodes.Status503ServiceUnavailable, "The store of past rates cannot be reached; the latest rates are not affected"));
        }
    }
}
