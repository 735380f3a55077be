using System.Text.Json;

namespace Rates.Api;

/// <summary>A request for one operation, as a transport received it.</summary>
/// <param name="Operation">The operation's name.</param>
/// <param name="Parameters">Names and values as in an HTTP query, decoded. A name that HTTP has in the path stands among them.</param>
public sealed record OperationRequest(string Operation, IReadOnlyList<KeyValuePair<string, string>> Parameters)
{
    /// <summary>The media types that the client takes, as in the header Accept; empty when it names none, which means JSON.</summary>
    public string Accept { get; init; } = "";

    /// <summary>An API key; empty for a request without credentials.</summary>
    public string ApiKey { get; init; } = "";
}

/// <summary>What the Api answers to an <see cref="OperationRequest"/>.</summary>
/// <param name="Status">The HTTP status: 200, or that of the problem.</param>
/// <param name="ContentType">Such as <c>application/json; charset=utf-8</c>; <c>application/problem+json</c> for a problem.</param>
/// <param name="Body">The bytes that HTTP would answer.</param>
public sealed record OperationAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>True when this is an answer and no problem.</summary>
    public bool IsSuccess => Status == StatusCodes.Status200OK;

    /// <summary>What is wrong, in words; empty for an answer that is no problem.</summary>
    public string Detail
    {
        get
        {
            if (ContentType != ApiProblems.ContentType)
            {
                return "";
            }

            using var document = JsonDocument.Parse(Body);
            return document.RootElement.GetProperty("detail").GetString() ?? "";
        }
    }

    /// <summary>A problem as the Api writes it.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="detail">What is wrong, with the value and what to do; the client sees it.</param>
    public static OperationAnswer Problem(int status, string detail) =>
        Of(new ProblemException(status, detail), Guid.NewGuid().ToString("N"));

    internal static OperationAnswer Of(ProblemException problem, string requestId) =>
        new(problem.Status, ApiProblems.ContentType, ApiProblems.Encode(problem, requestId).ToArray());
}
