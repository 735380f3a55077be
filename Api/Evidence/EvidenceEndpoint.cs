using System.Globalization;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Answers <c>/v1/evidence</c>: the bodies that a published sheet, or days of the past, were read from, as the source sent them.
/// </summary>
/// <param name="evidence">Null in a host without a store.</param>
/// <param name="finder">Finds the evidence of a sheet.</param>
internal sealed class EvidenceEndpoint(IEvidence? evidence, EvidenceFinder finder)
{
    private static readonly AnswerJson<EvidenceAnswer> Json = new(options => new EvidenceJson(options).EvidenceAnswer);

    /// <summary>Answers with the addresses, headers, instants and digests.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        QueryParser.RefuseParameters(context.Request);
        var found = await ReadAsync(context);
        var path = string.Create(CultureInfo.InvariantCulture, $"/v1/evidence/{found.Provider}/{found.Version}");
        var answer = new EvidenceAnswer(
            found.Provider, found.Version, found.IsBackfill, found.FetchedAt.ToText(), found.From.ToText(), found.To.ToText(),
            [
                .. found.Bodies.Select((body, number) => new EvidencePart(
                    body.Method, body.Address, body.ReceivedAt.ToText(), body.Headers, body.Digest, body.Length,
                    body.IsStored ? string.Create(CultureInfo.InvariantCulture, $"{path}/{number}") : null)),
            ]);
        HeaderValues.AllowAnyOrigin(context.Response.Headers);
        var buffer = ByteBuffer.Rent();
        Json.Write(buffer, answer, numbersAsText: false);
        await UncachedAnswer.SendAsync(context, buffer.Written.ToArray(), AnswerFormat.Json.ContentType());
    }

    /// <summary>Answers with the original bytes of one answer, as a download: they are the source's, and not trusted.</summary>
    public async Task HandleBodyAsync(HttpContext context)
    {
        QueryParser.RefuseParameters(context.Request);
        var found = await ReadAsync(context);
        var text = context.Request.RouteValues["number"]!.ToString()!;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= found.Bodies.Count
            || await ReadOrRefuseAsync(
                "number", text, () => evidence!.ReadBodyAsync(found.Bodies[number].Digest, context.RequestAborted)) is not { } bytes)
        {
            throw Missing("number", text, "no such answer is stored");
        }

        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox";
        headers.ContentDisposition = $"attachment; filename=\"{found.Provider}-{found.Version}-{number}\"";
        await UncachedAnswer.SendAsync(context, bytes, "application/octet-stream");
    }

    private static ProblemException Missing(string parameter, string value, string why) =>
        ProblemException.Of(StatusCodes.Status404NotFound, parameter, value, why);

    private async Task<SheetEvidence> ReadAsync(HttpContext context)
    {
        var provider = context.Request.RouteValues["provider"]!.ToString()!.ToLowerInvariant();
        var text = context.Request.RouteValues["version"]!.ToString()!;
        var isVersion = EvidenceVersion.TryParse(text, out var version);
        try
        {
            return (isVersion
                    ? await ReadOrRefuseAsync("version", text, () => finder.FindAsync(provider, version, context.RequestAborted))
                    : null)
                ?? throw Missing("version", text, "no evidence of this version is stored, or no longer");
        }
        catch (ArgumentException)
        {
            throw Missing("provider", provider, "there is no such provider");
        }
    }

    private static async Task<T> ReadOrRefuseAsync<T>(string parameter, string value, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (StoreUnavailableException)
        {
            throw ProblemException.Of(StatusCodes.Status503ServiceUnavailable, parameter, value, "the evidence cannot be read now");
        }
        catch (InvalidDataException changed)
        {
            // It proves nothing any more, and asking again does not help.
            throw ProblemException.Of(StatusCodes.Status410Gone, parameter, value, changed.Message);
        }
    }
}
