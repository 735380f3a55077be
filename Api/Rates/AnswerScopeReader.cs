namespace Rates.Api;

/// <summary>
/// Finds out what a request for rates is answered from: by its providers, day and instant, or by the policy that it names.
/// </summary>
internal sealed class AnswerScopeReader(PastDayReader pastDays, KnownEntryReader knownEntries, PolicyCatalog policies)
{
    /// <summary>Finds the policy that a query names.</summary>
    /// <returns>Null when it names none.</returns>
    /// <exception cref="ProblemException">404: it is unknown. 400: the query also chooses what the policy fixes.</exception>
    public Policy? PolicyOf(in RatesQuery query)
    {
        if (query.PolicyName is not { } name)
        {
            return null;
        }

        var policy = policies.Find(name);
        return query.ChoosesProviders ? throw Fixed(RatesParameters.Providers.Name, policy)
            : query.Select is not null ? throw Fixed(RatesParameters.Select.Name, policy)
            : policy;
    }

    /// <summary>400: a parameter chooses what a policy fixes.</summary>
    public static ProblemException Fixed(string parameter, Policy policy) =>
        ProblemException.BadParameter(parameter, $"cannot be given with policy={policy.Name}, which fixes it; see /v1/policies");

    /// <summary>Reads the entries that a query asks for.</summary>
    /// <param name="query">The query.</param>
    /// <param name="select">How the answer combines them, unless a policy chooses.</param>
    /// <param name="book">The book.</param>
    /// <param name="reads">The reads of the request so far, where it has many rows; null for a request of one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ProblemException">400 or 404, with the parameter at fault.</exception>
    public Task<AnswerScope> ReadAsync(
        RatesQuery query, Selection select, RateBook book, PastReads? reads, CancellationToken cancellationToken)
    {
        var policy = PolicyOf(query);
        if (policy is not null)
        {
            return ReadAsync(policy, query, book, reads, cancellationToken);
        }

        var today = pastDays.Today;
        if (query.Date is null && query.KnownAt is null)
        {
            return Task.FromResult(new AnswerScope(book.Entries, query.ProvidersFor(select, null), today, query.IsNamed(select))
            {
                IsLatest = true,
            });
        }

        var indexes = IndexesFor(query, select, null, book, DayOf(query));
        return ReadAsync(query, indexes, query.IsNamed(select), book, reads, cancellationToken);
    }

    /// <summary>The providers that a combined answer of a day is asked of, in order of preference.</summary>
    /// <param name="query">The query.</param>
    /// <param name="select">How they are combined.</param>
    /// <param name="policy">The policy that chooses; null where the query chooses.</param>
    /// <param name="book">The book.</param>
    /// <param name="day">The day.</param>
    /// <exception cref="ProblemException">404: the policy names a provider that is not known here.</exception>
    public ushort[] IndexesFor(in RatesQuery query, Selection select, Policy? policy, RateBook book, DateOnly day)
    {
        DateOnly? past = day < pastDays.Today ? day : null;
        return policy is null ? query.ProvidersFor(select, past)
            : policy.Providers.Count > 0 ? IndexesOf(policy, book)
            : past is null ? book.EligibleIndexes : book.EligibleIndexesOn(day);
    }

    /// <summary>The days whose figures of a provider answer for a day; null where its entry answers, as it is.</summary>
    /// <param name="policy">The policy that chooses; null where the query chooses.</param>
    /// <param name="entry">The provider, with the latest rates that are known or were known at an instant.</param>
    /// <param name="day">The day.</param>
    public FigureDays? DaysFor(Policy? policy, ProviderEntry entry, DateOnly day)
    {
        if (policy is null)
        {
            return day >= pastDays.Today ? null : new(null, day);
        }

        var days = policy.Day.DaysFor(day, entry.Stored.Profile.Calendar);
        return days.From is null && days.To >= pastDays.Today && !(entry.AsOf > days.To) ? null : days;
    }

