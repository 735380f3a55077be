namespace Rates.Api;

/// <summary>
/// Thrown by any code for a request that cannot be answered; <see cref="ApiProblems"/> writes it to the client as problem+json.
/// </summary>
/// <param name="status">The HTTP status.</param>
/// <param name="detail">What is wrong and with which value; the client sees it.</param>
internal sealed class ProblemException(int status, string detail) : Exception(detail)
{
    private const int EchoLength = 64;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The name of the wrong parameter or field; null when none is wrong.</summary>
    public string? Parameter { get; private init; }

    /// <summary>The value of that parameter, cut to 64 characters; null when there is none.</summary>
    public string? Value { get; private init; }

    /// <summary>400: a parameter has a value that it cannot have.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="why">Such as <c>is not a currency code</c>.</param>
    public static ProblemException BadValue(ReadOnlySpan<char> parameter, ReadOnlySpan<char> value, string why) =>
        new(StatusCodes.Status400BadRequest, $"{Cut(parameter)}: '{Cut(value)}' {why}") { Parameter = Cut(parameter), Value = Cut(value) };

    /// <summary>400: a parameter is not allowed here, missing, repeated or too long.</summary>
    public static ProblemException BadParameter(ReadOnlySpan<char> parameter, string why) =>
        new(StatusCodes.Status400BadRequest, $"{Cut(parameter)}: {why}") { Parameter = Cut(parameter) };

    /// <summary>404: the provider, currency or pair that a parameter names does not exist here.</summary>
    public static ProblemException Unknown(ReadOnlySpan<char> parameter, ReadOnlySpan<char> value, string why) =>
        new(StatusCodes.Status404NotFound, $"{Cut(parameter)}: '{Cut(value)}' {why}") { Parameter = Cut(parameter), Value = Cut(value) };

    /// <summary>Any other status, with the parameter or header at fault and its value.</summary>
    public static ProblemException Of(int status, string parameter, string value, string why) =>
        new(status, why) { Parameter = parameter, Value = value };

    /// <summary>A text of a client as messages repeat it, cut to 64 characters.</summary>
    // Half of a surrogate pair must not stay at the end.
    internal static string Cut(ReadOnlySpan<char> text) => text.Length <= EchoLength ? text.ToString()
        : $"{text[..(char.IsHighSurrogate(text[EchoLength - 1]) ? EchoLength - 1 : EchoLength)]}…";
}
