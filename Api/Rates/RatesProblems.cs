namespace Rates.Api;

/// <summary>Creates the errors with which requests for rates are refused.</summary>
internal static class RatesProblems
{
    /// <summary>503: no sheet has been published yet.</summary>
    public static ProblemException NothingYet() =>
        new(StatusCodes.Status503ServiceUnavailable, "No rates have been published here yet; a worker has to fetch the first ones");

    /// <summary>503: a past day is asked for, and the store that has it cannot be reached.</summary>
    public static ProblemException StoreAway() =>
        new(StatusCodes.Status503ServiceUnavailable, "The store of past rates cannot be reached; the latest rates are not affected");

    /// <summary>Refuses a query when the requested providers have rates, but none of them has one of the requested pairs.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public static void RefuseUncovered(in RatesQuery query, ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> indexes)
    {
        var hasRates = false;
        foreach (var index in indexes)
        {
            if (entries[index].Rates is { } rates)
            {
                hasRates = true;
                var covered = rates.In(query.Base).Covered;
                if (query.Quotes.IsEmpty ? !covered.IsEmpty : !covered.And(query.Quotes).IsEmpty)
                {
                    return;
                }
            }
        }

        if (hasRates)
        {
            throw NotCovered(query);
        }
    }

    private static ProblemException NotCovered(in RatesQuery query)
    {
        if (query.Quotes.IsEmpty)
        {
            var code = CurrencyTable.At(query.Base).Code;
            return ProblemException.Unknown("base", code, "is covered by none of the requested providers");
        }

        List<string> codes = [];
        foreach (var quote in query.Quotes)
        {
            codes.Add(CurrencyTable.At(quote).Code);
        }

        return ProblemException.Unknown(
            "quotes", string.Join(',', codes), $"in {CurrencyTable.At(query.Base).Code} is covered by none of the requested providers");
    }
}
