using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Rates.Core;

namespace Rates.Api;

/// <summary>The parsed query parameters of <c>/v1/rates</c>. A plain value: reading it allocates nothing.</summary>
/// <param name="book">The book that answers the request: provider keys are looked up in it.</param>
internal struct RatesQuery(RateBook book) : IQueryTarget
{
    private readonly RateBook _book = book;
    private ProviderIndexes _indexes;
    private int _indexCount;
    private bool _all;

    /// <summary>The requested quotes; empty for all.</summary>
    public CurrencySet Quotes;

    /// <summary>The format of the answer.</summary>
    public AnswerChoice Answer;

    /// <summary>Ordinal of the base currency; the euro unless given.</summary>
    public int Base { get; set; } = EuroOrdinal;

    /// <summary>How providers are combined; null when the query does not choose.</summary>
    public Selection? Select { get; set; }

    /// <summary>The requested day; null for the latest.</summary>
    public DateOnly? Date { get; private set; }

    /// <summary>The answer has the rates that were known at this instant, UTC; null for those known now.</summary>
    public DateTimeOffset? KnownAt { get; private set; }

    /// <summary>The name of the policy that chooses, as it came; null when the query chooses for itself.</summary>
    public string? PolicyName { get; private set; }

    /// <summary>The requested providers, in the order of the request, as indexes into <see cref="RateBook.Entries"/>.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<ushort> Providers =>
        _indexCount > 0 ? ((ReadOnlySpan<ushort>)_indexes)[.._indexCount] : _all ? _book.AllIndexes : _book.DefaultIndexes;

    /// <summary>True when the query names single providers, and not <c>all</c> or none.</summary>
    public readonly bool NamesProviders => _indexCount > 0;

    /// <summary>True when the query names providers, or <c>all</c>.</summary>
    public readonly bool ChoosesProviders => NamesProviders || _all;

    /// <summary>
    /// True when the providers of an answer were chosen one by one, by the query or, for the first of them, by configuration.
    /// </summary>
    public readonly bool IsNamed(Selection select) =>
        NamesProviders || (select == Selection.First && !_all && !ReferenceEquals(_book.DefaultIndexes, _book.AllIndexes));

    /// <summary>The providers that a combined answer is asked of: eligible ones for a blend, unless the query names others.</summary>
    /// <param name="select">How they are combined.</param>
    /// <param name="day">The requested past day; null for the latest.</param>
    public readonly ushort[] ProvidersFor(Selection select, DateOnly? day)
    {
        if (NamesProviders || _all || select is Selection.Each or Selection.First)
        {
            return Providers.ToArray();
        }

        return day is { } past ? _book.EligibleIndexesOn(past) : _book.EligibleIndexes;
    }

    /// <summary>The same query for other providers.</summary>
    /// <param name="providers">Their indexes, in order of preference; of more than can be asked at once the first.</param>
    public readonly RatesQuery With(ReadOnlySpan<ushort> providers)
    {
        var changed = this;
        changed._all = false;
        changed._indexCount = Math.Min(providers.Length, RatesLimits.Providers);
        providers[..changed._indexCount].CopyTo(changed._indexes);
        return changed;
    }

    /// <summary>The same query for another day or a single provider.</summary>
    /// <param name="day">The day; null to leave it as it is.</param>
    /// <param name="provider">Index of the provider; null to leave them as they are.</param>
    public readonly RatesQuery With(DateOnly? day, ushort? provider)
    {
        var changed = provider is { } only ? With([only]) : this;
        changed.Date = day ?? Date;
        return changed;
    }

    private static int EuroOrdinal { get; } = CurrencyTable.OrdinalOf(Currency.Eur);

    /// <summary>Reads a raw query.</summary>
    /// <param name="query">As it came, with or without its question mark.</param>
    /// <param name="allowed">The parameters that the endpoint takes.</param>
    /// <param name="book">The book that answers the request.</param>
    /// <exception cref="ProblemException">400 or 404, with the parameter and its value.</exception>
    public static RatesQuery Parse(ReadOnlySpan<char> query, QueryParameters allowed, RateBook book)
    {
        var parsed = new RatesQuery(book);
        QueryParser.Parse(query, allowed, ref parsed);
        return parsed;
    }

    /// <inheritdoc/>
    public void Take(QueryParameter parameter, ReadOnlySpan<char> value)
    {
        if (parameter == RatesParameters.Base)
        {
            Base = CurrencyValues.Ordinal(parameter.Name, value);
        }
        else if (parameter == RatesParameters.Quotes)
        {
            CurrencyValues.AddAll(parameter.Name, value, ref Quotes);
        }
        else if (parameter == RatesParameters.Providers)
        {
            TakeProviders(value);
        }
        else if (parameter == RatesParameters.Select)
        {
            Select = CurrencyValues.Select(parameter.Name, value);
        }
        else if (parameter == RatesParameters.Date)
        {
            Date = QueryValues.Day(parameter.Name, value);
        }
        else if (parameter == RatesParameters.KnownAt)
        {
            KnownAt = QueryValues.Instant(parameter.Name, value);
        }
        else if (parameter == RatesParameters.Policy)
        {
            PolicyName = value.ToString();
        }
        else
        {
            Answer.Take(parameter, value);
        }
    }

    private void TakeProviders(ReadOnlySpan<char> value)
    {
        var name = RatesParameters.Providers.Name;
        _all = IsAll(value);
        while (!_all && (!value.IsEmpty || _indexCount == 0))
        {
            var index = IndexOf(QueryReader.TakeUntil(value, ',', out value));
            if (((ReadOnlySpan<ushort>)_indexes)[.._indexCount].Contains(index))
            {
                continue;
            }

            if (_indexCount == RatesLimits.Providers)
            {
                throw ProblemException.BadParameter(
                    name, $"at most {RatesLimits.Providers} providers are answered at once; 'all' names every one");
            }

            _indexes[_indexCount++] = index;
        }
    }

    private readonly ushort IndexOf(ReadOnlySpan<char> key)
    {
        var name = RatesParameters.Providers.Name;
        var index = _book.IndexOf(key);
        if (index >= 0)
        {
            return (ushort)index;
        }

        if (IsAll(key))
        {
            throw ProblemException.BadValue(name, key, "names every provider and is given alone");
        }

        // Before the first sheet no provider is known, and the key may be right.
        if (!_book.HasSheets)
        {
            throw RatesProblems.NothingYet(_book);
        }

        throw key.IsEmpty || key.ContainsAnyExcept(RateBook.KeyLettersInAnyCase)
            ? ProblemException.BadValue(name, key, "is not a provider key; /v1/providers lists them")
            : ProblemException.Unknown(name, key, "is no known provider; /v1/providers lists them");
    }

    private static bool IsAll(ReadOnlySpan<char> value) => value.Equals("all", StringComparison.OrdinalIgnoreCase);

    /// <summary>The indexes of the requested providers in the book, held in the value itself so that nothing is allocated.</summary>
    [InlineArray(RatesLimits.Providers)]
    private struct ProviderIndexes
    {
        private ushort _first;
    }
}
