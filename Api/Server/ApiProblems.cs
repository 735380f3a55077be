using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Rates.Store;

namespace Rates.Api;

/// <summary>Writes every error of the Api as problem+json: what is wrong, with which value, and the id of the request in the log.</summary>
internal static partial class ApiProblems
{
    /// <summary>The content type of a problem.</summary>
    public const string ContentType = "application/problem+json";

    private static readonly AnswerJson<ProblemDetails> Json = new(options => new ProblemJson(options).ProblemDetails);

    // The first sheet after a first start comes within seconds.
    private const string RetryAfterSeconds = "2";

    /// <summary>Wraps a handler: a <see cref="ProblemException"/>, a refused body or an unreachable store becomes a problem.</summary>
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

    /// <summary>
    /// Writes the problem of a request that ended with an error status and no body, such as an unknown path or a wrong method.
    /// </summary>
    public static Task WriteStatusAsync(StatusCodeContext failed)
    {
        var context = failed.HttpContext;
        var status = context.Response.StatusCode;
        if (status == StatusCodes.Status405MethodNotAllowed && HttpMethods.IsOptions(context.Request.Method))
        {
            return AnswerOptions(context.Response);
        }

        // Who has no role learns nothing of what there is for operators.
        if (status == StatusCodes.Status404NotFound && Caller.Of(context).Role < AccessRole.Ops
            && context.Request.Path.StartsWithSegments("/v1/ops", StringComparison.OrdinalIgnoreCase))
        {
            return WriteAsync(context, Authenticator.Unauthorized(
                context, $"{context.Request.Path} asks for the role ops: sign in, or send an API key"));
        }

        return WriteAsync(context, new ProblemException(status, status switch
        {
            StatusCodes.Status404NotFound => $"There is nothing at {context.Request.Path}; /openapi/v1.json lists what there is",
            StatusCodes.Status405MethodNotAllowed => $"{context.Request.Path} does not take {context.Request.Method}",
            StatusCodes.Status415UnsupportedMediaType => BodyTypes(context).ToList() is { Count: > 0 } types
                ? $"{context.Request.Path} reads {string.Join(" and ", types)}"
                : $"{context.Request.Path} does not read {context.Request.ContentType ?? "a body without a content type"}",
            _ => ReasonPhrases.GetReasonPhrase(status),
        }));
    }

    // Routing has set Allow to the methods of the path.
    private static Task AnswerOptions(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.Allow = $"{response.Headers.Allow}, OPTIONS";
        HeaderValues.AllowAnyOrigin(response.Headers);
        return Task.CompletedTask;
    }

    // The endpoint that refused the type is not the one that was requested, so that one is looked up by its path.
    private static IEnumerable<string> BodyTypes(HttpContext context) =>
        context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => string.Equals(endpoint.RoutePattern.RawText, context.Request.Path.Value, StringComparison.OrdinalIgnoreCase))
        .SelectMany(endpoint => endpoint.Metadata.GetOrderedMetadata<IAcceptsMetadata>())
        .SelectMany(accepts => accepts.ContentTypes)
        .Distinct();

    /// <summary>Writes the problem of an unexpected exception, without details: those are in the log with the request's id.</summary>
    public static Task WriteUnexpectedAsync(HttpContext context)
    {
        var failure = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var problem = Unexpected(failure);
        if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            // The framework has logged the exception, without the id that the answer names.
            Log.Failed(
                context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiProblems)), context.TraceIdentifier,
                context.Request.Method, context.Request.Path, failure?.GetType().Name ?? "");
        }

        return WriteAsync(context, problem);
    }

    /// <summary>The problem of an exception that nobody expected, without details; of damaged rates with provider and day.</summary>
    public static ProblemException Unexpected(Exception? failure) => failure switch
    {
        BadHttpRequestException bad => new(bad.StatusCode, bad.Message),
        CorruptSheetException damaged => new(
            StatusCodes.Status500InternalServerError,
            $"What the store has of these rates is damaged. {damaged.Message}. A back-fill of those days stores them again"),
        _ => new(StatusCodes.Status500InternalServerError, "The request failed unexpectedly; the log has it under the requestId"),
    };

    /// <summary>
    /// Writes one problem; below the path of a façade in the way of the service that it stands for, for a browser as a page.
    /// </summary>
    public static Task WriteAsync(HttpContext context, ProblemException problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds;
        }

        return Facades.Of(context) is { } facade
            ? facade.WriteProblemAsync(context, problem)
            : ProblemPage.IsWanted(context.Request) ? ProblemPage.WriteAsync(context, problem)
            : AnswerSender.SendJsonAsync(context, DetailsOf(problem, context.TraceIdentifier), Json, ContentType);
    }

    /// <summary>The bytes of a problem, for an answer that no middleware writes.</summary>
    public static ReadOnlyMemory<byte> Encode(ProblemException problem, string requestId)
    {
        var buffer = ByteBuffer.Rent();
        Json.Write(buffer, DetailsOf(problem, requestId), numbersAsText: false);
        return buffer.Written;
    }

    private static ProblemDetails DetailsOf(ProblemException problem, string requestId)
    {
        var details = new ProblemDetails
        {
            Status = problem.Status,
            Title = ReasonPhrases.GetReasonPhrase(problem.Status),
            Detail = problem.Message,
            Extensions = { ["requestId"] = requestId },
        };
        if (problem.Parameter is not null)
        {
            details.Extensions["parameter"] = problem.Parameter;
        }

        if (problem.Value is not null)
        {
            details.Extensions["value"] = problem.Value;
        }

        return details;
    }

    private static async Task GuardAsync(HttpContext context, Task running)
    {
        try
        {
            await running;
        }
        catch (Exception) when (context.Response.HasStarted)
        {
            // Part of the answer is sent: only an ended connection shows the client that the rest is missing.
            context.Abort();
            throw;
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
            await WriteAsync(context, RatesProblems.StoreAway());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} failed unexpectedly with {Exception}: {Method} {Path}")]
        public static partial void Failed(ILogger logger, string requestId, string method, PathString path, string exception);
    }
}

/// <summary>JSON metadata of the Api's errors (problem+json); their extension members are strings.</summary>
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(string))]
internal sealed partial class ProblemJson : JsonSerializerContext;
