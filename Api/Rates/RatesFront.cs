using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Rates.Telemetry;

namespace Rates.Api;

/// <summary>
/// Answers <c>GET /v1/rates</c> straight from the server, before the host makes a context of the request and hands it through the
/// middleware: what is requested most often waits for nothing that it does not need. Everything else, and whatever this cannot answer at
/// once, goes the usual way, which gives the same answers.
/// </summary>
internal sealed class RatesFront(
    RatesEndpoint rates, AccessGate gate, IConfiguration configuration, IServiceProvider services)
{
    /// <summary>
    /// Whether it may answer at all: not where each request is measured, and not where the host answers to some names only, because both
    /// happen in the host.
    /// </summary>
    public bool IsOn { get; } = services.GetService<IOptions<TelemetryOptions>>()?.Value.Requests != true
        && configuration["AllowedHosts"] is null or "" or "*";

    /// <summary>Begins to send the answer to a request. False when it does not answer that one, and has changed nothing.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="response">Takes the headers.</param>
    /// <param name="body">Takes the bytes.</param>
    /// <param name="sending">Ends when the answer is sent.</param>
    public bool TryAnswer(
        IHttpRequestFeature request, IHttpResponseFeature response, IHttpResponseBodyFeature body, out Task sending)
    {
        sending = Task.CompletedTask;
        var target = request.RawTarget;
        if (!target.StartsWith(RatesEndpoint.Path, StringComparison.Ordinal) || !IsEndOfPath(target) || !HttpMethods.IsGet(request.Method)
            || !gate.IsOpenTo(request.Headers) || !AnswerFormats.IsUsual(request.Headers.Accept)
            || Preconditions.WantsUnchanged(request.Headers))
        {
            return false;
        }

        try
        {
            return rates.TryAnswerAtOnce(new(request, response, body), target.AsSpan(RatesEndpoint.Path.Length), out sending);
        }
        catch (ProblemException)
        {
            // The usual way finds the same problem, and writes it.
            return false;
        }
    }

    private static bool IsEndOfPath(string target) =>
        target.Length == RatesEndpoint.Path.Length || target[RatesEndpoint.Path.Length] == '?';
}