    /// <summary>The day that the rates of a requested day are measured against.</summary>
    /// <param name="policy">The policy that chooses; null where the query chooses.</param>
    /// <param name="book">The book.</param>
    /// <param name="indexes">The providers.</param>
    /// <param name="day">The requested day.</param>
    public DateOnly DayFor(Policy? policy, RateBook book, ushort[] indexes, DateOnly day) =>
        policy is null ? (day < pastDays.Today ? day : pastDays.Today)
            : indexes.Length == 0 ? day
            : indexes.Max(index => policy.Day.DaysFor(day, book.Entries[index].Stored.Profile.Calendar).To);

    /// <summary>Reads the entries of chosen providers that a query with a day or an instant asks for.</summary>
    /// <inheritdoc cref="ReadAsync(RatesQuery, Selection, RateBook, PastReads?, CancellationToken)"/>
    public async Task<AnswerScope> ReadAsync(
        RatesQuery query, ushort[] indexes, bool isNamed, RateBook book, PastReads? reads, CancellationToken cancellationToken)
    {
        // Requests are parsed on the thread that serves the sockets, which must not wait for the store.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        var day = DayOf(query);
        pastDays.RefuseFuture(RatesParameters.Date.Name, day);
        var entries = await ReadAsync(indexes, null, day, query.KnownAt, book, reads, cancellationToken);
        return new(entries, indexes, DayFor(null, book, indexes, day), isNamed);
    }

    private async Task<AnswerScope> ReadAsync(
        Policy policy, RatesQuery query, RateBook book, PastReads? reads, CancellationToken cancellationToken)
    {
        // Requests are parsed on the thread that serves the sockets, which must not wait for the store.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

        var day = DayOf(query);
        pastDays.RefuseFuture(RatesParameters.Date.Name, day);
        var indexes = IndexesFor(query, policy.Select, policy, book, day);
        var entries = await ReadAsync(indexes, policy, day, query.KnownAt, book, reads, cancellationToken);
        var last = DayFor(policy, book, indexes, day);
        return new(entries, indexes, last, policy.Providers.Count > 0) { Policy = policy, Rule = policy.RuleFor(day) };
    }

    private async Task<ProviderEntry[]> ReadAsync(
        ushort[] indexes, Policy? policy, DateOnly day, DateTimeOffset? knownAt, RateBook book, PastReads? reads,
        CancellationToken cancellationToken)
    {
        var entries = new ProviderEntry[book.Entries.Length];
        await Parallel.ForEachAsync(indexes, cancellationToken, async (index, token) =>
        {
            var entry = reads is null || knownAt is null ? await knownEntries.ReadAsync(book.Entries[index], knownAt, token)
                : await reads.KnownAsync(index, () => knownEntries.ReadAsync(book.Entries[index], knownAt, cancellationToken));
            entries[index] = DaysFor(policy, entry, day) is not { } days ? entry
                : reads is null ? await pastDays.ReadAsync(entry, days, knownAt, token)
                : await reads.ReadAsync(index, days, () => pastDays.ReadAsync(entry, days, knownAt, cancellationToken));
        });
        return entries;
    }

    /// <summary>The indexes of the providers that a policy names.</summary>
    /// <exception cref="ProblemException">404: one of them is not known here.</exception>
    public static ushort[] IndexesOf(Policy policy, RateBook book) =>
    [
        .. policy.Providers.Select(key => book.IndexOf(key) is var index and >= 0 ? (ushort)index : throw ProblemException.Unknown(
            RatesParameters.Policy.Name, policy.Name, $"takes its figures from {key}, which no worker has made known here")),
    ];

    // What was known at an instant is, unless a day is named, what was the latest then.
    private DateOnly DayOf(in RatesQuery query)
    {
        var today = pastDays.Today;
        return query.Date
            ?? (query.KnownAt is { } known && DateOnly.FromDateTime(known.UtcDateTime) is var then && then < today ? then : today);
    }
}
