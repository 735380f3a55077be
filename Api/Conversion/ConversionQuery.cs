using Rates.Core;

namespace Rates.Api;

/// <summary>The query parameters of <c>/v1/convert</c>, as parsed values.</summary>
/// <param name="book">The book that answers the request.</param>
internal struct ConversionQuery(RateBook book) : IQueryTarget
{
    /// <summary><c>from</c>.</summary>
    public static readonly QueryParameter FromParameter = new("from",
        "Currency to convert from, or GBX, ZAC or ILA for 1/100 of GBP, ZAR or ILS. EUR unless given.", "EUR")
    {
        Default = "EUR",
    };

    /// <summary><c>to</c>.</summary>
    public static readonly QueryParameter ToParameter = new("to", "Currency to convert to, or GBX, ZAC or ILA.",
        "USD")
    { IsRequired = true };

    /// <summary><c>amount</c>.</summary>
    public static readonly QueryParameter AmountParameter = new(
        "amount", "Amount to convert, a decimal with a point. 1 unless given.", "100")
    {
        Default = "1",
    };

    /// <summary><c>select</c> of one amount.</summary>
    public static readonly QueryParameter SelectParameter = new(
        "select", "How providers are combined, or each for their conversions side by side. The median unless given.", "first",
        "each", "first", "median", "mean", "consensus")
    {
        Default = Converter.Default.ToText(),
    };

    /// <summary><c>select</c> of rows.</summary>
    public static readonly QueryParameter SelectForRowsParameter = new(
        "select", "How providers are combined. The median unless given.", "first", "first", "median", "mean", "consensus")
    {
        Default = Converter.Default.ToText(),
    };

    /// <summary><c>round</c>.</summary>
    public static readonly QueryParameter RoundParameter = new(
        "round",
        "Decimal places of the result, or minor for those of the currency's smallest unit in ISO 4217. Unless given, 12 places, or more "
            + "where ten significant digits need them.",
        "minor");

    /// <summary><c>rounding</c>.</summary>
    public static readonly QueryParameter RoundingParameter = new(
        "rounding",
        "How round rounds: a half away from zero (half-up, unless given) or to the even neighbour, or always away from zero (up) or "
            + "towards zero (down).",
        "half-even", "half-up", "half-even", "up", "down");

    /// <summary>What a GET takes.</summary>
    public static readonly QueryParameters Allowed = new(
    [
        FromParameter, ToParameter, AmountParameter, RatesParameters.Providers, SelectParameter, RatesParameters.Date,
        RatesParameters.KnownAt, RoundParameter, RoundingParameter, .. AnswerChoice.Parameters, RatesParameters.Policy,
    ]);

    /// <summary>What a POST takes; each row gives the rest.</summary>
    public static readonly QueryParameters AllowedForRows = new(
    [
        RatesParameters.Providers, SelectForRowsParameter, RatesParameters.Date, RatesParameters.KnownAt, RoundParameter,
        RoundingParameter, .. AnswerChoice.Parameters, RatesParameters.Policy,
    ]);

    private bool _hasPlaces;
    private int? _places;
    private RoundingMode? _mode;

    /// <summary>The rates to convert with; its base is not used.</summary>
    public RatesQuery Rates = new(book);

    /// <summary>The unit converted from; the euro unless given.</summary>
    public AmountUnit From { get; private set; } = AmountUnit.Of(Currency.Eur);

    /// <summary>The unit converted to; null when not given.</summary>
    public AmountUnit? To { get; private set; }

    /// <summary>The amount to convert; 1 unless given.</summary>
    public decimal Amount { get; private set; } = 1;

    /// <summary>How providers are combined; the median unless given.</summary>
    public readonly Selection Select => Rates.Select ?? Converter.Default;

    /// <summary>Reads a raw query.</summary>
    /// <exception cref="ProblemException">400 or 404, with the parameter and its value.</exception>
    public static ConversionQuery Parse(string? query, QueryParameters allowed, RateBook book)
    {
        var parsed = new ConversionQuery(book);
        QueryParser.Parse(query, allowed, ref parsed);
        return parsed;
    }

    /// <summary>How the result is rounded: as the policy fixes it, else as the query asks.</summary>
    /// <param name="policy">The policy that the query names; null for none.</param>
    /// <exception cref="ProblemException">400: the query asks for what the policy fixes, or for a mode without places.</exception>
    public readonly ResultRounding? RoundingBy(Policy? policy)
    {
        if (policy?.Rounding is { } rounding)
        {
            return _hasPlaces ? throw AnswerScopeReader.Fixed(RoundParameter.Name, policy)
                : _mode is not null ? throw AnswerScopeReader.Fixed(RoundingParameter.Name, policy)
                : rounding;
        }

        return _hasPlaces ? new(_places, _mode ?? RoundingMode.HalfUp)
            : _mode is null ? null
            : throw ProblemException.BadParameter(RoundingParameter.Name, "needs round, which states the decimal places");
    }

    /// <inheritdoc/>
    public void Take(QueryParameter parameter, ReadOnlySpan<char> value)
    {
        if (parameter == FromParameter)
        {
            From = CurrencyValues.Unit(parameter.Name, value);
        }
        else if (parameter == ToParameter)
        {
            To = CurrencyValues.Unit(parameter.Name, value);
        }
        else if (parameter == AmountParameter)
        {
            Amount = QueryValues.Amount(parameter.Name, value);
        }
        else if (parameter == SelectParameter || parameter == SelectForRowsParameter)
        {
            Rates.Select = CurrencyValues.Select(parameter.Name, value);
        }
        else if (parameter == RoundParameter)
        {
            (_hasPlaces, _places) = (true, ResultRounding.ParsePlaces(parameter.Name, value));
        }
        else if (parameter == RoundingParameter)
        {
            _mode = ResultRounding.ParseMode(parameter.Name, value);
        }
        else
        {
            Rates.Take(parameter, value);
        }
    }
}
