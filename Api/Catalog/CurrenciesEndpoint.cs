using Rates.Core;

namespace Rates.Api;

/// <summary>
/// Answers <c>/v1/currencies</c> and <c>/v1/currencies/{code}</c>: the known currencies and the providers that have them.
/// </summary>
internal sealed class CurrenciesEndpoint(CurrentBook current, TimeProvider time)
{
    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(1);
    private static readonly AnswerWriter<CurrencyView> One = new(
        options => new CatalogJson(options).CurrencyView, currency => ToTable([currency]));

    private readonly BookAnswer<IReadOnlyList<CurrencyView>> _all = new(
        new(options => new CatalogJson(options).IReadOnlyListCurrencyView, ToTable), ViewsOf, CacheTime);

    /// <summary>Answers every known currency, also those that no provider has.</summary>
    public Task HandleAsync(HttpContext context)
    {
        var book = current.Book;
        var choice = AnswerChoice.Parse(context.Request);
        RatesProblems.RefuseBeforeStore(book);
        return _all.SendAsync(context, book, choice, time.GetUtcNow());
    }

    /// <summary>Answers one currency.</summary>
    public Task HandleOneAsync(HttpContext context)
    {
        var book = current.Book;
        var choice = AnswerChoice.Parse(context.Request);
        var currency = CurrencyTable.At(CurrencyValues.Ordinal("code", context.Request.RouteValues["code"] as string));
        RatesProblems.RefuseBeforeStore(book);
        string[] covering =
        [
            .. book.Entries.Where(
                entry => entry.Rates is { } rates && rates.Crosses.Currencies.Contains(currency)).Select(entry => entry.Key),
        ];
        var view = CurrencyView.Of(CurrencyRegistry.Find(currency)!, covering);
        return One.SendAsync(context, view, choice, CacheLifetime.For(CacheTime), time.GetUtcNow());
    }

    private static IReadOnlyList<CurrencyView> ViewsOf(RateBook book)
    {
        var covering = book.Entries.Where(entry => entry.Rates is not null)
            .SelectMany(entry => entry.Rates!.Crosses.Currencies, (entry, currency) => (entry.Key, currency))
            .ToLookup(covered => covered.currency, covered => covered.Key);
        return [.. CurrencyRegistry.All.Select(record => CurrencyView.Of(record, [.. covering[record.Code]]))];
    }

    private static RowTable ToTable(IReadOnlyList<CurrencyView> currencies)
    {
        var table = new RowTable(
            "currencies", "currency", "code", "numeric", "name", "kind", "minorDigits", "born", "retired", "successor", "providers");
        foreach (var one in currencies)
        {
            table.Add(
                one.Code, one.Numeric, one.Name, one.Kind.ToText(), one.MinorDigits, one.Born, one.Retired, one.Successor,
                Cell.OfList(one.Providers));
        }

        return table;
    }
}
