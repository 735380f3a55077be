using Rates.Core;

namespace Rates.Store;

internal sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task<QuotaCount> CountRequestAsync(string provider, QuotaTerms terms, CancellationToken cancellationToken)
    {
        ProviderKey.Checked(provider);
        return file.WriteAsync(
            session =>
            {
                var now = Now;
                var (verdict, after) = Quota(session, provider).Decide(terms, now);
                if (verdict == QuotaVerdict.Granted)
                {
                    session.Run(
                        "INSERT OR REPLACE INTO quota (provider, used, until, \"limit\") VALUES ($1, $2, $3, $4)",
                        provider, after.Used, after.Until, terms.Limit);
                }

                return new QuotaCount(
                    verdict, (int)after.Used!.Value, DateTimeOffset.FromUnixTimeMilliseconds(after.Until),
                    DateTimeOffset.FromUnixTimeMilliseconds(now));
            },
            cancellationToken);
    }

    // SQLite stores text in a column of numbers as it is: such a count cannot be read.
    private static StoredQuota Quota(SqliteSession session, string provider) =>
        session.Rows(
            row => new StoredQuota(row.GetValue(0) as long?, row.GetValue(1) as long? ?? 0),
            "SELECT used, until FROM quota WHERE provider = $1", provider) is [var stored] ? stored : default;
}
