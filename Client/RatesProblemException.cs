using System.Net;

namespace Rates.Client;

/// <summary>Thrown when the service refuses a request; it says why.</summary>
public sealed class RatesProblemException : Exception
{
    internal RatesProblemException(HttpResponseMessage refusal, ProblemBody? problem)
        : base(problem?.Detail
            ?? $"The service answered {(int)refusal.StatusCode} without a reason; is its address that of a Rates service?")
    {
        Status = refusal.StatusCode;
        RetryAfter = RetryAfterOf(refusal);
        Parameter = problem?.Parameter;
        Value = problem?.Value;
        RequestId = problem?.RequestId;
    }

    /// <summary>
    /// 400 for a bad value, 401 or 403 for a missing right, 404 for an unknown provider, currency or pair, 429 for too many requests.
    /// </summary>
    public HttpStatusCode Status { get; }

    /// <summary>How long the service asks to wait before the next request; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The parameter that is wrong; null when none is.</summary>
    public string? Parameter { get; }

    /// <summary>Its value; null when there is none.</summary>
    public string? Value { get; }

    /// <summary>Under this id the service's log has the request; null when the answer had none.</summary>
    public string? RequestId { get; }

    /// <summary>How long an answer asks to wait; null when it does not say, or names a time of day.</summary>
    internal static TimeSpan? RetryAfterOf(HttpResponseMessage? answer) => answer?.Headers.RetryAfter?.Delta;
}

/// <summary>The body of an error answer of the service (problem details, RFC 9457).</summary>
internal sealed record ProblemBody(string? Detail, string? Parameter, string? Value, string? RequestId);
