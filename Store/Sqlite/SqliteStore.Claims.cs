using System.Text.Json;
using Rates.Core;

namespace Rates.Store;

internal sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<Claim> ClaimAsync(string provider, DateTimeOffset slot, ClaimTerms terms, CancellationToken cancellationToken)
    {
        ProviderKey.Checked(provider);
        return file.WriteAsync(
            session =>
            {
                var (now, wanted) = (Now, slot.ToUnixTimeMilliseconds());
                EnsureEpoch(session, now);
                var record = Fetch(session, provider);
                var (verdict, until) = record.Decide(wanted, terms, now);
                if (verdict != ClaimVerdict.Granted)
                {
                    return new Claim(verdict, provider, slot, 0, 0, until == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(until));
                }

                var granted = record.Granted(wanted, terms.Owner, session.Rise("fence", now), now, until);
                Save(session, provider, granted);
                return new(verdict, provider, slot, granted.Fence, granted.Attempt, DateTimeOffset.FromUnixTimeMilliseconds(until));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<PublishResult> PublishAsync(
        Claim claim, RateSheet sheet, FetchValidators validators, CancellationToken cancellationToken)
    {
        var body = SheetPayload.Body(claim, sheet);
        var published = await file.WriteAsync(
            session =>
            {
                var record = Fetch(session, claim.Provider);
                if (record.Fence != claim.Fence || claim.Fence == 0)
                {
                    return new PublishResult(false, "", 0);
                }

                var now = Now;
                var header = HeaderOf(session, claim, now, sheet.CheckedAt, sheet.NextExpectedAt);
                Store(session, header, SheetPayload.Digest(body), body, StoreFormat.Text(sheet.AsOf));
                Project(session, sheet);
                Save(session, claim.Provider, record with
                {
                    Done = record.Slot,
                    Until = 0,
                    Failures = 0,
                    NotBefore = 0,
                    Validators = JsonSerializer.Serialize(validators, StoreFormat.Json.FetchValidators),
                });
                return new(true, header.Epoch, header.Version);
            },
            cancellationToken);
        if (published.Accepted)
        {
            _sheets.Send(claim.Provider);
        }

        return published;
    }

    /// <inheritdoc/>
    public async Task<bool> FinishAsync(Claim claim, FinishedFetch finished, CancellationToken cancellationToken)
    {
        var (ended, confirmed) = await file.WriteAsync(
            session =>
            {
                var record = Fetch(session, claim.Provider);
                if (record.Fence != claim.Fence || claim.Fence == 0)
                {
                    return (false, false);
                }

                Save(session, claim.Provider, record with
                {
                    Done = finished.SlotDone ? record.Slot : record.Done,
                    Until = 0,
                    Failures = finished.Failed ? record.Failures + 1 : 0,
                    NotBefore = finished.NotBefore?.ToUnixTimeMilliseconds() ?? 0,
                    Validators = finished.Validators is { } validators
                        ? JsonSerializer.Serialize(validators, StoreFormat.Json.FetchValidators)
                        : record.Validators,
                });
                return (true, finished.CheckedAt is { } checkedAt && Confirm(session, claim, checkedAt, finished.NextExpectedAt));
            },
            cancellationToken);
        if (confirmed)
        {
            _sheets.Send(claim.Provider);
        }

        return ended;
    }

    /// <inheritdoc/>
    public Task<FetchState> ReadFetchAsync(string provider, CancellationToken cancellationToken) =>
        file.ReadAsync(session => Fetch(session, provider).ToState(Now), cancellationToken);

    private bool Confirm(SqliteSession session, Claim claim, DateTimeOffset checkedAt, DateTimeOffset? nextExpectedAt)
    {
        if (session.Text("SELECT payload FROM sheet WHERE provider = $1", claim.Provider) is not { } payload
            || SheetPayload.Split(claim.Provider, payload) is not var (digest, body, published))
        {
            return false;
        }

        var asOf = session.Text("SELECT asOf FROM sheet WHERE provider = $1", claim.Provider)!;
        Store(session, HeaderOf(session, claim, Now, checkedAt, nextExpectedAt) with { PublishedVersion = published }, digest, body, asOf);
        return true;
    }

    private static SheetHeader HeaderOf(
        SqliteSession session, Claim claim, long now, DateTimeOffset checkedAt, DateTimeOffset? nextExpectedAt)
    {
        var (epoch, version) = (EnsureEpoch(session, now), session.Rise("version", now));
        return new(claim.Provider, epoch, version, version, claim.Fence, claim.Slot, checkedAt, nextExpectedAt);
    }

    private static void Store(SqliteSession session, SheetHeader header, string digest, string body, string asOf) =>
        session.Run(
            "INSERT OR REPLACE INTO sheet VALUES ($1, $2, $3, $4, $5)",
            header.Provider, SheetPayload.Compose(header, digest, body), header.Epoch, header.Version, asOf);

    private static void Project(SqliteSession session, RateSheet sheet)
    {
        session.Run("DELETE FROM latest WHERE provider = $1", sheet.Provider);
        foreach (var (field, value) in LatestProjection.Of(sheet))
        {
            session.Run("INSERT OR REPLACE INTO latest VALUES ($1, $2, $3)", sheet.Provider, field, value);
        }
    }

    private static string EnsureEpoch(SqliteSession session, long now) =>
        session.Text("INSERT INTO meta VALUES ('epoch', $1) ON CONFLICT DO UPDATE SET value = value RETURNING value", EpochId.New(now))!;

    private static StoredFetchState Fetch(SqliteSession session, string provider) =>
        session.Rows(
            row => new StoredFetchState
            {
                Slot = row.GetInt64(0),
                Done = row.GetInt64(1),
                Fence = row.GetInt64(2),
                Owner = row.GetString(3),
                Start = row.GetInt64(4),
                Until = row.GetInt64(5),
                Attempt = row.GetInt32(6),
                Failures = row.GetInt32(7),
                NotBefore = row.GetInt64(8),
                Validators = row.GetString(9),
            },
            "SELECT slot, done, fence, owner, start, until, attempt, failures, notBefore, validators FROM fetch WHERE provider = $1",
            provider) is [var record] ? record : new();

    private static void Save(SqliteSession session, string provider, StoredFetchState record) =>
        session.Run(
            """
            INSERT INTO fetch (provider, slot, done, fence, owner, start, until, attempt, failures, notBefore, validators)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT DO UPDATE SET slot = $2, done = $3, fence = $4, owner = $5, start = $6, until = $7, attempt = $8, failures = $9,
            notBefore = $10, validators = $11
            """,
            provider, record.Slot, record.Done, record.Fence, record.Owner, record.Start, record.Until, record.Attempt, record.Failures,
            record.NotBefore, record.Validators);

    /// <inheritdoc/>
    public Task ClearHoldAsync(string provider, CancellationToken cancellationToken) =>
        file.WriteAsync(
            session => session.Run("UPDATE fetch SET notBefore = 0, failures = 0 WHERE provider = $1", ProviderKey.Checked(provider)),
            cancellationToken);
}
