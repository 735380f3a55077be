using Rates.Core;

namespace Rates.Api;

/// <summary>Makes the rows of rates, conversions, providers and currencies that SOAP answers hold.</summary>
internal static class SoapRows
{
    /// <summary>
    /// A row for each provider and quote, without a rate where the provider lacks it. One without a quote stands for a provider that has no
    /// figures at all, or lacks the base where no quotes were requested.
    /// </summary>
    public static List<SoapRate> Each(in RatesQuery query, ProviderEntry[] entries, IEnumerable<ushort> indexes)
    {
        var @base = CurrencyTable.At(query.Base);
        Currency[] asked = [.. Codes(query)];
        List<SoapRate> rows = [];
        foreach (var entry in indexes.Select(index => entries[index]))
        {
            var quotes = asked.Length > 0 ? asked : [.. (entry.Rates?.Crosses.Currencies ?? []).Where(quote => quote != @base)];

            // A currency in itself is 1 only where the provider has the currency.
            var crosses = quotes.Where(quote => quote != @base || Has(entry, @base))
                .Select(quote => entry.Rates?.Crosses.Find(new(@base, quote))).OfType<CrossRate>();
            List<SoapRate> found = [.. crosses.Select(
                cross => new SoapRate
                {
                    Providers = entry.Key,
                    AsOf = cross.AsOf.ToText(),
                    Base = @base.Code,
                    Quote = cross.Pair.Quote.Code,
                    Rate = RateRounding.Shown(cross.Rate, cross.IsDerived),
                    Derived = cross.IsDerived,
                    Unconfirmed = cross.IsUnconfirmed,
                    Status = entry.Status.ToText(),
                    Note = entry.ReasonFor(cross) ?? "",
                })];
            rows.AddRange(found);
            rows.AddRange(entry.Rates is null || (asked.Length == 0 && found.Count == 0)
                ? [Without("", entry, @base)]
                : asked.Select(quote => quote.Code).Except(found.Select(row => row.Quote)).Select(code => Without(code, entry, @base)));
        }

        return rows;
    }

    private static SoapRate Without(string quote, ProviderEntry entry, Currency @base) => new()
    {
        Providers = entry.Key,
        AsOf = entry.AsOf?.ToText() ?? "",
        Base = @base.Code,
        Quote = quote,
        Status = entry.Status.ToText(),
        Note = Has(entry, @base) ? entry.WhyNoRate : entry.WhyNoBase,
    };

    private static bool Has(ProviderEntry entry, Currency currency) => entry.Rates?.Crosses.Currencies.Contains(currency) == true;

    /// <summary>A row for each combined rate, and one without a rate for what no provider used has.</summary>
    public static List<SoapRate> Blended(BlendedRates answer) =>
    [
        .. answer.Rates.Select(rate => new SoapRate
        {
            Providers = string.Join(' ', rate.Value.Providers),
            AsOf = rate.Value.Oldest,
            Base = answer.Base,
            Quote = rate.Key,
            Rate = rate.Value.Rate,
            Derived = false,
            Unconfirmed = rate.Value.Unconfirmed == true,
            Status = rate.Value.Status,
            Note = rate.Value.Note ?? "",
            Newest = rate.Value.Newest,
            Count = rate.Value.Count,
            Min = rate.Value.Min,
            Max = rate.Value.Max,
            Spread = rate.Value.Spread,
            Outliers = string.Join(' ', rate.Value.Outliers.Select(outlier => outlier.Provider)),
            Rule = rate.Value.Rule,
        }),
        .. answer.Lacking.Select(lacking => new SoapRate
        {
            Base = answer.Base, Quote = lacking.Quote ?? "", Status = StalenessStatus.Missing.ToText(), Note = lacking.Note,
        }),
    ];

    /// <summary>
    /// A row for each day and quote, oldest day first; where every calendar day is answered, it names both days. Then, and
    /// of combined rates, also one without a rate for each day and quote that have none.
    /// </summary>
    public static async Task<List<SoapRate>> HistoryAsync(
        Func<HistoryLack, IAsyncEnumerable<IReadOnlyList<ReadySeries>>> read, HistoryQuery query, Policy? policy)
    {
        var @base = CurrencyTable.At(query.Rates.Base).Code;
        var lack = new HistoryLack();
        List<(DateOnly Day, SoapRate Row)> rows = [];
        await foreach (var piece in read(lack))
        {
            rows.AddRange(HistoryWriter.Rows(piece).Select(row => (row.Day, HistoryRow(row, @base, query.AnswersEveryDay, policy))));
        }

        return
        [
            .. rows.OrderBy(row => row.Day).Select(row => row.Row),
            .. lack.NotCoveredRows.Select(one => new SoapRate { Base = @base, Quote = one.Quote, Note = one.Note }),
        ];
    }

    private static SoapRate HistoryRow(in HistoryRow row, string @base, bool isFilled, Policy? policy)
    {
        var (series, rate) = (row.Series, row.Rate);
        var isBlend = series.IsBlend;
        return new()
        {
            Providers = isBlend ? string.Join(' ', series.Providers) : series.Name,
            AsOf = isBlend ? "" : rate?.AsOf.ToText() ?? "",
            Base = @base,
            Quote = series.Quote,
            Rate = rate?.Rate,
            Derived = rate is { IsDerived: true },
            Unconfirmed = rate is { IsUnconfirmed: true },
            Date = isFilled || isBlend ? row.Day.ToText() : null,
            Newest = isBlend ? rate?.AsOf.ToText() : null,
            Count = isBlend ? rate?.Count : null,
            Note = row.Note ?? "",
            Rule = policy?.RuleFor(row.Day),
        };
    }

    /// <summary>A conversion.</summary>
    public static SoapConversion Of(Conversion one) => new()
    {
        From = one.From ?? "",
        To = one.To ?? "",
        Amount = one.Amount ?? 0,
        Rate = one.Rate,
        Result = one.Result,
        AsOf = one.AsOf ?? "",
        Providers = string.Join(' ', one.Providers ?? []),
        Unconfirmed = one.Unconfirmed == true,
        Status = one.Status ?? "",
        Note = one.Note ?? "",
        Select = one.Select,
        Inverse = one.Inverse,
        Spread = one.Spread,
        Path = one.Path,
        Newest = one.Newest,
        Oldest = one.Oldest,
        Rule = one.Rule,
    };

    /// <summary>A provider.</summary>
    public static SoapProvider Of(ProviderEntry entry) => new()
    {
        Key = entry.Key,
        Name = entry.Name,
        Status = entry.Status.ToText(),
        AsOf = entry.AsOf?.ToText() ?? "",
        Terms = entry.Stored.Profile.Terms,
    };

    /// <summary>The requested quotes; empty for all.</summary>
    public static IEnumerable<Currency> Codes(in RatesQuery query)
    {
        List<Currency> codes = [];
        foreach (var ordinal in query.Quotes)
        {
            codes.Add(CurrencyTable.At(ordinal));
        }

        return codes;
    }
}
