using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Rates.Core;

namespace Rates.Api;

/// <summary>What a query asks for, checked. A plain value: reading a query allocates nothing.</summary>
internal struct ApiQuery
{
    private ProviderSlots _slots;
    private int _slotCount;
    private bool _everyone;

    /// <summary>The base (or <c>from</c>) by ordinal; the euro unless asked.</summary>
    public int Base { get; private set; }

    /// <summary>The quotes asked for; empty for all.</summary>
    public CurrencySet Quotes;

    /// <summary>The currency converted to, by ordinal; -1 when not asked.</summary>
    public int To { get; private set; }

    /// <summary>How providers are combined; null when not asked, and each is answered for itself.</summary>
    public Selection? Select { get; private set; }

    /// <summary>The day asked for; null for the latest.</summary>
    public DateOnly? Date { get; private set; }

    /// <summary>First and last day asked for; null when not asked.</summary>
    public DateOnly? FromDay { get; private set; }

    /// <inheritdoc cref="FromDay"/>
    public DateOnly? ToDay { get; private set; }

    /// <summary>How days are grouped.</summary>
    public DayGroup Group { get; private set; }

    /// <summary>The amount to convert; null when not asked.</summary>
    public decimal? Amount { get; private set; }

    /// <summary>Decimal places of a result; null when not asked.</summary>
    public int? Round { get; private set; }

    /// <summary>The format named in the query; null when the Accept header decides.</summary>
    public AnswerFormat? Format { get; private set; }

    /// <summary>True when numbers are to be written as JSON strings.</summary>
    public bool NumbersAsText { get; private set; }

    /// <summary>The names seen.</summary>
    public Parameters Seen { get; private set; }

    /// <summary>Reads a raw query.</summary>
    /// <param name="query">As it came, with or without its question mark.</param>
    /// <param name="allowed">The parameters that the endpoint takes.</param>
    /// <param name="book">Where providers are looked up.</param>
    /// <exception cref="ProblemException">400 or 404, naming parameter and value.</exception>
    public static ApiQuery Parse(ReadOnlySpan<char> query, Parameters allowed, RateBook book)
    {
        if (query.Length > Limits.QueryLength)
        {
            throw TooLong(query);
        }

        var parsed = new ApiQuery { Base = EuroOrdinal, To = -1 };
        var reader = new QueryReader(query);
        while (reader.Read())
        {
            var parameter = ParameterTable.Named(reader.Name, allowed);
            if (parameter == Parameters.None)
            {
                throw ProblemException.BadParameter(reader.Name, $"there is no such parameter here; known are {ParameterTable.Names(allowed)}");
            }

            if ((parsed.Seen & parameter) != Parameters.None)
            {
                throw ProblemException.BadParameter(reader.Name, "may be given only once");
            }

            parsed.Seen |= parameter;
            parsed.Take(parameter, reader.Name, reader.Value, book);
        }

        return parsed;
    }

    /// <summary>The entries asked for, in the order asked, as places in <see cref="RateBook.Entries"/>.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<ushort> Providers(RateBook book) =>
        _slotCount > 0 ? ((ReadOnlySpan<ushort>)_slots)[.._slotCount] : _everyone ? book.Everyone : book.Preferred;

    private static ProblemException TooLong(ReadOnlySpan<char> query)
    {
        var (name, length) = ("", 0);
        var reader = new QueryReader(query);
        while (reader.Read())
        {
            if (reader.Name.Length + reader.Value.Length > name.Length + length)
            {
                (name, length) = (reader.Name.ToString(), reader.Value.Length);
            }
        }

        return ProblemException.BadParameter(name, $"{length} characters in a query of {query.Length}, of which at most {Limits.QueryLength} are read");
    }

    private static int EuroOrdinal { get; } = CurrencyTable.OrdinalOf(Currency.Eur);

    private void Take(Parameters parameter, ReadOnlySpan<char> name, ReadOnlySpan<char> value, RateBook book)
    {
        switch (parameter)
        {
            case Parameters.Base or Parameters.FromCurrency:
                Base = QueryValues.Currency(name, value);
                break;
            case Parameters.ToCurrency:
                To = QueryValues.Currency(name, value);
                break;
            case Parameters.Quotes:
                QueryValues.Currencies(name, value, ref Quotes);
                break;
            case Parameters.Providers:
                TakeProviders(name, value, book);
                break;
            case Parameters.Select:
                Select = QueryValues.Select(name, value);
                break;
            case Parameters.Date:
                Date = QueryValues.Day(name, value);
                break;
            case Parameters.FromDay:
                FromDay = QueryValues.Day(name, value);
                break;
            case Parameters.ToDay:
                ToDay = QueryValues.Day(name, value);
                break;
            case Parameters.Amount:
                Amount = QueryValues.Amount(name, value);
                break;
            case Parameters.Round:
                Round = QueryValues.Round(name, value);
                break;
            case Parameters.Group:
                Group = QueryValues.Group(name, value);
                break;
            case Parameters.Format:
                Format = AnswerFormats.Named(value) ?? throw ProblemException.BadValue(name, value, "is not one of json, csv, xml, ndjson");
                break;
            case Parameters.Numbers:
                NumbersAsText = value switch
                {
                    "string" => true,
                    "number" => false,
                    _ => throw ProblemException.BadValue(name, value, "is not one of number, string"),
                };
                break;
            default:
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Parameter {parameter} is not read"));
        }
    }

    private void TakeProviders(ReadOnlySpan<char> name, ReadOnlySpan<char> value, RateBook book)
    {
        _everyone = value is "all";
        while (!_everyone && (!value.IsEmpty || _slotCount == 0))
        {
            var key = QueryReader.Cut(value, ',', out value);
            var place = book.PlaceOf(key);
            if (place < 0 && !book.HasSheets)
            {
                throw Problems.NothingYet();
            }

            if (place < 0)
            {
                throw key.IsEmpty || key.ContainsAnyExcept(QueryValues.KeyLetters)
                    ? ProblemException.BadValue(name, key, "is not a provider key; /v1/providers lists them")
                    : ProblemException.Unknown(name, key, "is no known provider; /v1/providers lists them");
            }

            if (((ReadOnlySpan<ushort>)_slots)[.._slotCount].Contains((ushort)place))
            {
                continue;
            }

            if (_slotCount == Limits.Providers)
            {
                throw ProblemException.BadParameter(name, $"at most {Limits.Providers} providers are answered at once; 'all' names every one");
            }

            _slots[_slotCount++] = (ushort)place;
        }
    }

    [InlineArray(Limits.Providers)]
    private struct ProviderSlots
    {
        private ushort _first;
    }
}
