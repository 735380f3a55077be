using Rates.Core;

namespace Rates.Api;

/// <summary>Creates the errors with which requests for rates are refused.</summary>
internal static class RatesProblems
{
    /// <summary>What there is to say of a pair that none of the requested providers has.</summary>
    internal const string CoveredByNone = "covered by none of the providers asked";

    private const string Uncovered = $"is {CoveredByNone}";

    /// <summary>503: no sheet has been published yet, or the store that may have some has not answered since the start.</summary>
    public static ProblemException NothingYet(RateBook book) => new(
        StatusCodes.Status503ServiceUnavailable,
        book.IsBeforeStore
            ? "The store of rates has not answered since this service started, and there is no copy of them on disk; /health/ready tells "
                + "its state"
            : "No rates have been published here yet; a worker has to fetch the first ones");

    /// <summary>Refuses to tell which providers there are while that is not known.</summary>
    /// <exception cref="ProblemException">503.</exception>
    public static void RefuseBeforeStore(RateBook book)
    {
        if (book is { IsBeforeStore: true, HasSheets: false })
        {
            throw NothingYet(book);
        }
    }

    /// <summary>503: a past day is asked for, and the store that has it cannot be reached.</summary>
    public static ProblemException StoreAway() =>
        new(StatusCodes.Status503ServiceUnavailable, "The store of past rates cannot be reached; the latest rates are not affected");

    /// <summary>
    /// Refuses a query when the requested providers have rates, but none of them has one of the requested pairs; and when none has any
    /// rates, of a day after the end of the base or of every requested quote.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="entries">Those of the book or of a past day.</param>
    /// <param name="indexes">Indexes of the requested providers.</param>
    /// <param name="day">The requested day; today for the latest rates.</param>
    /// <exception cref="ProblemException">404.</exception>
    public static void RefuseUncovered(
        in RatesQuery query, ReadOnlySpan<ProviderEntry> entries, ReadOnlySpan<ushort> indexes, DateOnly day)
    {
        var hasRates = false;
        foreach (var index in indexes)
        {
            if (entries[index].Rates is { } rates)
            {
                hasRates = true;
                ref readonly var covered = ref rates.In(query.Base).Covered;
                if (query.Quotes.IsEmpty ? !covered.IsEmpty : covered.Overlaps(query.Quotes))
                {
                    return;
                }
            }
        }

        if (hasRates)
        {
            throw NotCovered(query, "");
        }

        if (HasEnded(CurrencyTable.At(query.Base), day) || (!query.Quotes.IsEmpty && HaveEnded(query.Quotes, day)))
        {
            throw NotCovered(query, NoFiguresOf(day));
        }
    }

    /// <summary>Refuses a pair that none of the providers has, for the same reasons.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public static void RefuseUncovered(CurrencyPair pair, AnswerScope scope)
    {
        if (Array.Exists(scope.Indexes, index => scope.Entries[index].Rates is not null))
        {
            throw NotCovered("quote", pair.Quote.Code, pair.Base.Code);
        }

        if (HasEnded(pair.Base, scope.Day) || HasEnded(pair.Quote, scope.Day))
        {
            throw NotCovered("quote", pair.Quote.Code, pair.Base.Code, NoFiguresOf(scope.Day));
        }
    }

    /// <summary>The reason where none of the providers has any rates of a day, as it goes on after the sentence.</summary>
    public static string NoFiguresOf(DateOnly day) => $": none of them has figures of {day.ToText()} or the days before it";

    private static bool HasEnded(Currency currency, DateOnly day) => CurrencyRegistry.Find(currency) is { Retired: { } last } && last < day;

    private static bool HaveEnded(in CurrencySet quotes, DateOnly day)
    {
        foreach (var quote in quotes)
        {
            if (!HasEnded(CurrencyTable.At(quote), day))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>404: none of the providers asked has a rate of the base in a quote.</summary>
    /// <param name="parameter">The parameter that names the quotes.</param>
    /// <param name="quotes">Their codes.</param>
    /// <param name="base">Code of the base.</param>
    /// <param name="reason">More about why, as it goes on after the sentence; empty for nothing.</param>
    public static ProblemException NotCovered(string parameter, string quotes, string @base, string reason = "") =>
        ProblemException.Unknown(parameter, quotes, $"in {@base} {Uncovered}{reason}{EndOf(quotes)}{EndOf(@base)}");

    // Without a day a currency that has ended has no rates anywhere. Nothing of several codes.
    private static string EndOf(string code) =>
        Currency.TryParse(code, out var currency) && CurrencyRegistry.Find(currency) is { Retired: { } last } one
            ? $"; {code} ended on {last.ToText()}{(one.Successor.IsNone ? "" : $", {one.Successor} replaced it")}"
            : "";

    private static ProblemException NotCovered(in RatesQuery query, string reason)
    {
        var code = CurrencyTable.At(query.Base).Code;
        if (query.Quotes.IsEmpty)
        {
            return ProblemException.Unknown("base", code, $"{Uncovered}{reason}{EndOf(code)}");
        }

        List<string> codes = [];
        foreach (var quote in query.Quotes)
        {
            codes.Add(CurrencyTable.At(quote).Code);
        }

        return NotCovered("quotes", string.Join(',', codes), code, reason);
    }
}
