namespace Rates.Api;

/// <summary>Why rates cannot be answered.</summary>
internal static class Problems
{
    /// <summary>503: the very first sheet is still to come.</summary>
    public static ProblemException NothingYet() =>
        new(StatusCodes.Status503ServiceUnavailable, "No rates have been published here yet; a worker has to fetch the first ones");

    /// <summary>404 when providers were found, and not one of them covers one of the pairs asked for.</summary>
    public static void RefuseUncovered(in ApiQuery query, ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> places)
    {
        var anyPage = false;
        foreach (var place in places)
        {
            if (entries[place].Page is { } page)
            {
                anyPage = true;
                var covered = page.In(query.Base).Covered;
                if (query.Quotes.IsEmpty ? !covered.IsEmpty : !covered.And(query.Quotes).IsEmpty)
                {
                    return;
                }
            }
        }

        if (anyPage)
        {
            throw NotCovered(query);
        }
    }

    private static ProblemException NotCovered(in ApiQuery query)
    {
        if (query.Quotes.IsEmpty)
        {
            var code = CurrencyTable.At(query.Base).Code;
            return ProblemException.Unknown("base", code, "is covered by none of the providers asked for");
        }

        List<string> codes = [];
        foreach (var quote in query.Quotes)
        {
            codes.Add(CurrencyTable.At(quote).Code);
        }

        return ProblemException.Unknown("quotes", string.Join(',', codes), $"in {CurrencyTable.At(query.Base).Code} is covered by none of the providers asked for");
    }
}
