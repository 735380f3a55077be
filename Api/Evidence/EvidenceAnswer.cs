namespace Rates.Api;

/// <summary>
/// The answer of <c>/v1/evidence</c>: the original documents of the source that a provider's published rates were read from.
/// </summary>
/// <param name="Provider">The provider.</param>
/// <param name="Version">The version of the sheet; for a back-fill the instant of storing, Unix milliseconds.</param>
/// <param name="Backfill">True for days of the past that a back-fill stored, false for a published sheet.</param>
/// <param name="FetchedAt">When it was fetched, UTC.</param>
/// <param name="From">First day that was requested.</param>
/// <param name="To">Last day that was requested.</param>
/// <param name="Answers">The source's answers that it was read from.</param>
internal sealed record EvidenceAnswer(
    string Provider, long Version, bool Backfill, string FetchedAt, string From, string To, IReadOnlyList<EvidencePart> Answers);

/// <summary>One original document in the answer of <c>/v1/evidence</c>, as the source sent it, with the request that it answered.</summary>
/// <param name="Method">The method of the request.</param>
/// <param name="Address">Where it came from, without credentials.</param>
/// <param name="ReceivedAt">When it was received, UTC.</param>
/// <param name="Headers">The headers that describe it.</param>
/// <param name="Sha256">SHA-256 of the decoded body, hexadecimal.</param>
/// <param name="Length">Length of the decoded body in bytes.</param>
/// <param name="Body">Path of the original bytes; null when they are not stored, because they repeat a credential.</param>
internal sealed record EvidencePart(
    string Method, string Address, string ReceivedAt,
    IReadOnlyDictionary<string, string> Headers, string Sha256, long Length, string? Body);
