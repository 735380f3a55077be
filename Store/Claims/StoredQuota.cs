namespace Rates.Store;

/// <summary>The stored count of a day's requests to one provider. Instants are Unix milliseconds.</summary>
/// <param name="Used">Requests of the day; null when what is stored is no number.</param>
/// <param name="Until">When that day ends; 0 for never counted.</param>
internal readonly record struct StoredQuota(long? Used, long Until)
{
    // No day is longer, also when the clocks go back. One that ends later was stored under a wrong clock.
    private const long LongestDay = 26L * 60 * 60 * 1000;

    /// <summary>
    /// Whether one more request is allowed, and the count after it. A day that has begun keeps its end and its count, whatever day the
    /// terms state. <c>quota.lua</c> makes the same decisions in the same order for Redis; the contract tests check both.
    /// </summary>
    public (QuotaVerdict Verdict, StoredQuota After) Decide(QuotaTerms terms, long now)
    {
        var (from, until) = (terms.From.ToUnixTimeMilliseconds(), terms.Until.ToUnixTimeMilliseconds());
        if (now < from || now >= until)
        {
            return (QuotaVerdict.OtherDay, new(0, until));
        }

        var (used, ends) = Until > now && Until - now <= LongestDay ? (Counted(terms.Limit), Until) : (0, until);
        return used + terms.Spare >= terms.Limit
            ? (QuotaVerdict.Used, new(used, ends))
            : (QuotaVerdict.Granted, new(used + 1, ends));
    }

    // A count that cannot be read must not let more requests through than are allowed.
    private long Counted(int limit) => Used is { } used and >= 0 ? used : limit;
}
