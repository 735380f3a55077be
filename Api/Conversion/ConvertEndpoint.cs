namespace Rates.Api;

/// <summary>Answers <c>/v1/convert</c>: converts one amount, or up to a thousand rows.</summary>
internal sealed class ConvertEndpoint(CurrentBook current, PastDayReader pastDays, TimeProvider time)
{
    // Each of them is a read of the store.
    private const int MaxPastSheets = 500;

    private static readonly AnswerWriter<Conversion> One = new(
        options => new ConversionJson(options).Conversion, conversion => ToTable([conversion]));

    private static readonly AnswerWriter<IReadOnlyList<Conversion>> Rows = new(
        options => new ConversionJson(options).IReadOnlyListConversion, ToTable);

    private static readonly AnswerWriter<ConversionsByProvider> ByProvider = new(
        options => new ConversionJson(options).ConversionsByProvider,
        answer => ToTable([.. answer.Conversions.Select(one =>
            one with { From = answer.From, To = answer.To, Amount = answer.Amount, Select = answer.Select })]));

    /// <summary>Converts one amount.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var query = ConversionQuery.Parse(context.Request, ConversionQuery.Allowed, book);
        if (query.To is not { } to)
        {
            throw ProblemException.BadParameter("to", "is missing; it names the currency to convert to");
        }

        if (!book.HasSheets)
        {
            throw RatesProblems.NothingYet();
        }

        var today = pastDays.Today;
        var day = query.Rates.Date < today ? query.Rates.Date.Value : today;
        var isDated = query.Rates.Date is not null;
        var indexes = query.Rates.ProvidersFor(query.Select, day < today ? day : null);
        var entries = isDated ? await pastDays.ReadAsync(query.Rates.Date!.Value, book, indexes, context.RequestAborted) : book.Entries;
        var request = new ConversionRequest(query.From, to, query.Amount, query.Select, query.Round);
        var choice = query.Rates.Answer;
        var lifetime = isDated ? BookLifetime.OfDay(entries, indexes) : BookLifetime.Of(book, indexes);
        await (query.Select == Selection.Each
            ? ByProvider.SendAsync(context, Converter.ConvertByEach(request, entries, indexes), choice, lifetime, time.GetUtcNow())
            : One.SendAsync(
                context, Converter.Convert(request, Scope(entries, indexes, day, query.Rates.IsNamed(query.Select))), choice, lifetime,
                    time.GetUtcNow()));
    }

    /// <summary>Converts each row; a row that cannot be converted has its own error and does not affect the others.</summary>
    public async Task HandleRowsAsync(HttpContext context)
    {
        var book = current.Book;
        var query = ConversionQuery.Parse(context.Request, ConversionQuery.AllowedForRows, book);
        if (query.Rates.Select == Selection.Each)
        {
            throw ProblemException.BadValue("select", "each", "gives no single result a row; choose first, median, mean or consensus");
        }

        if (!book.HasSheets)
        {
            throw RatesProblems.NothingYet();
        }

        var rows = await ConversionRows.ReadAsync(context.Request, context.RequestAborted);
        var pastSheets = new PastSheets();
        var answers = new List<Conversion>(rows.Count);
        foreach (var row in rows)
        {
            answers.Add(await ConvertAsync(row, query, book, pastSheets, context.RequestAborted) with { Row = answers.Count + 1 });
        }

        // The answer to a POST is of no use to another client, so it is not cached.
        await Rows.SendAsync(context, answers, query.Rates.Answer, CacheLifetime.For(TimeSpan.Zero), time.GetUtcNow());
    }

    private async Task<Conversion> ConvertAsync(
        ConversionRow row, ConversionQuery query, RateBook book, PastSheets pastSheets, CancellationToken cancellationToken)
    {
        if (row.Error is not null)
        {
            return new() { Error = row.Error };
        }

        try
        {
            var request = new ConversionRequest(
                CurrencyValues.Unit("from", row.From),
                CurrencyValues.Unit("to", row.To),
                QueryValues.Amount("amount", row.Amount),
                query.Select,
                query.Round);
            var today = pastDays.Today;
            var asked = row.Date is null ? query.Rates.Date : QueryValues.Day("date", row.Date);
            var day = asked < today ? asked.Value : today;
            var indexes = row.Provider is null
                ? query.Rates.ProvidersFor(query.Select, day < today ? day : null)
                : [IndexOf(row.Provider, book)];
            var entries = asked is null ? book.Entries : await ReadAsync(asked.Value, indexes, book, pastSheets, cancellationToken);
            var isNamed = row.Provider is not null || query.Rates.IsNamed(query.Select);
            return Converter.Convert(request, Scope(entries, indexes, day, isNamed));
        }
        catch (ProblemException wrong)
        {
            return new() { Error = new(wrong.Parameter, wrong.Value, wrong.Message) };
        }
    }

    private async Task<ProviderEntry[]> ReadAsync(
        DateOnly day, ushort[] indexes, RateBook book, PastSheets pastSheets, CancellationToken cancellationToken)
    {
        pastDays.RefuseFuture("date", day);
        if (day < pastDays.Today)
        {
            pastSheets.UnionWith(indexes.Select(index => (index, day)));
        }

        if (pastSheets.Count > MaxPastSheets)
        {
            throw ProblemException.BadParameter("date", $"the rows ask for more than {MaxPastSheets} days x providers; send fewer at once");
        }

        var entries = new ProviderEntry[book.Entries.Length];
        foreach (var index in indexes)
        {
            entries[index] = await pastDays.ReadAsync(book.Entries[index], day, cancellationToken);
        }

        return entries;
    }

    private static BlendScope Scope(ProviderEntry[] entries, ushort[] indexes, DateOnly day, bool isNamed) =>
        new() { Entries = entries, Indexes = indexes, Day = day, IsNamed = isNamed };

    private static ushort IndexOf(string provider, RateBook book) => book.IndexOf(provider) is var index and >= 0
        ? (ushort)index
        : throw ProblemException.Unknown("provider", provider, "is no known provider; /v1/providers lists them");

    private static RowTable ToTable(IReadOnlyList<Conversion> conversions)
    {
        var table = new RowTable(
            "conversions", "conversion",
            "row", "from", "to", "amount", "select", "rate", "result", "asOf", "providers", "status", "path", "note", "error");
        foreach (var one in conversions)
        {
            table.Add(
                one.Row, one.From, one.To, one.Amount, one.Select, one.Rate, one.Result, one.AsOf, Cell.OfList(one.Providers), one.Status,
                one.Path, one.Note, one.Error?.Detail);
        }

        return table;
    }

    /// <summary>The rates of past days that one request to <c>/v1/convert</c> needs, by index of the provider.</summary>
    private sealed class PastSheets : HashSet<(ushort Index, DateOnly Day)>;
}
