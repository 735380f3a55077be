using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Rates.Providers;

namespace Rates.Worker;

/// <summary>Says in words why a receiver did not take a message, without its address.</summary>
internal static class PostProblem
{
    /// <summary>It answered with a status that is not 2xx.</summary>
    public static string OfStatus(int status, bool isRedirect) => string.Create(
        CultureInfo.InvariantCulture,
        $"it answered {status}{(isRedirect && status is >= 300 and < 400 ? ", and redirects are not followed" : "")}");

    /// <summary>There was no answer.</summary>
    public static string Of(HttpRequestException problem)
    {
        for (Exception? inner = problem; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case ProviderException forbidden:
                    return forbidden.Reason;
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return "the connection was refused";
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return "the name of its host has no address";
                case SocketException { SocketErrorCode: SocketError.ConnectionReset }:
                    return "it reset the connection";
                case AuthenticationException:
                    return $"TLS failed: {inner.Message}";
                case SocketException socket:
                    return $"it cannot be reached ({socket.SocketErrorCode})";
            }
        }

        return problem.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "the name of its host has no address",
            HttpRequestError.SecureConnectionError => "TLS failed",
            HttpRequestError.ResponseEnded => "it ended the connection without an answer",
            HttpRequestError.InvalidResponse => "it answered something else than HTTP",
            HttpRequestError.ConfigurationLimitExceeded => "the headers of its answer are too long",
            var other => $"it cannot be reached ({other})",
        };
    }
}
