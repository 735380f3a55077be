using Rates.Providers;

namespace Rates.Worker;

/// <summary>Reads the reason that a source gives for an answer with another status than 200.</summary>
internal static class RefusalReason
{
    // The answer is told with its status alone when the reason is longer than any that people read.
    private const int MostBytes = 16 << 10;

    /// <summary>
    /// The reason in the source's words, from a JSON body; null when there is none, or it has not come whole within
    /// <paramref name="deadline"/>. Never throws for what the source sends: the status is the failure.
    /// </summary>
    public static async Task<string?> OfAsync(
        HttpResponseMessage response, TimeSpan deadline, TimeProvider time, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return null;
        }

        using var late = new CancellationTokenSource(deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await using var wire = await response.Content.ReadAsStreamAsync(either.Token);
            var (bytes, _) = await BoundedBody.ReadAsync(wire, response.Content.Headers.ContentEncoding, MostBytes, either.Token);
            return ReportedError.Of(bytes);
        }
        catch (Exception problem) when (
            problem is HttpRequestException or IOException or InvalidDataException
            || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
