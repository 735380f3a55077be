using System.Globalization;
using Rates.Store;

namespace Rates.Api;

/// <summary>
/// Answers <c>/v1/ops/evidence/{provider}</c>: lists the published sheets and back-fills whose original bodies are stored, with their
/// addresses.
/// </summary>
/// <param name="current">The book, for the provider's key.</param>
/// <param name="evidence">Null in a host without a store.</param>
internal sealed class EvidenceListEndpoint(CurrentBook current, IEvidence? evidence)
{
    private const int Usual = 50;
    private const int Most = 1000;

    /// <summary>Lists the sheets of a provider with stored evidence, newest first; <c>count</c> of them.</summary>
    public async Task ListAsync(HttpContext context)
    {
        var provider = RouteProvider.Of(context, current.Book);
        var count = OpsHttp.Count(context.Request, Usual, Most);
        await OpsHttp.SendAsync(
            context, await ReadAsync(provider, count, context.RequestAborted), OpsFormat.Json.IReadOnlyListEvidenceSheetView);
    }

    /// <summary>The sheets of a provider with stored evidence, newest first.</summary>
    public async Task<IReadOnlyList<EvidenceSheetView>> ReadAsync(string provider, int count, CancellationToken cancellationToken)
    {
        var sheets = evidence is null ? [] : await evidence.ListAsync(provider, cancellationToken);
        return [.. sheets.Reverse().Take(count).Select(EvidenceSheetView.Of)];
    }
}

/// <summary>A published sheet, or a back-fill, with stored evidence.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Version">The version of the sheet; for a back-fill the instant of storing, Unix milliseconds.</param>
/// <param name="Backfill">True for days of the past that a back-fill stored, false for a published sheet.</param>
/// <param name="FetchedAt">When it was fetched, UTC.</param>
/// <param name="From">First day that was requested.</param>
/// <param name="To">Last day that was requested.</param>
/// <param name="Answers">The source's answers that it was read from.</param>
internal sealed record EvidenceSheetView(
    string Provider, long Version, bool Backfill, DateTimeOffset FetchedAt, DateOnly From, DateOnly To,
    IReadOnlyList<EvidenceFileView> Answers)
{
    /// <summary>A sheet's view.</summary>
    public static EvidenceSheetView Of(SheetEvidence sheet) => new(
        sheet.Provider, sheet.Version, sheet.IsBackfill, sheet.FetchedAt, sheet.From, sheet.To,
        [
            .. sheet.Bodies.Select((body, number) => new EvidenceFileView(
                body.Address, body.ReceivedAt, body.Digest, body.Length,
                body.IsStored
                    ? string.Create(CultureInfo.InvariantCulture, $"/v1/evidence/{sheet.Provider}/{sheet.Version}/{number}")
                    : null)),
        ]);
}

/// <summary>One original document of a source with its address, as <c>/v1/ops/evidence/{provider}</c> lists it.</summary>
/// <param name="Address">Where it came from, without credentials.</param>
/// <param name="ReceivedAt">When it was received, UTC.</param>
/// <param name="Sha256">SHA-256 of the decoded body, hexadecimal.</param>
/// <param name="Length">Length of the decoded body in bytes.</param>
/// <param name="Body">Path of the original bytes; left out when they are not stored, because they repeat a credential.</param>
internal sealed record EvidenceFileView(string Address, DateTimeOffset ReceivedAt, string Sha256, long Length, string? Body);
