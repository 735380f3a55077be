using System.Globalization;
using Rates.Core;

namespace Rates.Api;

/// <summary><c>/v1/convert</c>: one amount, or up to a thousand rows of them.</summary>
internal sealed class ConvertEndpoint(CurrentBook current, DatedBooks dated, TimeProvider time)
{
    /// <summary>What a GET takes.</summary>
    public const Parameters Allowed = Parameters.FromCurrency | Parameters.ToCurrency | Parameters.Amount | AllowedForRows;

    /// <summary>What a POST takes; rows say the rest.</summary>
    public const Parameters AllowedForRows = Parameters.Select | Parameters.Date | Parameters.Round | Parameters.Common;

    // Each is a read of the store.
    private const int MaxPastSheets = 500;

    private static readonly Reply<Conversion> One = new(json => json.Conversion, conversion => ToTable([conversion]));
    private static readonly Reply<IReadOnlyList<Conversion>> Rows = new(json => json.IReadOnlyListConversion, ToTable);
    private static readonly Reply<ConversionsByProvider> ByProvider = new(
        json => json.ConversionsByProvider,
        answer => ToTable([.. answer.Conversions.Select(one => one with { From = answer.From, To = answer.To, Amount = answer.Amount, Select = answer.Select })]));

    /// <summary>Converts one amount.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var query = ApiQuery.Parse(context.Request.QueryString.Value, Allowed, book);
        if (query.To < 0)
        {
            throw ProblemException.BadParameter("to", "is missing; it names the currency to convert to");
        }

        if (!book.HasSheets)
        {
            throw Problems.NothingYet();
        }

        var entries = query.Date is null ? book.Entries : await dated.ReadAsync(query, book, context.RequestAborted);
        var places = query.Providers(book).ToArray();
        var pair = new CurrencyPair(CurrencyTable.At(query.Base), CurrencyTable.At(query.To));
        var freshness = query.Date is null ? Freshness.Of(book, places) : Freshness.For(DatedBooks.Kept);
        var select = query.Select ?? Converter.Default;
        await (select == Selection.Each
            ? ByProvider.SendAsync(context, Converter.ConvertByEach(pair, query.Amount ?? 1, query.Round, entries, places), query, freshness, time.GetUtcNow())
            : One.SendAsync(context, Converter.Convert(pair, query.Amount ?? 1, select, query.Round, entries, places), query, freshness, time.GetUtcNow()));
    }

    /// <summary>Converts row by row; a bad row has its own error and leaves the others alone.</summary>
    public async Task HandleRowsAsync(HttpContext context)
    {
        var book = current.Book;
        var query = ApiQuery.Parse(context.Request.QueryString.Value, AllowedForRows, book);
        if (query.Select == Selection.Each)
        {
            throw ProblemException.BadValue("select", "each", "gives no single result a row; choose first, median, mean or consensus");
        }

        if (!book.HasSheets)
        {
            throw Problems.NothingYet();
        }

        var rows = await ConversionRows.ReadAsync(context.Request, context.RequestAborted);
        var pastSheets = new HashSet<(ushort, DateOnly)>();
        var answers = new List<Conversion>(rows.Count);
        foreach (var row in rows)
        {
            answers.Add(await ConvertAsync(row, answers.Count + 1, query, book, pastSheets, context.RequestAborted));
        }

        // The answer to a POST is nobody else's.
        await Rows.SendAsync(context, answers, query, Freshness.For(TimeSpan.Zero), time.GetUtcNow());
    }

    private async Task<Conversion> ConvertAsync(
        ConversionRow row, int number, ApiQuery query, RateBook book, HashSet<(ushort Place, DateOnly Day)> pastSheets, CancellationToken cancellationToken)
    {
        try
        {
            var pair = new CurrencyPair(CurrencyTable.At(QueryValues.Currency("from", row.From)), CurrencyTable.At(QueryValues.Currency("to", row.To)));
            var amount = QueryValues.Amount("amount", row.Amount);
            var places = row.Provider is null ? query.Providers(book).ToArray() : [PlaceOf(row.Provider, book)];
            var entries = book.Entries;
            if ((row.Date is null ? query.Date : QueryValues.Day("date", row.Date)) is { } day)
            {
                dated.RefuseFuture("date", day);
                pastSheets.UnionWith(places.Select(place => (place, day)));
                if (pastSheets.Count > MaxPastSheets)
                {
                    throw ProblemException.BadParameter("date", $"the rows ask for more than {MaxPastSheets} days x providers; send fewer at once");
                }

                entries = new ProviderEntry[book.Entries.Length];
                foreach (var place in places)
                {
                    entries[place] = await dated.ReadAsync(book.Entries[place], day, cancellationToken);
                }
            }

            return Converter.Convert(pair, amount, query.Select ?? Converter.Default, query.Round, entries, places) with { Row = number };
        }
        catch (ProblemException wrong)
        {
            return new() { Row = number, Error = new(wrong.Parameter, wrong.Value, wrong.Message) };
        }
    }

    private static ushort PlaceOf(string provider, RateBook book) => book.PlaceOf(provider) is var place and >= 0
        ? (ushort)place
        : throw ProblemException.Unknown("provider", provider, "is no known provider; /v1/providers lists them");

    private static Table ToTable(IReadOnlyList<Conversion> conversions)
    {
        var table = new Table("conversions", "conversion", "#row", "from", "to", "#amount", "select", "#rate", "#result", "asOf", "providers", "status", "path", "note", "error");
        foreach (var one in conversions)
        {
            table.Add(
                one.Row?.ToString(CultureInfo.InvariantCulture), one.From, one.To, one.Amount?.ToText(), one.Select, one.Rate?.ToText(), one.Result?.ToText(),
                one.AsOf, one.Providers is null ? null : string.Join(' ', one.Providers), one.Status, one.Path, one.Note, one.Error?.Detail);
        }

        return table;
    }
}
